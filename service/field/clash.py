"""Whether a visit can become a step by itself, or the desk went on while the phone was out of reach."""

from __future__ import annotations

from service.cases.codes import Toestand
from service.cases.records import Case, Step
from service.cases.steps import Stap
from service.field.codes import Botsing

# Steps that change nothing for who stands at the door: somebody declared to have no tie, a letter was made.
HARMLESS = frozenset({Stap.GEEN_BAND, Stap.BRIEF})


def meanwhile(case: Case, versie: int, person: str) -> tuple[Step, ...]:
    """The steps after `versie` that matter, without the person's own visits of before."""
    return tuple(
        step for step in case.stappen if step.nr > versie and step.stap not in HARMLESS and not _own(step, case, person)
    )


def clash(case: Case, versie: int, person: str) -> Botsing | None:
    """Why a visit that `person` wrote down knowing step `versie` cannot just become a step; None = it can."""
    if not case.loopt:
        return Botsing.KLAAR
    if case.wacht_op is not None:
        return Botsing.BESLUIT
    moved = meanwhile(case, versie, person)
    if any(step.stap == Stap.BEZOEK for step in moved):
        return Botsing.ANDER_BEZOEK
    if moved:
        return Botsing.VERDER
    if case.toestand is not Toestand.HUISBEZOEK or case.gestart is None or case.alleen_bureau:
        return Botsing.ANDERE_STAP
    if any(part.persoon == person and part.band for part in case.delen):
        return Botsing.NIET_VAN_U
    return None


def _own(step: Step, case: Case, person: str) -> bool:
    """A visit of one's own, or becoming a visitor of the case on account of one's round."""
    if step.stap == Stap.TOEWIJZEN:
        return step.gegevens.get("gekozen") == person and "ronde" in step.gegevens
    if step.stap != Stap.BEZOEK:
        return False
    return any(visit.nr == step.nr and visit.bezoeker == person for visit in case.bezoeken)
