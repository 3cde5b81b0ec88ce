"""The plan of the town: which homes stand in which zone, block by block, and what kind they are.

A block is what was built together: one farm, a pair of semi-detached homes, a terrace, a flat. Shares by zone follow
the Dutch housing stock (CBS 85035NED), shifted to the country side: this is a rural gemeente.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

SHARES = {
    "kern": 0.50,
    "dorp": 0.30,
    "buitengebied": 0.145,
    "recreatiepark": 0.03,
    "jachthaven": 0.006,
    "bedrijventerrein": 0.019,
}


@dataclass(frozen=True, kw_only=True)
class Block:
    """A kind of block: how often (per block, by zone), how many addresses, how large, how wide on the street."""

    kind: str
    fewest: int
    most: int
    area: float  # m2 of floor, median
    spread: float  # sigma of its logarithm
    front: float  # metres of street per address
    kern: float
    dorp: float
    buitengebied: float = 0.0
    recreatiepark: float = 0.0
    jachthaven: float = 0.0
    bedrijventerrein: float = 0.0


BLOCKS = (
    Block(
        kind="vrijstaand", fewest=1, most=1, area=165, spread=0.28, front=22, kern=0.30, dorp=0.46, buitengebied=0.34
    ),
    Block(
        kind="twee_onder_een_kap",
        fewest=2,
        most=2,
        area=131,
        spread=0.2,
        front=13,
        kern=0.17,
        dorp=0.22,
        buitengebied=0.04,
    ),
    Block(kind="rij", fewest=4, most=10, area=110, spread=0.16, front=6, kern=0.25, dorp=0.16),
    Block(kind="appartement", fewest=6, most=36, area=76, spread=0.26, front=1.2, kern=0.075, dorp=0.012),
    Block(kind="winkel", fewest=1, most=3, area=140, spread=0.6, front=9, kern=0.16, dorp=0.10),
    Block(kind="boven_winkel", fewest=2, most=4, area=82, spread=0.3, front=5, kern=0.04, dorp=0.02),
    Block(kind="boerderij", fewest=1, most=1, area=198, spread=0.3, front=150, kern=0, dorp=0, buitengebied=0.46),
    Block(
        kind="bedrijfswoning",
        fewest=1,
        most=1,
        area=150,
        spread=0.25,
        front=60,
        kern=0,
        dorp=0.01,
        buitengebied=0.09,
        bedrijventerrein=0.08,
    ),
    Block(
        kind="bedrijf",
        fewest=1,
        most=4,
        area=450,
        spread=0.8,
        front=30,
        kern=0.01,
        dorp=0.02,
        buitengebied=0.07,
        bedrijventerrein=0.92,
    ),
    Block(kind="recreatiewoning", fewest=1, most=1, area=58, spread=0.22, front=18, kern=0, dorp=0, recreatiepark=0.75),
    Block(
        kind="stacaravan", fewest=1, most=1, area=40, spread=0.1, front=14, kern=0.001, dorp=0.008, recreatiepark=0.25
    ),
    Block(kind="woonboot", fewest=1, most=1, area=70, spread=0.2, front=20, kern=0.003, dorp=0.002, jachthaven=1.0),
)


@dataclass(frozen=True)
class Settlement:
    """A village, park or estate: where it lies and how many addresses it has. radius: half its side, metres."""

    zone: str
    naam: str
    x: float
    y: float
    radius: float
    count: int
    woonplaats: int


def settlements(count: int, rng: np.random.Generator, west: float, south: float, side: float) -> list[Settlement]:
    """The places of a gemeente of `count` addresses, in a square of `side` metres."""
    villages = int(np.clip(round(count / 3500) + 2, 2, 9))
    n = {zone: round(count * share) for zone, share in SHARES.items()}
    n["kern"] += count - sum(n.values())
    middle = (west + side / 2, south + side / 2)
    places = [Settlement("kern", "", *middle, 16 * np.sqrt(n["kern"]), n["kern"], 0)]
    sizes = np.diff(np.round(np.cumsum(np.r_[0, rng.dirichlet(np.full(villages, 6.0))]) * n["dorp"])).astype(int)
    turn = rng.uniform(0, 2 * np.pi)
    for i, size in enumerate(sizes):
        angle, reach = turn + 2 * np.pi * i / villages, side * rng.uniform(0.30, 0.40)
        x, y = middle[0] + reach * np.cos(angle), middle[1] + reach * np.sin(angle)
        places.append(Settlement("dorp", "", x, y, 17 * np.sqrt(max(size, 20)), int(size), i + 1))
    for zone, per_place, spacing in (("recreatiepark", 220, 15), ("jachthaven", 80, 12), ("bedrijventerrein", 250, 25)):
        parts = max(1, round(n[zone] / per_place))
        for k, size in enumerate(np.diff(np.round(np.linspace(0, n[zone], parts + 1))).astype(int)):
            near = places[int(rng.integers(0, villages + 1))] if zone != "jachthaven" else places[1 + k % villages]
            away = near.radius + 350 + rng.uniform(0, 900 if zone == "recreatiepark" else 150)
            angle = rng.uniform(0, 2 * np.pi)
            x, y = near.x + 1.42 * away * np.cos(angle), near.y + 1.42 * away * np.sin(angle)
            places.append(Settlement(zone, "", x, y, spacing * np.sqrt(max(size, 4)), int(size), near.woonplaats))
    for i in range(villages + 1):  # the outskirts of each village share its name
        size = n["buitengebied"] // (villages + 1) + (i < n["buitengebied"] % (villages + 1))
        reach = side * (0.30 if i == 0 else 0.22)
        places.append(Settlement("buitengebied", "", places[i].x, places[i].y, reach, int(size), i))
    return places


def blocks(places: list[Settlement], rng: np.random.Generator) -> pd.DataFrame:
    """The addresses of all places in order: place, block (number), kind, rank and size within the block, floor area."""
    frames = [_blocks_of(i, place, rng) for i, place in enumerate(places) if place.count]
    out = pd.concat(frames, ignore_index=True)
    out["block"] = out.groupby(["place", "block"], sort=False).ngroup().astype(np.int32)
    out["size"] = out.groupby("block")["block"].transform("size").to_numpy()
    return out


def _blocks_of(index: int, place: Settlement, rng: np.random.Generator) -> pd.DataFrame:
    weights = np.array([getattr(b, place.zone) for b in BLOCKS], dtype=float)
    kinds = rng.choice(len(BLOCKS), size=place.count, p=weights / weights.sum())
    fewest, most = (np.array([getattr(b, name) for b in BLOCKS]) for name in ("fewest", "most"))
    sizes = rng.integers(fewest[kinds], most[kinds] + 1)
    block = np.repeat(np.arange(place.count), sizes)[: place.count]
    kind = kinds[block]
    rank = np.arange(place.count) - np.searchsorted(block, block, side="left")
    return pd.DataFrame({"place": index, "block": block, "kind": kind, "rank": rank, "area": _areas(kind, block, rng)})


def _areas(
    kind: npt.NDArray[np.int64], block: npt.NDArray[np.int64], rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Floor area in m2: homes of one block resemble each other, without being equal."""
    median, spread = (np.array([getattr(b, name) for b in BLOCKS]) for name in ("area", "spread"))
    shared = rng.standard_normal(block.max() + 1)[block] * 0.8
    own = rng.standard_normal(len(kind)) * 0.6
    return np.round(median[kind] * np.exp(spread[kind] * (shared + own))).astype(np.int64)
