"""Which step is allowed from where, for whom, and what it asks for: one table, and no other place that decides it.

After Amsterdam's signals: states are constants, the allowed changes a table. A step without `naar` leaves the state as
it is. `wacht` says what must lie with the second person for the step to be possible ("" = nothing may lie there),
`legt` what lies there afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.cases.codes import RUNNING, WORK, Deel, Toestand, Wacht

T = Toestand
ANY_WAIT = frozenset({*Wacht, ""})
IDLE = frozenset({""})


class Stap(StrEnum):
    """The steps. Those that only the service takes stand at the end."""

    GEEN_BAND = "geen_band"
    WEL_BAND = "wel_band"
    START_VOORLEGGEN = "start_voorleggen"
    START_AKKOORD = "start_akkoord"
    START_TERUGGEVEN = "start_teruggeven"
    START_ZONDER_TWEEDE = "start_zonder_tweede"
    AANSCHRIJVEN = "aanschrijven"
    NADERE_INLICHTINGEN = "nadere_inlichtingen"
    HUISBEZOEK = "huisbezoek"
    BEZOEK = "bezoek"
    VOORNEMEN = "voornemen"
    BESLUIT_VOORLEGGEN = "besluit_voorleggen"
    BESLUIT_AKKOORD = "besluit_akkoord"
    BESLUIT_TERUGGEVEN = "besluit_teruggeven"
    BESLUIT_ZONDER_TWEEDE = "besluit_zonder_tweede"
    MELDER_INLICHTEN = "melder_inlichten"
    ZORG_OVERDRAGEN = "zorg_overdragen"
    AFRONDEN = "afronden"
    INTREKKING_VOORLEGGEN = "intrekking_voorleggen"
    INTREKKING_AKKOORD = "intrekking_akkoord"
    INTREKKING_TERUGGEVEN = "intrekking_teruggeven"
    INTREKKING_ZONDER_TWEEDE = "intrekking_zonder_tweede"
    CORRECTIE_VOORLEGGEN = "correctie_voorleggen"
    CORRECTIE_AKKOORD = "correctie_akkoord"
    CORRECTIE_TERUGGEVEN = "correctie_teruggeven"
    CORRECTIE_ZONDER_TWEEDE = "correctie_zonder_tweede"
    ANDERE_GOEDKEURDER = "andere_goedkeurder"
    BRIEF = "brief"
    OPENEN = "openen"
    TOEWIJZEN = "toewijzen"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of the table.

    van: the states from which. naar: the state after, None = the same. wie: whose step it is. motivering: words are
    required. uitkomst: an outcome is required. apart: has a form of its own (a visit, a letter, the tie), so it is not
    among the step forms.
    """

    stap: Stap
    van: frozenset[Toestand]
    naar: Toestand | None = None
    wie: frozenset[Deel] = frozenset({Deel.BEHANDELAAR})
    wacht: frozenset[str] = IDLE
    legt: Wacht | None = None
    motivering: bool = False
    uitkomst: bool = False
    apart: bool = False


HANDLER, APPROVER = frozenset({Deel.BEHANDELAAR}), frozenset({Deel.GOEDKEURDER})
VISITING = frozenset({Deel.BEHANDELAAR, Deel.BEZOEKER})
FINDING = WORK - {T.VOORONDERZOEK}


def _second(
    what: Wacht, van: frozenset[Toestand], naar: Toestand | None, *, uitkomst: bool = False
) -> tuple[Rule, ...]:
    """The rows of what two people decide: put before, agree, give back, and the exception when there is nobody else."""
    put, agree, back, alone = (
        Stap(f"{what}_{name}") for name in ("voorleggen", "akkoord", "teruggeven", "zonder_tweede")
    )
    lies = frozenset({what.value})
    return (
        Rule(stap=put, van=van, legt=what, motivering=True, uitkomst=uitkomst),
        Rule(stap=agree, van=van, naar=naar, wie=APPROVER, wacht=lies),
        Rule(stap=back, van=van, wie=APPROVER, wacht=lies, motivering=True),
        Rule(stap=alone, van=van, naar=naar, wacht=lies, motivering=True),
    )


TABLE: tuple[Rule, ...] = (
    Rule(stap=Stap.GEEN_BAND, van=frozenset(T), wie=frozenset(Deel), wacht=ANY_WAIT, apart=True),
    Rule(stap=Stap.WEL_BAND, van=frozenset(T), wie=frozenset(Deel), wacht=ANY_WAIT, apart=True),
    *_second(Wacht.START, frozenset({T.VOORONDERZOEK}), None),
    Rule(stap=Stap.AANSCHRIJVEN, van=frozenset({T.VOORONDERZOEK, T.HUISBEZOEK}), naar=T.AANSCHRIJVEN),
    Rule(
        stap=Stap.NADERE_INLICHTINGEN,
        van=frozenset({T.VOORONDERZOEK, T.AANSCHRIJVEN, T.HUISBEZOEK, T.VOORNEMEN}),
        naar=T.NADERE_INLICHTINGEN,
    ),
    Rule(
        stap=Stap.HUISBEZOEK,
        van=frozenset({T.VOORONDERZOEK, T.AANSCHRIJVEN, T.NADERE_INLICHTINGEN}),
        naar=T.HUISBEZOEK,
        motivering=True,
    ),
    Rule(stap=Stap.BEZOEK, van=frozenset({T.HUISBEZOEK}), wie=VISITING, apart=True),
    Rule(stap=Stap.VOORNEMEN, van=FINDING - {T.VOORNEMEN}, naar=T.VOORNEMEN, motivering=True),
    *_second(Wacht.BESLUIT, WORK, T.BESLUIT, uitkomst=True),
    Rule(stap=Stap.MELDER_INLICHTEN, van=frozenset({T.BESLUIT, T.INGETROKKEN})),
    Rule(stap=Stap.ZORG_OVERDRAGEN, van=WORK, legt=Wacht.INTREKKING),
    Rule(stap=Stap.AFRONDEN, van=frozenset({T.BESLUIT}), naar=T.AFGEROND),
    *_second(Wacht.INTREKKING, WORK, T.INGETROKKEN),
    *_second(Wacht.CORRECTIE, frozenset({T.AFGEROND}), None, uitkomst=True),
    Rule(stap=Stap.ANDERE_GOEDKEURDER, van=RUNNING | {T.AFGEROND}, wacht=frozenset(Wacht)),
    Rule(stap=Stap.BRIEF, van=frozenset(T) - {T.VOORONDERZOEK}, wacht=ANY_WAIT, apart=True),
)
RULES: dict[Stap, Rule] = {rule.stap: rule for rule in TABLE}
BYPASSES = tuple(stap for stap in Stap if stap.endswith("_zonder_tweede"))
AGREEMENTS = tuple(stap for stap in Stap if stap.endswith("_akkoord"))
