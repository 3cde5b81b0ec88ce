"""Who gets the work: drawn by lot among who is free, never chosen, and drawn again by anybody from what was kept.

A weighted draw by exponential keys (Efraimidis and Spirakis 2006, DOI 10.1016/j.ipl.2005.11.003): everybody's weight is
1 / (1 + open cases), so who has fewest is favoured and nobody can be foreseen. The seed is fresh and is stored with
the candidates in the step, so the same seed and candidates give the same person.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

_SCALE = 2**64


@dataclass(frozen=True, kw_only=True)
class Draw:
    """One draw. gekozen: "" when there was nobody. kandidaten: (person, open cases), by id."""

    zaad: str
    kandidaten: tuple[tuple[str, int], ...]
    gekozen: str


def draw(open_cases: Mapping[str, int], seed: str = "") -> Draw:
    """Draw one of the keys of `open_cases` (person -> open cases). seed: default a fresh one of 128 bits."""
    seed = seed or secrets.token_hex(16)
    candidates = tuple(sorted(open_cases.items()))
    chosen = min(candidates, key=lambda one: (wait(seed, *one), one[0]), default=("", 0))[0]
    return Draw(zaad=seed, kandidaten=candidates, gekozen=chosen)


def wait(seed: str, person: str, open_cases: int) -> float:
    """The exponential waiting time of one person, rate 1 / (1 + open cases): the shortest wins."""
    return -math.log(uniform(seed, person)) * (1 + open_cases)


def uniform(seed: str, what: str) -> float:
    """A number in (0, 1], the same for the same seed and name."""
    digest = hashlib.sha256(f"{seed}|{what}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") + 1) / _SCALE
