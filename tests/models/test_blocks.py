"""The map in blocks: equally many addresses, neighbours together, one place in one block."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.blocks import grouped, map_blocks, of_addresses


def test_eight_blocks_of_equally_many() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 9000, 800), rng.uniform(0, 2000, 800)
    found = map_blocks(x, y)
    assert np.bincount(found).tolist() == [100] * 8
    # the town is long: the first halving is along x, so the first four blocks lie west of the last four
    assert x[found < 4].max() <= x[found >= 4].min()


def test_one_place_lies_in_one_block_and_what_has_no_place_in_none() -> None:
    x = np.array([0.0] * 6 + [10.0, 20.0, np.nan])
    found = map_blocks(x, np.zeros(9))
    assert len(set(found[:6])) == 1
    assert found[8] == -1
    assert (map_blocks(np.full(5, 1.0), np.full(5, 2.0)) >= 0).all()


def test_blocks_of_two_gemeenten_never_meet() -> None:
    adressen = pd.DataFrame({"x": np.arange(16.0), "y": 0.0})
    one, other = of_addresses(adressen, "0175"), of_addresses(adressen, "0344")
    assert len(set(one)) == 8 and not set(one) & set(other)


def test_groups_join_neighbours() -> None:
    assert grouped(np.array([1400, 1401, 1402, 1403, 1407, -1]), 2).tolist() == [0, 0, 0, 1, 1, -1]
    assert grouped(np.array([-1, -1])).tolist() == [-1, -1]
