"""What the field page, the API and the desk do with visits of the field: one unit of work and its logs each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from fastapi import HTTPException
from sqlalchemy import Connection, select

from service.cases.clocks import local_day
from service.cases.place import places
from service.cases.reach import visible
from service.cases.records import Case, Step, load
from service.cases.tables import onderzoeken
from service.desk import Desk
from service.faults import Conflict
from service.field import kept as store
from service.field import photos
from service.field.clash import meanwhile
from service.field.codes import Uitslag
from service.field.kept import Kept
from service.field.packet import Packet, packet
from service.field.send import OBJECT, Different, Rules, send
from service.field.settle import Besluit, can_add, may_settle, settle
from service.field.source import one_round, rounds_of_day
from service.field.tables import veldbezoeken
from service.field.visit import FieldVisit
from service.logs.entry import Entry, Result, Trace
from service.people import Person
from service.records import Address
from service.signin import roster

ATTEMPTS = 4  # somebody was first at the same moment: look again
BACK = timedelta(days=7)  # how far one's own visits are shown
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One visit for a reader. zaak: None when they have no part in it: then they see their own visit alone.

    erna: the steps that were taken meanwhile. beslist: it is up to this reader. kan_erbij: it can become a step yet.
    """

    bezoek: Kept
    zaak: Case | None
    plek: Address | None
    erna: tuple[Step, ...]
    beslist: bool
    kan_erbij: bool
    namen: dict[str, str]


def own_rounds(desk: Desk, person: Person, trace: Trace, day: date | None = None) -> tuple[Packet, ...]:
    """The person's rounds of a day (default: today, on the wall), whole, logged as read."""
    with desk.database.reading(person, trace) as unit:
        found = rounds_of_day(unit.connection, person, day or local_day(unit.now), desk.publications)
        made = tuple(
            packet(
                unit.connection,
                each,
                person,
                unit.now,
                desk.settings.veld.ronde_uren,
                desk.settings.onderzoek.gelijkgesteld,
            )
            for each in found
        )
        where = tuple(
            dict.fromkeys(door.identificatie for each in found for stop in each.stops for door in stop.adressen)
        )
        unit.log(Entry(handeling="veld.ronde", object_soort="ronde", adressen=where))
    return made


def take_in(desk: Desk, person: Person, trace: Trace, visit: FieldVisit) -> Kept:
    """Take a visit in. Raises as `send`; a conflict of the moment is looked at again, so that it is told as one."""
    rules = Rules(onderzoek=desk.settings.onderzoek, veld=desk.settings.veld)

    def once() -> Kept:
        shielded = _shielded(desk, visit.onderzoek_id)
        with desk.database.unit(person, trace) as unit:
            round_ = one_round(unit.connection, visit.ronde_id, person, desk.publications)
            return send(unit, person, visit, round_, rules, shielded=shielded)

    return _insisting(once)


def take_photo(desk: Desk, person: Person, trace: Trace, visit_id: str, photo_id: str, sent: bytes) -> None:
    """Take a photo in. Raises 404, InputFault on what is no picture or was damaged, Different."""
    with desk.database.looking() as read:
        expected = photos.declared(read, person, visit_id, photo_id)
    digest = photos.check_digest(sent, expected)
    made = photos.picture(sent, desk.settings.veld)

    def once() -> bool:
        with desk.database.unit(person, trace) as unit:
            return photos.take(unit, person, visit_id, photo_id, digest, made)

    _insisting(once)


def photo(desk: Desk, person: Person, trace: Trace, visit_id: str, photo_id: str) -> bytes:
    """A photo for who visited or has part in the investigation, logged as read. Raises 404."""
    with desk.database.reading(person, trace) as unit:
        kept = _seen(unit.connection, person, visit_id)
        found = photos.content(unit.connection, visit_id, photo_id) if kept is not None else None
        about = (("foto", photo_id),)
        unit.log(
            Entry(
                handeling="veld.foto_lezen",
                object_soort=OBJECT,
                object_id=visit_id,
                resultaat=Result.GELUKT if found else Result.GEWEIGERD,
                adressen=(kept.identificatie,) if kept and found else (),
                bijzonderheden=about,
            )
        )
    if found is None:
        raise HTTPException(404)
    return found


def decide(desk: Desk, person: Person, trace: Trace, id: str, decision: Besluit, reason: str) -> Kept:
    """Settle a clash. Raises as `settle`."""
    with desk.database.looking() as read:
        kept = store.one(read, id)
    shielded = _shielded(desk, kept.bezoek.onderzoek_id if kept else "")
    with desk.database.unit(person, trace) as unit:
        return settle(unit, person, id, decision, reason, desk.settings.onderzoek, shielded=shielded)


def own(desk: Desk, person: Person, trace: Trace) -> tuple[Shown, ...]:
    """The person's visits of the last days, and every clash in an investigation that they handle; newest first."""
    with desk.database.reading(person, trace) as unit:
        mine = (veldbezoeken.c.persoon == person.id) & (veldbezoeken.c.ontvangen >= unit.now - BACK)
        handled = select(onderzoeken.c.id).where(
            onderzoeken.c.behandelaar == person.id, onderzoeken.c.gemeente.in_(sorted(person.gemeenten))
        )
        lying = (veldbezoeken.c.toestand == Uitslag.BOTST.value) & veldbezoeken.c.onderzoek_id.in_(handled)
        asked = select(veldbezoeken).where(mine | lying).order_by(veldbezoeken.c.moment.desc(), veldbezoeken.c.id)
        found = store.several(unit.connection, asked)
        every = (_shown(unit.connection, person, each) for each in found)
        # Of another's visit nothing before the handler declared to have no tie: then the dossier is open to them.
        shown = tuple(each for each in every if each.zaak is not None or each.bezoek.persoon == person.id)
        where = tuple(dict.fromkeys(each.bezoek.identificatie for each in shown))
        unit.log(Entry(handeling="veld.lijst", object_soort=OBJECT, adressen=where))
    there = places(desk.publications, where)
    return tuple(Shown(**{**vars(each), "plek": there.get(each.bezoek.identificatie)}) for each in shown)


def of_case(desk: Desk, person: Person, case: Case) -> tuple[Shown, ...]:
    """What came from the field for a case that this person may see and has opened (that is logged already)."""
    with desk.database.looking() as read:
        return tuple(_shown(read, person, each) for each in store.of_case(read, case.id))


def _shown(connection: Connection, person: Person, kept: Kept) -> Shown:
    id = kept.bezoek.onderzoek_id
    case = visible(connection, person, id) if id else None
    open_ = case is not None and case.declared(person.id)
    later: Sequence[Step] = meanwhile(case, kept.bezoek.versie, kept.persoon) if case is not None and open_ else ()
    people = {kept.persoon, kept.bezoek.metgezel, kept.besloten_door, *(step.persoon for step in later)} - {""}
    known = {one: roster.by_id(connection, one) for one in sorted(people)}
    return Shown(
        bezoek=kept,
        zaak=case if open_ else None,
        plek=None,
        erna=tuple(step for step in later if step.nr != kept.stap_nr),
        beslist=case is not None and may_settle(case, person) and kept.toestand is Uitslag.BOTST,
        kan_erbij=case is not None and can_add(case),
        namen={one: found.naam if found else one for one, found in known.items()},
    )


def _seen(connection: Connection, person: Person, visit_id: str) -> Kept | None:
    kept = store.one(connection, visit_id)
    if kept is None or kept.persoon == person.id:
        return kept
    case = visible(connection, person, kept.bezoek.onderzoek_id)
    return kept if case is not None and case.declared(person.id) else None


def _shielded(desk: Desk, case_id: str) -> bool:
    """Whether nothing may be written on people there. Not published = not known: then neither."""
    if not case_id:
        return True
    with desk.database.looking() as read:
        case = load(read, case_id)
    if case is None:
        return True
    place = places(desk.publications, [case.identificatie]).get(case.identificatie)
    return place is None or place.afgeschermd


def _insisting(once: Callable[[], T]) -> T:
    """Do it; when somebody was first at that very moment, look again: by then it is known what happened."""
    for _ in range(ATTEMPTS - 1):
        try:
            return once()
        except Different:
            raise
        except Conflict:
            continue
    return once()
