"""Everything a handler receives of an address before she judges it, as numbers for a classifier to try its luck on."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import FeatureHasher

WORDS = 256  # columns for the words of both answers
SKIPPED = {"date", "set-cookie"}  # the clock of the day; there is no cookie in these answers


@dataclass(frozen=True, kw_only=True)
class Received:
    """One address as it came over the line. stratum (round and band), chosen: the truth, from behind the counter."""

    id: str
    stratum: str
    chosen: str
    numbers: Mapping[str, float]
    words: tuple[str, ...]


def receive(http: httpx.Client, id: str, place: int, row: Any) -> Received:
    """Ask for one address as JSON and as a page. place: of it in her list. row: of the table, for the truth."""
    started = time.perf_counter()
    told = http.get(f"/v1/werkvoorraad/{id}")
    between = time.perf_counter()
    page = http.get(f"/werkvoorraad/{id}")
    ended = time.perf_counter()
    assert told.status_code == page.status_code == 200
    numbers = {"plaats": place, "ms json": 1000 * (between - started), "ms pagina": 1000 * (ended - between)}
    numbers |= {"lengte json": len(told.content), "lengte pagina": len(page.content)}
    numbers |= {f"id {i}": int(id[i : i + 4], 16) for i in range(0, 32, 4)}
    numbers |= {f"digest {i}": int(told.json()["getoond"][i : i + 4], 16) for i in range(0, 64, 8)}
    numbers |= {name: value for name, value in flat(told.json()) if isinstance(value, int | float)}
    headers = [
        f"{name}={value}" for name, value in (*told.headers.items(), *page.headers.items()) if name not in SKIPPED
    ]
    texts = [f"{name}={value}" for name, value in flat(told.json()) if isinstance(value, str)]
    shown = re.findall(r"[\w-]+", re.sub(r"[0-9a-f]{32,64}", "", page.text))
    return Received(
        id=id,
        stratum=f"{row.ronde_id}{row.band}",
        chosen=row.aanleiding,
        numbers={name: float(value) for name, value in numbers.items()},
        words=(*headers, *texts, *shown),
    )


def flat(value: Any, name: str = "") -> list[tuple[str, Any]]:
    """Every value of an answer with its path; of a list also its length."""
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in flat(inner, f"{name}.{key}")]
    if isinstance(value, list):
        return [(f"{name}#", len(value)), *(pair for inner in value for pair in flat(inner, name))]
    return [(name, value)]


def matrix(found: list[Received]) -> NDArray[np.float64]:
    """n x k; a number that an answer has not is -1."""
    names = sorted({name for one in found for name in one.numbers})
    numbers = np.array([[one.numbers.get(name, -1.0) for name in names] for one in found])
    hashed = FeatureHasher(WORDS, input_type="string", alternate_sign=False).transform(one.words for one in found)
    return np.hstack([numbers, np.sqrt(hashed.toarray())])


def auc_within(score: NDArray[np.float64], y: NDArray[np.bool_], stratum: NDArray[np.str_]) -> float:
    """The chance that of two addresses of one stratum, one of each kind, the right one has the higher score."""
    right = pairs = 0.0
    for one in np.unique(stratum):
        high, low = score[(stratum == one) & y], score[(stratum == one) & ~y]
        right += (high[:, None] > low).sum() + (high[:, None] == low).sum() / 2
        pairs += len(high) * len(low)
    return right / pairs if pairs else math.nan


def p_by_chance(
    score: NDArray[np.float64], y: NDArray[np.bool_], stratum: NDArray[np.str_], rng: np.random.Generator
) -> tuple[float, float, float]:
    """(auc, p, half): p = share of 2000 reshufflings of `y` within strata that are as far from 0.5; half = half the
    width of the 95% interval that chance gives.
    """
    found = auc_within(score, y, stratum)
    rows = [np.flatnonzero(stratum == one) for one in np.unique(stratum)]
    others = np.empty(2000)
    for i in range(len(others)):
        mixed = y.copy()
        for of in rows:
            mixed[of] = rng.permutation(y[of])
        others[i] = auc_within(score, mixed, stratum)
    away = np.abs(others - 0.5)
    return found, float((away >= abs(found - 0.5) - 1e-12).mean()), float(np.quantile(away, 0.95))
