"""How far the computing of a plan is: kept in memory by whoever computes, in the store only until when they may.

A process that dies leaves no plan that is busy for ever: past `bezig_tot` it was cut off, and may be asked again.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

_lock = threading.Lock()
_known: dict[str, float] = {}  # plan id -> share done, of what this process computes


@dataclass(frozen=True, kw_only=True)
class Progress:
    """voortgang: 0-1. mislukt: it was begun and never ended."""

    bezig: bool
    voortgang: float
    mislukt: bool


def progress(row: Row[Any], now: datetime) -> Progress:
    """Of a row of `plannen`."""
    if row.bezig_tot is None:
        return Progress(bezig=False, voortgang=1.0 if row.berekend else 0.0, mislukt=bool(row.fout))
    if row.bezig_tot < now:
        return Progress(bezig=False, voortgang=0.0, mislukt=True)
    with _lock:
        return Progress(bezig=True, voortgang=_known.get(row.id, 0.0), mislukt=False)


def note(plan_id: str, share: float) -> None:
    """So far it is; 1 = done, forget it."""
    with _lock:
        if share >= 1:
            _known.pop(plan_id, None)
        else:
            _known[plan_id] = max(share, 0.0)
