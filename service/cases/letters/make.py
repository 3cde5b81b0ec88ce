"""Making a letter of a case is a step of it: logged, dated, and possible only where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from service.cases.acting import held
from service.cases.clocks import local_day
from service.cases.codes import TOLD, Toestand
from service.cases.letters.letter import Brief, Facts, letter
from service.cases.policy import Policy
from service.cases.records import Case
from service.cases.rules import Act, check
from service.cases.steps import Stap
from service.cases.write import change, entry, step
from service.db.database import Unit
from service.faults import Conflict
from service.people import Person
from service.records import Address
from service.web.teksten import text

T = Toestand
WHEN: dict[Brief, frozenset[Toestand]] = {
    Brief.AANSCHRIJVING: frozenset({T.AANSCHRIJVEN}),
    Brief.NADERE_INLICHTINGEN: frozenset({T.NADERE_INLICHTINGEN}),
    Brief.VOORNEMEN: frozenset({T.VOORNEMEN}),
    Brief.BESLUIT: frozenset({T.BESLUIT, T.AFGEROND}),
    Brief.BERICHT_MELDER: frozenset({T.BESLUIT, T.AFGEROND, T.INGETROKKEN}),
}


@dataclass(frozen=True, kw_only=True)
class Made:
    """A letter, ready to be saved. versie: of the case afterwards."""

    naam: str
    inhoud: bytes
    versie: int


def possible(case: Case) -> tuple[Brief, ...]:
    """The letters that belong to where the case stands."""
    told = case.aanleiding in TOLD
    return tuple(
        brief
        for brief, states in WHEN.items()
        if case.toestand in states and (told or brief is not Brief.BERICHT_MELDER)
    )


def make(
    unit: Unit, person: Person, id: str, asked: Act, brief: Brief, place: Address | None, case: Case, policy: Policy
) -> Made:
    """Write the letter and its step. Sent twice with one key there is one step and the same letter.

    Raises as `acting.act`; Conflict also where the letter does not belong, or the address is published no more.
    """
    if place is None:
        raise Conflict(text("onderzoek_fout.adres_weg"))
    if brief not in possible(case):
        raise Conflict(text("onderzoek_fout.brief_kan_niet"))
    today = local_day(unit.now)
    facts = Facts(
        adres=place.adres,
        postcode=place.postcode,
        woonplaats=place.woonplaats,
        datum=today,
        reageer_voor=today + timedelta(days=policy.antwoord_dagen),
        contact=policy.contact,
        gemeente=policy.gemeente_naam,
        kenmerk=id,
        uitkomst=_told(case, place) if brief is Brief.BESLUIT else "",
    )
    document = letter(brief, facts)
    held_case = held(unit, person, id, asked)
    versie = asked.versie
    if held_case is not None:
        check(unit.connection, held_case, asked, person.id, unit.now, policy)
        versie = held_case.versie + 1
        change(unit, held_case, 1, {})
        state = held_case.toestand
        told = {"brief": brief.value}
        step(unit, id, versie, Stap.BRIEF, state, state, persoon=person.id, gegevens=told, sleutel=asked.sleutel)
        unit.log(entry(id, held_case.identificatie, Stap.BRIEF, versie))
    return Made(naam=f"{brief.value}-{id}.docx", inhoud=document, versie=versie)


def _told(case: Case, place: Address) -> str:
    """The outcome that a letter tells; where a resident has secrecy (07.70) none that says who lives there."""
    return "afgeschermd" if place.afgeschermd else case.uitkomst or ""
