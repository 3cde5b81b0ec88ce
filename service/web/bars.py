"""Reasons as two columns of bars: for and against, in one neutral order.

The order is that of the register of features, the same for every address, so that a place in the column says nothing;
the length of the bar says how much a reason weighs (Algoritmekader: evidence for and against, in neutral order).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.scores import REST
from service.records import Reason
from service.web import kenmerken

HEAVY, MIDDLING = 0.25, 0.10  # share of all weight on this address


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One reason, drawn. length: 0-100, a part of this address's heaviest reason; weight: zwaar|gemiddeld|licht."""

    reason: Reason
    label: str
    length: float
    weight: str
    value: str  # as shown, with its unit
    peer: str


@dataclass(frozen=True, kw_only=True)
class Balance:
    """The reasons of one target. total = base + all contributions (no base in a cold start)."""

    ervoor: tuple[Bar, ...]
    ertegen: tuple[Bar, ...]
    base: float | None
    total: float


def balance(reasons: Sequence[Reason], base: float | None) -> Balance:
    """Split `reasons` by sign and put each side in the register's order, the rest last. A zero is not drawn."""
    heaviest = max((abs(reason.bijdrage) for reason in reasons), default=0.0)
    together = sum(abs(reason.bijdrage) for reason in reasons)
    bars = [
        Bar(
            reason=reason,
            label=kenmerken.label(reason.kenmerk),
            length=round(100 * abs(reason.bijdrage) / heaviest, 1),
            weight=_weight(abs(reason.bijdrage) / together),
            value=kenmerken.shown(reason.kenmerk, reason.waarde),
            peer=kenmerken.shown(reason.kenmerk, reason.vergelijking),
        )
        for reason in sorted(reasons, key=lambda r: (r.kenmerk == REST, kenmerken.order(r.kenmerk)))
        if reason.bijdrage != 0
    ]
    summed = sum(reason.bijdrage for reason in reasons)
    return Balance(
        ervoor=tuple(bar for bar in bars if bar.reason.bijdrage > 0),
        ertegen=tuple(bar for bar in bars if bar.reason.bijdrage < 0),
        base=base,
        total=(base or 0.0) + summed,
    )


def _weight(share: float) -> str:
    if share >= HEAVY:
        return "zwaar"
    return "gemiddeld" if share >= MIDDLING else "licht"
