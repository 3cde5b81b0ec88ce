"""A contribution in words: Dutch (B1), the feature's own sentence with its value and what is usual beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from features.columns import Feature
from models.tables import Floats

UNKNOWN = "onbekend"
ONE = {
    "adressen": "adres",
    "bedrijven": "bedrijf",
    "dagen": "dag",
    "eigenaren": "eigenaar",
    "gebouwen": "gebouw",
    "kinderen": "kind",
    "maanden": "maand",
    "personen": "persoon",
    "verblijven": "verblijf",
    "volwassenen": "volwassene",
    "woningen": "woning",
}
SHARE = "%"  # the one unit that is written without a space
REST_SENTENCE = "Alle andere kenmerken samen."
SHIELDED_SENTENCE = "Alle andere kenmerken samen. Kenmerken die op personen rusten, zijn hier afgeschermd."


def rounded(values: Floats, decimals: int) -> Floats:
    """To `decimals`, half away from zero, never -0; NaN stays. By what is shown, equal sentences are known."""
    scale = 10.0**decimals
    # 1e-9: 0.285 * 100 is a hair below 28.5 in binary, but a reader rounds it up.
    return np.copysign(np.floor(np.abs(values) * scale + 0.5 + 1e-9), values) / scale + 0.0


def dutch_number(value: float, decimals: int) -> str:
    """A rounded number with decimal comma and points between thousands.

    >>> dutch_number(12345.68, 2), dutch_number(1.0, 0)
    ('12.345,68', '1')
    """
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def shown(feature: Feature, value: float) -> str:
    """A value as it is shown: its name where it has one, else the number with the unit; "onbekend" for NaN."""
    if math.isnan(value):
        return UNKNOWN
    for named, name in feature.named_values:
        if value == named:
            return name
    number = dutch_number(value, feature.decimals)
    if feature.unit == SHARE:
        return number + SHARE
    unit = ONE.get(feature.unit, feature.unit) if number == "1" else feature.unit
    return f"{number} {unit}" if unit else number


@dataclass(frozen=True)
class Wording:
    """Makes the sentence of one term: of a feature, or of a pair.

    neutral: state the value and what is usual, and draw no conclusion (where no direction was learned or declared).
    """

    features: tuple[Feature, ...]
    neutral: bool = False

    @property
    def persons(self) -> bool:
        """True when the term rests on registered persons."""
        return any(feature.persons for feature in self.features)

    def sentence(self, speaks_for: bool, values: tuple[float, ...], usual: tuple[float, ...]) -> str:
        """values, usual: of each feature of the term, rounded as they are shown; NaN = unknown."""
        if len(self.features) == 1:
            feature = self.features[0]
            if self.neutral:
                return (
                    f"{feature.label}: {shown(feature, values[0])}; "
                    f"bij vergelijkbare adressen meestal {shown(feature, usual[0])}."
                )
            template = feature.sentence_for if speaks_for else feature.sentence_against
            return template.format(waarde=shown(feature, values[0]), vergelijking=shown(feature, usual[0]))
        first, second = self.features
        outcome = "meer" if speaks_for else "minder"
        return (
            f"De combinatie van {_inside(first.label)} ({shown(first, values[0])}) en {_inside(second.label)} "
            f"({shown(second, values[1])}) wijst {outcome} op dit risico."
        )


def _inside(label: str) -> str:
    """A label within a sentence: no capital, unless it is an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
