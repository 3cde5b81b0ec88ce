"""Investigations and their outcomes (FORMATS 6): the only source of labels."""

from __future__ import annotations

import pandas as pd

from features import landing
from features.columns import Column, Constraint, Doel, Kind, SourceTable
from features.intake import Checks, Intake
from features.sources.vastgoed import OBJECT

UITKOMSTEN = (
    "in_orde", "bewoond_zonder_inschrijving", "gebruik_zonder_inschrijving", "illegaal_gebruik",
    "ingeschreven_niet_woonachtig", "vertrokken_onbekend_waarheen", "meer_bewoners_dan_ingeschreven",
    "minder_bewoners_dan_ingeschreven", "leegstand_bevestigd", "ander_gebruik_vergund", "niemand_aangetroffen_sporen",
    "niemand_aangetroffen", "geen_medewerking", "ingetrokken",
)  # fmt: skip
AANLEIDINGEN = ("risico", "verkenning", "steekproef", "signaal", "melding")

ONDERZOEKEN = SourceTable(
    name="onderzoeken",
    source="onderzoeken",
    files=("onderzoeken/onderzoeken*",),
    description="Address investigations: why begun, with what chance, and what was found.",
    owner="gemeente, Burgerzaken and handhaving",
    law="Wet BRP art. 2.34, 4.2 and 4.3; Besluit BRP art. 22",
    refresh="with every outcome",
    known_faults=(
        "only addresses that were chosen have an outcome: weigh by selectiekans where it is known",
        "an outcome is what was found, not always what was so",
    ),
    key=("onderzoek_id",),
    columns=(
        Column(name="onderzoek_id", kind=Kind.TEXT, nullable=False, description="Identification of the investigation."),
        OBJECT,
        Column(
            name="doel",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(one_of=tuple(d.value for d in Doel)),
            description="The target looked for.",
        ),
        Column(
            name="aanleiding",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(one_of=AANLEIDINGEN),
            description="Why this address.",
        ),
        Column(
            name="selectiekans",
            kind=Kind.FLOAT,
            constraint=Constraint(at_least=0, at_most=1),
            description="Probability with which the address was chosen in that month's draw; empty = unknown.",
        ),
        Column(
            name="datum_start",
            kind=Kind.DATE,
            field="bekend",
            nullable=False,
            description="Begin; the row is known from it.",
        ),
        Column(
            name="bezoekpogingen",
            kind=Kind.INT,
            constraint=Constraint(at_least=0, at_most=1000),
            description="Visits tried.",
        ),
        Column(
            name="datum_afgerond",
            kind=Kind.DATE,
            field="afgerond",
            description="End; empty = running. Outcome known then.",
        ),
        Column(
            name="uitkomst", kind=Kind.TEXT, constraint=Constraint(one_of=UITKOMSTEN), description="What was found."
        ),
        Column(name="behandelaar", kind=Kind.TEXT, required=False, description="Pseudonym of who handled it."),
    ),
)
TABLES = (ONDERZOEKEN,)


def _order(frame: pd.DataFrame) -> Checks:
    """An investigation does not end before it began, and what has no end has no outcome."""
    early = (frame["afgerond"] < frame["bekend"]).to_numpy()
    loose = (frame["afgerond"].isna() & frame["uitkomst"].notna()).to_numpy()
    return [
        ("datum_afgerond voor datum_start", "datum_afgerond", early),
        ("uitkomst zonder datum_afgerond", "uitkomst", loose),
    ]


INTAKES = (Intake(table=ONDERZOEKEN, target=landing.ONDERZOEKEN, checks=_order),)
