"""In demo mode there is something to plan from the first minute: investigations that came as far as the house visit.

They go through the same steps as any other, taken by the made-up people whose turn it is, so the logs and the rules
hold for them too. Which addresses: by lot from the first of each list, keyed by the run, so a demo is the same twice.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from features.columns import Doel
from service.candidates import candidates
from service.cases.acting import act
from service.cases.codes import Toestand
from service.cases.contract import NewCase
from service.cases.opening import open_case
from service.cases.records import Case, load
from service.cases.rules import Act
from service.cases.steps import Stap
from service.cases.tables import onderzoeken
from service.db.database import Unit
from service.desk import Desk
from service.dossier import address_of
from service.faults import Conflict, InputFault, NothingPublished
from service.logs.entry import Entry, Trace
from service.publication import Publication
from service.signin import roster
from service.worklist.free import taken

CASES = 24  # per gemeente
POOL = 400  # of the first of each list, from which they are drawn
WORDS = "Uit post, verbruik en inschrijving blijkt gerede twijfel. Op de brief kwam geen antwoord."


def first_visits(desk: Desk) -> None:
    """Open them, once; nothing outside demo mode, without a publication, or when any investigation is at the door."""
    if not desk.settings.demo:
        return
    try:
        publication = desk.publications.current()
    except NothingPublished:
        return
    with desk.database.looking() as read:
        query = select(onderzoeken.c.id).where(onderzoeken.c.toestand == Toestand.HUISBEZOEK.value).limit(1)
        if read.execute(query).first() is not None:
            return
    with desk.database.unit(None, Trace()) as unit:
        for gemeente in publication.gemeenten:
            for new in _chosen(unit, desk, publication, gemeente):
                try:
                    _to_the_door(unit, desk, open_case(unit, new))
                except (Conflict, InputFault):
                    continue  # no second person, or it runs: the demo goes on with the others
        if not unit.entries:  # a small town: every address is on the work list already
            unit.log(Entry(handeling="onderzoek.demo", object_soort="onderzoek"))


def _chosen(unit: Unit, desk: Desk, publication: Publication, gemeente: str) -> list[NewCase]:
    """Half of each target."""
    made: list[NewCase] = []
    for doel in Doel:
        found = candidates(publication, doel, gemeente)
        gone = taken(unit.connection, gemeente, doel, unit.now, desk.settings.werkvoorraad)
        first = [
            (hashlib.sha256(f"{publication.manifest.run_id}|{name}".encode()).hexdigest(), str(name), str(band))
            for name, band in zip(found.identificaties[:POOL], found.band[:POOL], strict=True)
            if str(name) not in gone
        ]
        placed = [one for one in sorted(first) if _placed(publication, one[1])]
        made += [
            NewCase(
                identificatie=name,
                gemeente=gemeente,
                doel=doel,
                aanleiding="risico" if n % 5 else "steekproef",
                selectiekans=None if n % 5 else 0.05,
                bron="werkvoorraad",
                band=band,
            )
            for n, (_, name, band) in enumerate(placed[: CASES // len(Doel)], start=1)
        ]
    return made


def _placed(publication: Publication, identificatie: str) -> bool:
    about = address_of(publication, identificatie)
    return about is not None and about.x is not None


def _to_the_door(unit: Unit, desk: Desk, id: str) -> None:
    """Declare, have the start approved, write to the resident, and announce the visit."""
    case = _case(unit, id)
    _take(unit, desk, case, case.behandelaar, Stap.GEEN_BAND)
    _take(unit, desk, _case(unit, id), case.behandelaar, Stap.START_VOORLEGGEN, WORDS)
    second = _case(unit, id).tweede
    _take(unit, desk, _case(unit, id), second, Stap.GEEN_BAND)
    _take(unit, desk, _case(unit, id), second, Stap.START_AKKOORD)
    _take(unit, desk, _case(unit, id), case.behandelaar, Stap.AANSCHRIJVEN)
    _take(unit, desk, _case(unit, id), case.behandelaar, Stap.HUISBEZOEK, WORDS)


def _case(unit: Unit, id: str) -> Case:
    found = load(unit.connection, id)
    if found is None:
        raise RuntimeError("a case that was just opened is not there")
    return found


def _take(unit: Unit, desk: Desk, case: Case, who: str, stap: Stap, words: str = "") -> None:
    person = roster.by_id(unit.connection, who)
    if person is None:
        raise Conflict("nobody to take the step")
    if stap is Stap.GEEN_BAND and case.declared(who):
        return
    asked = Act(stap=stap, versie=case.versie, sleutel=f"demo-{case.id}-{case.versie}", motivering=words)
    act(unit, person, case.id, asked, desk.settings.onderzoek)
