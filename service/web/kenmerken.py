"""What a feature is called on a page, its fixed place among the others and its unit: from the register of features."""

from __future__ import annotations

import math

from features.columns import Feature
from features.register import FEATURES
from models.scores import REST
from models.wording import shown as in_words
from service.web.teksten import text

PAIR = " x "
_KNOWN: dict[str, tuple[int, Feature]] = {feature.name: (place, feature) for place, feature in enumerate(FEATURES)}


def label(kenmerk: str) -> str:
    """A short Dutch name; a pair is named as a pair; what the register does not know keeps its own name."""
    if kenmerk == REST:
        return str(text("adres.rest"))
    first, *others = [_label(name) for name in kenmerk.split(PAIR)]
    return text("adres.samen_met").join(
        [first, *(name if name[:2].isupper() else name[:1].lower() + name[1:] for name in others)]
    )


def order(kenmerk: str) -> tuple[int, str]:
    """The place in the register (of a pair: of its first feature); what is not in it comes after, by name."""
    place, _ = _KNOWN.get(kenmerk.split(PAIR)[0], (len(_KNOWN), None))
    return (place, kenmerk)


def shown(kenmerk: str, value: float | None) -> str:
    """A value of `kenmerk` (of a pair: of its first feature) as its sentence shows it; empty for the rest."""
    _, feature = _KNOWN.get(kenmerk.split(PAIR)[0], (0, None))
    if feature is None:
        return "" if value is None else f"{value:g}".replace(".", ",")
    return in_words(feature, math.nan if value is None else value)


def _label(name: str) -> str:
    _, feature = _KNOWN.get(name, (0, None))
    return feature.label if feature is not None else name.replace("_", " ").capitalize()
