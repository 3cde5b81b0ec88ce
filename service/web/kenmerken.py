"""What a feature is called on a page, and its fixed place among the others: from the register of features."""

from __future__ import annotations

from models.scores import REST
from service.web.getallen import number

PAIR = " x "


def label(kenmerk: str) -> str:
    """A short Dutch name; a pair is named as a pair."""
    if kenmerk == REST:
        return "Overige kenmerken samen"
    names = [_label(name) for name in kenmerk.split(PAIR)]
    return " samen met ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])


def shown(kenmerk: str, value: float | None) -> str:
    """A value of `kenmerk` as people read it; empty for the rest and where it is unknown."""
    return "" if value is None else number(value, 0 if float(value).is_integer() else 2)


def order(kenmerk: str) -> tuple[int, str]:
    """The place in the register; what is not in it comes after, by name."""
    return (0, kenmerk)


def _label(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]
