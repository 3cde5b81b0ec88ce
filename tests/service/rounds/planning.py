"""A small field for the tests: a publication, investigations at the step huisbezoek, and a planner with visitors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from service import opaque
from service.cases.codes import Deel
from service.db.database import Database
from service.desk import Desk
from service.dossier import address_of
from service.intake.register import Register
from service.logs.entry import Trace
from service.people import Person, Role
from service.records import Address
from service.rounds.asked import Asked, Team
from service.rounds.desk import read_plan, solve_again
from service.rounds.make import make
from service.rounds.policy import Planning
from service.rounds.read import round_of
from service.rounds.records import Plangegevens, Ronde
from service.rounds.wishing import Wanted, wish
from service.rounds.work import compute
from service.settings import Settings
from service.stopping import switch_of
from service.store import Publications
from tests.service.cases.working import MORNING, Clock, Work
from tests.service.serving import GEMEENTE, KEY, UNLIMITED

TODAY = date(2026, 11, 25)  # a Wednesday; MORNING lies in it
QUICK = Planning(eerste=0.4, grondig=0.0, opnieuw=0.3, processen=0)
OFFICE = (231000.0, 517000.0)


@dataclass
class Field:
    """A planner's hands."""

    desk: Desk
    work: Work
    planner: Person
    clock: Clock

    def plan(self, asked: Asked, *, vast: tuple[str, ...] = ()) -> Plangegevens:
        id = make(self.desk, self.planner, Trace(), asked, vast=vast)
        self.compute(id)
        return self.read(id)

    def compute(self, id: str) -> None:
        compute(self.desk, id)

    def read(self, id: str) -> Plangegevens:
        return read_plan(self.desk, self.planner, Trace(), id)

    def again(self, plan: Plangegevens, *wanted: Wanted) -> Plangegevens:
        """With these wishes, solved anew."""
        versie = wish(self.desk, self.planner, Trace(), plan.id, plan.versie, wanted)
        solve_again(self.desk, self.planner, Trace(), plan.id, versie)
        return self.read(plan.id)

    def round_of(self, id: str, person: Person) -> Ronde | None:
        with self.desk.database.looking() as connection:
            return round_of(connection, id, person, self.desk.publications)

    def visitor(self, case: str) -> str:
        return self.work.case(case).people(Deel.BEZOEKER)[0]

    def opaque(self, number: int) -> str:
        return opaque.opaque_id(opaque.subkey(KEY, "adres"), f"017501{number:010d}")

    def address(self, identificatie: str) -> Address:
        found = address_of(self.desk.publications.current(), identificatie)
        assert found is not None
        return found


def field(folder: Path, url: str, clock: Clock) -> Field:
    """folder: with a publication. Two who handle and visit, two who approve, one who only visits, one who plans."""
    settings = Settings(publicaties=folder, sleutel=KEY, database=url, leesgrens=UNLIMITED, planning=replace(QUICK))
    database = Database(url, key=KEY, clock=clock, leesgrens=UNLIMITED)
    publications = Publications(settings, switch=switch_of(database), noticed=Register(database))
    desk = Desk(settings=settings, database=database, publications=publications)
    work = Work(database)
    for name in ("anna", "bilal"):
        work.hire(Role.BEOORDELAAR, name=name)
    for name in ("carla", "cem"):
        work.hire(Role.GOEDKEURDER, name=name)
    work.hire(Role.VELD, name="veerle")
    planner = work.hire(Role.PLANNER, name="pieter")
    return Field(desk=desk, work=work, planner=planner, clock=clock)


def visited(plan: Plangegevens) -> dict[str, str]:
    """From identificatie to investigation."""
    doors = [door for ronde in plan.ronden for stop in ronde.stops for door in stop.adressen]
    return {door.identificatie: door.onderzoek_id for door in doors}


def left(plan: Plangegevens) -> dict[str, str]:
    """From identificatie to why it is left out."""
    return {one.adres.identificatie: one.waarom for one in plan.over}


def at_the_door(made: Field, *numbers: int, aanleiding: str = "risico") -> list[str]:
    """Investigations at the step huisbezoek, of these addresses of the publication; their ids."""
    found = []
    for number in numbers:
        case = made.work.started(identificatie=f"017501{number:010d}", aanleiding=aanleiding)
        found.append(made.work.at_the_door(case).id)
    return found


def question(**about: object) -> Asked:
    """One team of two on one day, tomorrow, unless said otherwise."""
    day = TODAY + timedelta(days=1)
    told: dict[str, object] = {
        "gemeente": GEMEENTE,
        "eerste_dag": day,
        "laatste_dag": day,
        "teams": (team(),),
        **about,
    }
    return Asked(**told)  # type: ignore[arg-type]


def team(naam: str = "Noord", leden: tuple[str, ...] = ("p-anna", "p-veerle"), **about: object) -> Team:
    told: dict[str, object] = {
        "naam": naam,
        "leden": leden,
        "start_x": OFFICE[0],
        "start_y": OFFICE[1],
        "begin": time(9),
        "einde": time(16),
        **about,
    }
    return Team(**told)  # type: ignore[arg-type]


def on_the_day(clock: Clock, day: date = TODAY + timedelta(days=1)) -> None:
    """The morning of that day, 10:00 on the wall."""
    clock.now = datetime.combine(day, MORNING.timetz())
