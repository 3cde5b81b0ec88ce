"""What the page and the API do with an investigation: read it with its log, take a step in it, make a letter of it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import HTTPException

from service.cases import acting, visits
from service.cases.clocks import local_day
from service.cases.letters import make
from service.cases.letters.letter import Brief
from service.cases.listing import Item, item, mine
from service.cases.options import Option, options
from service.cases.place import places
from service.cases.reach import roles, visible
from service.cases.records import Case
from service.cases.rules import Act
from service.cases.visits import Attempt
from service.cases.write import OBJECT
from service.desk import Desk
from service.logs.entry import Entry, Result, Trace
from service.people import Person
from service.records import Address
from service.signin import roster


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the list with its address; None when the current publication does not have it."""

    item: Item
    plek: Address | None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """One investigation as its reader may see it. namen: of its people, by pseudonym. open: they declared no tie."""

    item: Item
    plek: Address | None
    open: bool
    mogelijk: tuple[Option, ...]
    brieven: tuple[Brief, ...]
    bezoekt: bool  # the reader may write a visit down now
    namen: dict[str, str]

    @property
    def zaak(self) -> Case:
        """The case itself."""
        return self.item.zaak


def own_lines(desk: Desk, person: Person, trace: Trace, *, closed: bool) -> tuple[Line, ...]:
    """One's own investigations, logged as read."""
    with desk.database.reading(person, trace) as unit:
        found = mine(unit.connection, person, local_day(unit.now), desk.settings.onderzoek, closed=closed)
        where = tuple(dict.fromkeys(one.zaak.identificatie for one in found))
        unit.log(Entry(handeling="onderzoek.lijst", object_soort=OBJECT, adressen=where))
    there = places(desk.publications, where)
    return tuple(Line(item=one, plek=there.get(one.zaak.identificatie)) for one in found)


def dossier(desk: Desk, person: Person, trace: Trace, id: str) -> Dossier:
    """One investigation, logged as read. Raises 404 for who has no part in it."""
    with desk.database.reading(person, trace) as unit:
        case = visible(unit.connection, person, id)
        if case is None:
            unit.log(Entry(handeling="onderzoek.lezen", object_soort=OBJECT, object_id=id, resultaat=Result.GEWEIGERD))
        else:
            unit.log(
                Entry(handeling="onderzoek.lezen", object_soort=OBJECT, object_id=id, adressen=(case.identificatie,))
            )
            opened = case.declared(person.id)
            choices = options(unit.connection, case, person, unit.now, desk.settings.onderzoek)
            people = {part.persoon for part in case.delen} | {step.persoon for step in case.stappen} - {""}
            known = {one: roster.by_id(unit.connection, one) for one in sorted(people)}
            today = local_day(unit.now)
    if case is None:
        raise HTTPException(404)
    return Dossier(
        item=item(case, person, today, desk.settings.onderzoek),
        plek=places(desk.publications, [case.identificatie]).get(case.identificatie),
        open=opened,
        mogelijk=choices,
        brieven=make.possible(case) if opened and case.behandelaar == person.id else (),
        bezoekt=opened and visits.may_record(case, roles(case, person)),
        namen={one: found.naam if found else one for one, found in known.items()},
    )


def take(desk: Desk, person: Person, trace: Trace, id: str, asked: Act) -> int:
    """Take a step; the number of the last step afterwards. Raises as `acting.act`."""
    with desk.database.unit(person, trace) as unit:
        return acting.act(unit, person, id, asked, desk.settings.onderzoek)


def visit(desk: Desk, person: Person, trace: Trace, id: str, asked: Act, attempt: Attempt) -> int:
    """Write a visit down. Raises as `visits.record`."""
    place = _place(desk, person, id)
    with desk.database.unit(person, trace) as unit:
        shielded = place is None or place.afgeschermd  # not published = not known: then nothing on persons either
        return visits.record(unit, person, id, asked, attempt, desk.settings.onderzoek, afgeschermd=shielded)


def write_letter(desk: Desk, person: Person, trace: Trace, id: str, asked: Act, brief: Brief) -> make.Made:
    """Make a letter. Raises as `make.make`."""
    place = _place(desk, person, id)
    with desk.database.unit(person, trace) as unit:
        case = visible(unit.connection, person, id)
        if case is None:
            raise HTTPException(404)
        return make.make(unit, person, id, asked, brief, place, case, desk.settings.onderzoek)


def _place(desk: Desk, person: Person, id: str) -> Address | None:
    """Where it is; looked up before the unit of work, which must be short. Nothing of it is given to anybody here."""
    with desk.database.looking() as read:
        case = visible(read, person, id)
    if case is None:
        raise HTTPException(404)
    return places(desk.publications, [case.identificatie]).get(case.identificatie)
