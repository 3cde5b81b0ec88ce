"""The fairness report of one target: the four stages measured, and in words what each rests on."""

from __future__ import annotations

from datetime import date

import pandas as pd

from features.columns import Doel
from models.fairness import FairnessReport
from models.fairness_bounds import FairnessBounds
from models.fairness_measure import measured
from models.fairness_rates import Mask
from models.fairness_stages import HeldOut, Practice, confirmed, picked, ranked, visited


def report(
    doel: Doel,
    as_of: date,
    *,
    groups: pd.DataFrame,
    ahead: Mask | None,
    practice: Practice | None,
    held_out: HeldOut | None,
    bounds: FairnessBounds,
) -> FairnessReport:
    """groups, ahead: of the n scored addresses; ahead None = no ranking to look at, the practice alone.

    practice: None = the ranking alone (a model that nobody uses yet).
    """
    stages = [] if ahead is None else [ranked(groups, ahead, held_out)]
    if practice is not None:
        stages += [picked(groups, practice), visited(practice), confirmed(practice)]
    return FairnessReport(
        doel=doel.value,
        as_of=as_of.isoformat(),
        stages=tuple(measured(stage, bounds) for stage in stages if len(stage.groups)),
        statements=_statements(held_out, practice, bounds),
    )


def _statements(held_out: HeldOut | None, practice: Practice | None, bounds: FairnessBounds) -> tuple[str, ...]:
    """What is estimated from what, in Dutch (B1)."""
    said = [
        f"Groepen met minder dan {bounds.kleinste_groep} adressen (onderzochte: {bounds.minste_uitkomsten}) "
        "zijn samengevoegd en staan niet in de tabellen.",
        f"Een cijfer met minder dan {bounds.minste_uitkomsten} uitkomsten geven we niet: dan staat er “te weinig”.",
        "Een verhouding van 1 betekent: even vaak gekozen als alle andere groepen samen. Adressen waar niemand "
        "ingeschreven staat, tellen niet mee bij de anderen.",
        "Alleen de aselecte steekproef geeft een zuiver beeld. Wie onderzocht is om een andere reden, is gekozen.",
        "Bezwaar staat niet in onderzoeken.csv en is hier dus niet gemeten.",
    ]
    if held_out is not None:
        said.append(
            f"Trefkans en fouten van de ranglijst komen van {len(held_out.y)} eerdere onderzoeken, waarvan "
            f"{int(held_out.drawn.sum())} uit de aselecte steekproef. Elk is gerangschikt door een model dat de "
            "uitkomst nog niet kende: een voorganger van het model in gebruik, op dezelfde manier gemaakt."
        )
    if practice is not None:
        said.append(
            f"Uitgekozen, bezocht en bevestigd gaan over {int(practice.picked.sum())} adressen, onderzocht in de "
            f"laatste {bounds.maanden} maanden, in de groep van toen."
        )
    return tuple(said)
