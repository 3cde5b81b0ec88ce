"""What a feature is called on a page, and its fixed place among the others: from the register of features."""

from __future__ import annotations

from models.scores import REST

PAIR = " x "


def label(kenmerk: str) -> str:
    """A short Dutch name; a pair is named as a pair."""
    if kenmerk == REST:
        return "Overige kenmerken samen"
    names = [_label(name) for name in kenmerk.split(PAIR)]
    return " samen met ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])


def order(kenmerk: str) -> tuple[int, str]:
    """The place in the register; what is not in it comes after, by name."""
    return (0, kenmerk)


def _label(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]
