"""A small desk for the tests: people on the roster, a case, and taking steps in it as somebody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from features.columns import Doel
from service.cases.acting import act
from service.cases.codes import Deel, Wacht
from service.cases.contract import NewCase
from service.cases.opening import open_case
from service.cases.policy import Policy
from service.cases.records import Case, load
from service.cases.rules import Act
from service.cases.steps import Stap
from service.cases.visits import Attempt, Getroffen, Toestemming, record
from service.db.database import Database, Unit
from service.logs.entry import Entry, Trace
from service.people import Person, Role
from service.signin import roster
from tests.service.serving import someone

ADDRESS = "0175010000000001"
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday, 10:00 on the wall
NEVER = Policy(herbezoek_aandeel=0.0)
_keys = count()


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Work:
    """Somebody's hands in a store. people: by id."""

    database: Database
    policy: Policy = NEVER
    people: dict[str, Person] = field(default_factory=dict)

    def hire(self, *roles: Role, name: str) -> Person:
        person = someone(*roles, name=name)
        with self.database.unit(person, Trace()) as unit:
            roster.store(unit.connection, person)
            unit.log(Entry(handeling="inloggen", object_soort="sessie"))
        self.people[person.id] = person
        return person

    def dismiss(self, person: Person, by: Person) -> None:
        with self.database.unit(by, Trace()) as unit:
            roster.switch(unit.connection, person.id, actief=False, by=by)
            unit.log(Entry(handeling="beheer", object_soort="persoon"))

    def open(self, identificatie: str = ADDRESS, *, aanleiding: str = "risico", desk: bool = False) -> Case:
        new = NewCase(
            identificatie=identificatie,
            gemeente="0175",
            doel=Doel.SPOOKBEWONING,
            aanleiding=aanleiding,
            selectiekans=0.25,
            bron="werkvoorraad",
            alleen_bureau=desk,
        )
        with self.database.unit(None, Trace()) as unit:
            id = open_case(unit, new)
        return self.case(id)

    def case(self, id: str) -> Case:
        with self.database.looking() as read:
            found = load(read, id)
        assert found is not None
        return found

    def take(self, case: Case, stap: Stap, by: str = "", **more: str) -> Case:
        """Take a step as `by` (default: whose step it is), on the case as it stands now."""
        now = self.case(case.id)
        second = stap.endswith(("_akkoord", "_teruggeven"))
        person = self.people[by or (now.tweede if second else now.behandelaar)]
        asked = Act(stap=stap, versie=now.versie, sleutel=f"k{next(_keys)}", **more)
        with self.database.unit(person, Trace()) as unit:
            act(unit, person, case.id, asked, self.policy)
        return self.case(case.id)

    def two(self, case: Case, what: Wacht, outcome: str = "") -> Case:
        """Put before a second person, who declares to have no tie and agrees."""
        put = self.take(case, Stap(f"{what}_voorleggen"), motivering="omdat", uitkomst=outcome)
        self.declare(put, put.tweede)
        return self.take(put, Stap(f"{what}_akkoord"))

    def declare(self, case: Case, person: str) -> Case:
        return case if self.case(case.id).declared(person) else self.take(case, Stap.GEEN_BAND, by=person)

    def started(self, **how: str) -> Case:
        case = self.open(**how)  # type: ignore[arg-type]
        self.declare(case, case.behandelaar)
        return self.two(case, Wacht.START)

    def at_the_door(self, case: Case) -> Case:
        self.take(case, Stap.HUISBEZOEK, motivering="post komt terug")
        for visitor in self.case(case.id).people(Deel.BEZOEKER):
            self.declare(case, visitor)
        return self.case(case.id)

    def visit(self, case: Case, by: str, *, afgeschermd: bool = False, **about: object) -> Case:
        now = self.case(case.id)
        person = self.people[by]
        asked = Act(stap=Stap.BEZOEK, versie=now.versie, sleutel=f"k{next(_keys)}")
        with self.database.unit(person, Trace()) as unit:
            seen = attempt(unit, **about)
            record(unit, person, case.id, asked, seen, self.policy, afgeschermd=afgeschermd)
        return self.case(case.id)


def attempt(unit: Unit, **about: object) -> Attempt:
    """Nobody home just now, unless said otherwise."""
    seen: dict[str, object] = {
        "moment": unit.now,
        "metgezel": "",
        "getroffen": Getroffen.NIEMAND,
        "gelegitimeerd": False,
        "toestemming": Toestemming.NIET_GEVRAAGD,
        "binnen": False,
        "sporen": False,
        "bevinding": "",
        **about,
    }
    return Attempt(**seen)  # type: ignore[arg-type]
