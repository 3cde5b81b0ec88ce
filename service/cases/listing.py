"""One's own investigations, each with its clocks and who must do what next; and counts for management."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from service.cases.clocks import Clocks, Klok, clocks, local_day
from service.cases.codes import Deel, Toestand
from service.cases.policy import Policy
from service.cases.reach import own, roles
from service.cases.records import Case, Part, case_of
from service.cases.tables import delen, onderzoeken
from service.people import Person

MOST = 200  # cases in one answer: nobody has more at hand


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What has to happen next. wat: a key of the catalogue. uw: it is up to the one who asks."""

    wat: str
    uw: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the list."""

    zaak: Case
    klokken: Clocks
    nu: Deed


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many running investigations of one gemeente are in one state with one stand of the clock that ends first."""

    gemeente: str
    toestand: Toestand
    klok: Klok
    aantal: int


def mine(
    connection: Connection, person: Person, today: date, policy: Policy, *, closed: bool = False
) -> tuple[Item, ...]:
    """The investigations in which `person` has part: what is up to them first, then by the clock that ends first.

    closed: those that ended, the newest first, in place of those that run.
    """
    ended = onderzoeken.c.afgerond.is_not(None) if closed else onderzoeken.c.afgerond.is_(None)
    order = onderzoeken.c.afgerond.desc() if closed else onderzoeken.c.geopend
    rows = connection.execute(select(onderzoeken).where(own(person), ended).order_by(order).limit(MOST)).all()
    parts = _parts(connection, person, [row.id for row in rows])
    items = [item(Case(**{**vars(case_of(row)), "delen": parts[row.id]}), person, today, policy) for row in rows]
    if closed:
        return tuple(items)
    return tuple(sorted(items, key=lambda one: (not one.nu.uw, one.klokken.dringendst.uiterlijk, one.zaak.id)))


def item(case: Case, person: Person, today: date, policy: Policy) -> Item:
    """One case as a line. Works on a case without its steps."""
    return Item(zaak=case, klokken=clocks_of(case, today, policy), nu=next_deed(case, person))


def clocks_of(case: Case, today: date, policy: Policy) -> Clocks:
    """Both clocks of a case."""
    return clocks(
        case.datum_start,
        today,
        policy,
        gestart=_day(case.gestart),
        afgerond=_day(case.afgerond),
    )


def next_deed(case: Case, person: Person) -> Deed:
    """What has to happen next in `case`, and whether that is up to `person`."""
    if case.parts_of(person.id) and not case.declared(person.id):
        return Deed(wat="verklaren", uw=True)
    parts = roles(case, person)
    if case.wacht_op is not None:
        if Deel.GOEDKEURDER in parts:
            return Deed(wat=f"beslissen_{case.wacht_op}", uw=True)
        if not case.tweede:
            return Deed(wat="zonder_tweede", uw=Deel.BEHANDELAAR in parts)
        return Deed(wat="wacht_op_tweede", uw=False)
    if not case.behandelaar and case.loopt:
        return Deed(wat="geen_behandelaar", uw=False)
    if Deel.BEZOEKER in parts and case.toestand is Toestand.HUISBEZOEK:
        return Deed(wat="bezoeken", uw=True)
    if Deel.BEHANDELAAR not in parts:
        return Deed(wat="bij_behandelaar" if case.loopt else "klaar", uw=False)
    return _of_handler(case)


def _of_handler(case: Case) -> Deed:
    match case.toestand:
        case Toestand.VOORONDERZOEK:
            return Deed(wat="onderzoeken" if case.gestart else "start_voorleggen", uw=True)
        case Toestand.BESLUIT:
            return Deed(wat="melder" if case.melder_wacht else "afronden", uw=True)
        case Toestand.INGETROKKEN if case.melder_wacht:
            return Deed(wat="melder", uw=True)
        case Toestand.AFGEROND | Toestand.INGETROKKEN:
            return Deed(wat="klaar", uw=False)
        case _:
            return Deed(wat=case.toestand.value, uw=True)


def tallies(connection: Connection, gemeenten: frozenset[str], today: date, policy: Policy) -> tuple[Tally, ...]:
    """Counts of what runs in these gemeenten; no address, no person."""
    rows = connection.execute(
        select(onderzoeken).where(onderzoeken.c.afgerond.is_(None), onderzoeken.c.gemeente.in_(sorted(gemeenten)))
    )
    found: Counter[tuple[str, Toestand, Klok]] = Counter()
    for row in rows:
        case = case_of(row)
        found[case.gemeente, case.toestand, clocks_of(case, today, policy).dringendst.stand] += 1
    return tuple(
        Tally(gemeente=gemeente, toestand=state, klok=klok, aantal=n)
        for (gemeente, state, klok), n in sorted(found.items())
    )


def _parts(connection: Connection, person: Person, ids: list[str]) -> dict[str, tuple[Part, ...]]:
    rows = connection.execute(
        select(delen).where(delen.c.persoon == person.id, delen.c.tot.is_(None), delen.c.onderzoek_id.in_(ids))
    )
    found: dict[str, tuple[Part, ...]] = dict.fromkeys(ids, ())
    for row in rows:
        part = Part(persoon=row.persoon, deel=Deel(row.deel), verklaard=row.verklaard, tot=None, band=row.band)
        found[row.onderzoek_id] += (part,)
    return found


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else local_day(moment)
