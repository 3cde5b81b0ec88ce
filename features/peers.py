"""Comparable inhabited dwellings: what is usual for a home like this one (the CBS energy method's comparison).

Dwellings are grouped by kind, floor area, construction period and, where asked, the number of people registered. Where
fewer than thirty inhabited dwellings are comparable, a wider group is taken, in the end all of them. The BAG knows no
building type: it is derived from use, the number of dwellings in the pand and how close the next one stands, or taken
from the energy label where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from features.landing import Sources
from features.per_address import Bools, Floats, Ints
from features.stays import Stays

MINIMUM = 30  # peers below which a wider group is taken
NEXT_DOOR = 10.0  # metres between two dwellings under one roof: a row house is some 5.4 m wide
(DETACHED, END, TERRACED, FEW, FLAT, HOLIDAY, BERTH, PITCH, OTHER) = range(9)
AREAS = (50.0, 75.0, 100.0, 125.0, 150.0, 200.0)  # m2, lower edges of the next class
PERIODS = (1946.0, 1975.0, 1992.0, 2006.0, 2015.0)  # the building decrees that changed how homes are insulated
LABEL_KINDS = (
    ("vrijstaand", DETACHED), ("twee-onder", END), ("hoek", END), ("rijwoning tussen", TERRACED),
    ("tussenwoning", TERRACED), ("flat", FLAT), ("galerij", FLAT), ("portiek", FLAT), ("maisonnette", FLAT),
    ("appartement", FLAT), ("woonwagen", PITCH), ("woonboot", BERTH),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Peers:
    """levels: per width (narrow to wide) a group code per address; reference: the inhabited dwellings. Length n.

    kind: DETACHED … OTHER, per address.
    """

    levels: tuple[npt.NDArray[np.int16], ...]
    reference: Bools
    kind: npt.NDArray[np.int16]

    def with_number(self, people: Floats) -> Peers:
        """The same groups, split by the number registered (0, 1, 2, 3, 4, 5 and more)."""
        number = np.minimum(people, 5).astype(np.int16)
        levels = tuple((level * 6 + number).astype(np.int16) for level in self.levels)
        return Peers(levels=levels, reference=self.reference, kind=self.kind)

    def percentile(self, values: Floats) -> Floats:
        """Share of comparable dwellings below each value, ties counted half (mid-rank): 0-1, length n.

        Higher = more than its peers. NaN where the value is unknown or nobody can be compared with.
        """
        known = self.reference & ~np.isnan(values)
        steps = np.unique(values[known])
        below, upto = np.searchsorted(steps, values, "left"), np.searchsorted(steps, values, "right")
        width = len(steps) + 1
        result = np.full(len(values), np.nan)
        for codes, rows in self._chosen(known):
            group = codes.astype(np.int64) * width
            peers = np.sort(group[known] + below[known])
            start = np.searchsorted(peers, group[rows])
            size = np.searchsorted(peers, group[rows] + width) - start
            less = np.searchsorted(peers, group[rows] + below[rows]) - start
            equal = np.searchsorted(peers, group[rows] + upto[rows]) - start - less
            result[rows] = (less + equal / 2) / np.where(size > 0, size, np.nan)
        result[np.isnan(values)] = np.nan
        return result

    def quantile(self, values: Floats, share: float) -> Floats:
        """The `share` quantile (0-1, linear) of `values` over each address's comparable dwellings: length n.

        Also for addresses without a value of their own; NaN where no comparable dwelling has one.
        """
        known = np.flatnonzero(self.reference & ~np.isnan(values))
        known = known[np.argsort(values[known])]
        result = np.full(len(values), np.nan)
        for codes, rows in self._chosen(self.reference & ~np.isnan(values)):
            ordered = known[np.argsort(codes[known], kind="stable")]
            peers, times = values[ordered], np.bincount(codes[ordered], minlength=int(codes.max()) + 1)
            place = (np.cumsum(times) - times) + share * np.maximum(times - 1, 0)
            low = np.minimum(place.astype(np.int64), len(peers) - 1)
            high = np.minimum(low + 1, len(peers) - 1)
            between = peers[low] + (place - low) * np.where(place > low, peers[high] - peers[low], 0.0)
            result[rows] = np.where(times > 0, between, np.nan)[codes[rows]]
        return result

    def _chosen(self, known: Bools) -> list[tuple[npt.NDArray[np.int16], Ints]]:
        """Per level the addresses for which it is the narrowest with enough `known` peers; the widest takes the rest.

        Pairs of (the level's codes, the rows of the addresses).
        """
        if not known.any():
            return []
        open_ = np.ones(len(known), dtype=bool)
        chosen: list[tuple[npt.NDArray[np.int16], Ints]] = []
        for depth, codes in enumerate(self.levels):
            times = np.bincount(codes[known], minlength=int(codes.max()) + 1)
            last = depth == len(self.levels) - 1
            rows = np.flatnonzero(open_ & ((times[codes] >= MINIMUM) | last))
            open_[rows] = False
            if len(rows):
                chosen.append((codes, rows))
        return chosen


def peers(sources: Sources, stays: Stays | None) -> Peers:
    """The peer groups of a gemeente. Inhabited = at least one resident on the as-of date; without a BRP every home."""
    kind = kinds(sources)
    area = _classes(sources.adressen["oppervlakte"], AREAS)
    period = _classes(sources.adressen["bouwjaar"], PERIODS)
    form = kind * 8 + area
    wide = np.array([0, 0, 0, 1, 1, 2, 3, 4, 5], dtype=np.int16)[kind]
    home = sources.adressen["gescoord"].to_numpy(dtype=bool)
    inhabited = home if stays is None else home & (stays.registered_on(stays.today) > 0)
    return Peers(levels=(form * 8 + period, form, kind, wide, np.zeros_like(kind)), reference=inhabited, kind=kind)


def _classes(values: pd.Series, edges: tuple[float, ...]) -> npt.NDArray[np.int16]:
    """0 below the first edge, 1 from it, …; 7 where unknown."""
    known = values.to_numpy()
    return np.where(np.isnan(known), 7, np.digitize(known, edges)).astype(np.int16)


def kinds(sources: Sources) -> npt.NDArray[np.int16]:
    """The dwelling kind per address: DETACHED … OTHER."""
    adressen = sources.adressen
    use = adressen["gebruiksdoel"].astype("str").fillna("")
    living = use.str.contains("woonfunctie", regex=False).to_numpy(dtype=bool)
    lodging = use.str.contains("logies", regex=False).to_numpy(dtype=bool)
    together = dwellings_in_pand(adressen)
    near = _next_door(adressen, together)
    house = np.select([near == 0, near == 1], [DETACHED, END], TERRACED)
    kind = np.where(together >= 5, FLAT, np.where(together >= 2, FEW, house))
    kind = np.where(living, kind, np.where(lodging, HOLIDAY, OTHER))
    kind = _by_label(sources, kind)
    soort = adressen["soort"]
    kind = np.where((soort == "ligplaats").to_numpy(), BERTH, kind)
    return np.where((soort == "standplaats").to_numpy(), PITCH, kind).astype(np.int16)


def dwellings_in_pand(adressen: pd.DataFrame) -> Ints:
    """Scored addresses in the same pand, itself included; 1 where the pand is unknown."""
    pand = adressen["pand"].to_numpy()
    counted = adressen["gescoord"].to_numpy(dtype=bool) & (pand >= 0)
    times = np.bincount(pand[counted], minlength=int(pand.max(initial=0)) + 1)
    return np.where(pand >= 0, times[pand], 1)


def _next_door(adressen: pd.DataFrame, together: Ints) -> Ints:
    """Dwellings alone in their pand within ten metres: 0 detached, 1 end of a row or semi-detached, 2 in a row."""
    alone = adressen["gescoord"].to_numpy(dtype=bool) & (together == 1)
    places = adressen[["x", "y"]].to_numpy()
    alone &= ~np.isnan(places).any(axis=1)
    result = np.zeros(len(adressen), dtype=np.int64)
    if alone.any():
        tree = cKDTree(places[alone])
        result[alone] = tree.query_ball_point(places[alone], NEXT_DOOR, return_length=True) - 1
    return np.minimum(result, 2)


def _by_label(sources: Sources, kind: Ints) -> Ints:
    """The kind that the latest energy label gives (homes only), else `kind`."""
    labels = sources.energielabels
    if labels is None or not len(labels) or not _labels_serve_all(sources):
        return kind
    types = labels["gebouwtype"].astype("category")
    names = types.cat.categories.astype("str").str.lower()
    code = np.full(len(names) + 1, -1)
    for at, name in enumerate(names):
        code[at] = next((k for word, k in LABEL_KINDS if word in name), -1)
    labels = labels.assign(soort=code[types.cat.codes.to_numpy()])
    labels = labels[(labels["soort"] >= 0) & (labels["adres"] >= 0)].sort_values(["bekend", "soort"])
    latest = np.full(len(kind), -1)
    latest[labels["adres"].to_numpy()] = labels["soort"].to_numpy()
    return np.where((latest >= 0) & (kind < HOLIDAY), latest, kind)


def _labels_serve_all(sources: Sources) -> bool:
    """Whether labels may be used for every target that any source serves: peers stand behind features of both."""
    vastgoed = {doel for grant in sources.grants if grant.source == "vastgoed" for doel in grant.doelen}
    return vastgoed >= {doel for grant in sources.grants for doel in grant.doelen}
