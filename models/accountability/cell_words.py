"""Cells of a table in words: the values that fall in each, and the points they give."""

from __future__ import annotations

import math
from itertools import pairwise

from features.columns import Feature
from models.tables import Floats
from models.wording import dutch_number

MEASURES = ("%", "m2", "meter", "jaar", "kWh per jaar", "kWh per maand", "euro")  # not counted: parts of one can occur


def cell_labels(cuts: Floats, feature: Feature | None) -> list[str]:
    """The values of each known cell in words: a name, one number, or from-to; empty where a count cannot fall."""
    if feature is not None and len(feature.named_values) == len(cuts) + 1:
        return [name for _, name in sorted(feature.named_values)]
    edges = [float(cut) for cut in cuts]
    if not edges:
        return ["alle"]
    if feature is not None and feature.decimals == 0 and feature.unit not in MEASURES:
        return _counts(edges)
    told = [_number(edge) for edge in edges]
    between = [f"{a} tot {b}" for a, b in pairwise(told)]
    return [f"onder {told[0]}", *between, f"vanaf {told[-1]}"]


def _counts(edges: list[float]) -> list[str]:
    """Whole numbers per cell; a value on a border belongs to the upper cell."""
    low = [math.ceil(edge) for edge in edges]
    first = low[0] - 1
    told = ["0" if first == 0 else f"t/m {_thousands(first)}" if first > 0 else ""]
    told += [_span(a, b - 1) if b > a else "" for a, b in pairwise(low)]
    return [*told, f"vanaf {_thousands(low[-1])}"]


def shortened(text: str, room: float) -> str:
    """A text that fits in `room`: of a span only its beginning."""
    for words in (" tot ", "–"):
        text = text.split(words)[0]
    text = text.replace("vanaf ", "≥ ").replace("onder ", "< ").replace("t/m ", "≤ ")
    most = max(3, int(room / 5.2))
    return text if len(text) <= most else text[: most - 1] + "…"


def signed(value: float) -> str:
    """Points with their sign, two decimals; nothing is "0,00"."""
    text = dutch_number(abs(value), 2)
    return text if text == "0,00" else f"{'+' if value > 0 else '−'}{text}"


def _span(low: int, high: int) -> str:
    return _thousands(low) if low == high else f"{_thousands(low)}–{_thousands(high)}"


def _thousands(value: int) -> str:
    return dutch_number(float(value), 0)


def _number(value: float) -> str:
    if value == round(value):
        return dutch_number(value, 0).replace("-", "−")
    return dutch_number(value, 1 if abs(value) >= 10 else 2).rstrip("0").rstrip(",").replace("-", "−")
