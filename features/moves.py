"""The carousel: groups of adults that move together from address to address, and whose addresses those are.

A joint move = persons who go from the same address to the same address, each within 31 days of the one before. It is a
group move when it holds at least three adults who may be nobody's child. Only moves within the gemeente can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.families import heads
from features.landing import Sources
from features.per_address import Bools, Floats, Ints, count, highest
from features.stays import MONTH, Stays

APART = 31  # days
FEWEST = 3  # adults
PERIOD = 36  # months


@dataclass(frozen=True, eq=False)
class Moves:
    """m moves of adults between two addresses, sorted; group: code of the joint move of each; g groups."""

    persoon: Ints
    origin: Ints
    goal: Ints
    day: Ints
    group: Ints
    geboortejaar: Floats


def group_moves(s: Stays, sources: Sources) -> dict[str, Floats]:
    """Columns of length n: number of group moves, people who keep moving together, moves under one owner."""
    m = _moves(s)
    size = int(m.group.max(initial=-1)) + 1
    adults = np.bincount(m.group[heads(m.group, m.geboortejaar)], minlength=size)
    first = np.searchsorted(m.group, np.arange(size))
    origin, goal = m.origin[first], m.goal[first]
    large = adults >= FEWEST
    both = np.concatenate([origin, goal])
    again = _moved_before(m, size)
    columns = {
        "groepsverhuizingen": count(both[np.tile(large, 2)], s.size),
        "samen_eerder_verhuisd": highest(both, np.tile(again, 2), s.size, empty=0.0),
    }
    if sources.eigendom is not None:
        owned = (large | (again >= FEWEST)) & one_owner(sources.eigendom, origin, goal, m.day[first])
        columns["groepsverhuizingen_zelfde_eigenaar"] = count(both[np.tile(owned, 2)], s.size)
    return columns


def _moves(s: Stays) -> Moves:
    """Joint moves of adults in the last 36 months."""
    order = np.lexsort((s.tot, s.van, s.persoon))
    before, after = order[:-1], order[1:]
    direct = np.abs(s.van[after] - s.tot[before]) <= APART
    recent = (s.van[after] > s.today - PERIOD * MONTH) & (s.van[after] <= s.today)
    same = s.persoon[before] == s.persoon[after]
    moved = same & direct & recent & (s.adres[before] != s.adres[after]) & s.adult()[after]
    before, after = before[moved], after[moved]
    origin, goal, day = s.adres[before], s.adres[after], s.van[after]
    order = np.lexsort((s.persoon[after], day, goal, origin))
    origin, goal, day, after = origin[order], goal[order], day[order], after[order]
    new = (origin[1:] != origin[:-1]) | (goal[1:] != goal[:-1]) | (day[1:] - day[:-1] > APART)
    group = np.append(False, new)[: len(origin)].cumsum()
    return Moves(s.persoon[after], origin, goal, day, group, s.geboortejaar[after])


def _moved_before(m: Moves, size: int) -> Floats:
    """Per joint move: how many of it had made, or went on to make, another move together (three or more); g."""
    order = np.lexsort((m.day, m.persoon))
    one, next_ = m.group[order][:-1], m.group[order][1:]
    same = m.persoon[order][:-1] == m.persoon[order][1:]
    pairs, times = np.unique((one[same].astype(np.int64) << 32) | next_[same], return_counts=True)
    together = np.where(times >= FEWEST, times, 0).astype(np.float64)
    result = highest(pairs >> 32, together, size, empty=0.0)
    return np.maximum(result, highest(pairs & 0xFFFFFFFF, together, size, empty=0.0))


def one_owner(eigendom: pd.DataFrame, origin: Ints, goal: Ints, day: Ints) -> Bools:
    """Per pair of addresses: whether on `day` somebody had a share in both (corporations, government out)."""
    private = ~eigendom["gerechtigde_type"].isin(("woningcorporatie", "overheid")).to_numpy()
    shares = eigendom[private & (eigendom["adres"] >= 0).to_numpy()][["adres", "gerechtigde", "van", "tot"]]
    moves = pd.DataFrame({"move": np.arange(len(origin)), "origin": origin, "goal": goal})
    moves["day"] = day.astype("datetime64[D]").astype("datetime64[s]")
    held = moves.merge(shares, left_on="origin", right_on="adres").merge(
        shares, left_on=["goal", "gerechtigde"], right_on=["adres", "gerechtigde"], suffixes=("", "_goal")
    )
    on = ~(held["van"] > held["day"]) & ~(held["tot"] <= held["day"])
    on &= ~(held["van_goal"] > held["day"]) & ~(held["tot_goal"] <= held["day"])
    result = np.zeros(len(origin), dtype=bool)
    result[held["move"].to_numpy()[on.to_numpy()]] = True
    return result
