"""Signals (FORMATS 5): what others told the gemeente about an address."""

from __future__ import annotations

import pandas as pd

from features import landing
from features.columns import Column, Constraint, Kind, SourceTable
from features.intake import Checks, Intake
from features.sources.vastgoed import OBJECT

SOORTEN = (
    "retourpost", "terugmelding", "overbewoning", "leegstand", "vow_adres", "veelverhuizers", "doorgangsadres",
    "briefadres", "overlast", "te_koop",
)  # fmt: skip

SIGNALEN = SourceTable(
    name="signalen",
    source="signalen",
    files=("signalen/signalen*",),
    description="Signals per address: LAA, terugmeldingen, post, corporations, police, own observation.",
    owner="gemeente; Landelijke Aanpak Adreskwaliteit (RvIG)",
    law="Wet BRP art. 2.34 (terugmelding) and art. 2.37a-2.37e (LAA, since 15-05-2023)",
    refresh="daily",
    known_faults=(
        "where people look, signals come: their number also measures attention",
        "a signal says nothing of its outcome",
    ),
    key=("signaal_id",),
    columns=(
        Column(name="signaal_id", kind=Kind.TEXT, nullable=False, description="Identification of the signal."),
        Column(
            name="bron",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(one_of=("laa", "tmv", "melding", "post", "corporatie", "politie", "eigen")),
            description="Who gave it.",
        ),
        Column(
            name="soort",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(pattern=r"[a-z][a-z0-9_]*"),
            description="What was seen: " + ", ".join(SOORTEN) + ", or another word.",
        ),
        OBJECT,
        Column(
            name="datum_ontvangst",
            kind=Kind.DATE,
            field="bekend",
            nullable=False,
            description="Day of receipt; the row is known from it.",
        ),
        Column(name="datum_afgehandeld", kind=Kind.DATE, field="afgehandeld", description="Day it was dealt with."),
    ),
)
TABLES = (SIGNALEN,)


def _handled_before_receipt(frame: pd.DataFrame) -> Checks:
    """A signal is not dealt with before it came in."""
    early = (frame["afgehandeld"] < frame["bekend"]).to_numpy()
    return [("datum_afgehandeld voor datum_ontvangst", "datum_afgehandeld", early)]


INTAKES = (Intake(table=SIGNALEN, target=landing.SIGNALEN, checks=_handled_before_receipt),)
