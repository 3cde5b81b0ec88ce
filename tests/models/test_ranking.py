"""Law 4: a permutation, ties by a keyed hash, same inputs and key the same bytes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ranking import bands, ranks, score_rows
from models.scores import SCORES


def _ids(n: int) -> pd.Series:
    return pd.Series([f"0175010000{i:06d}" for i in range(n)], dtype="str")


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.binary(min_size=1, max_size=40), st.randoms())
def test_a_ranking_is_a_permutation_that_follows_the_score_and_not_the_register(
    scores: list[int], key: bytes, random
) -> None:  # type: ignore[no-untyped-def]
    score, ids = np.array(scores, dtype=float), _ids(len(scores))
    rank = ranks(score, ids, key)
    assert sorted(rank) == list(range(1, len(scores) + 1))
    assert (np.diff(score[np.argsort(rank)]) <= 0).all()
    order = np.array(random.sample(range(len(scores)), len(scores)))
    shuffled = ranks(score[order], ids.iloc[order].reset_index(drop=True), key)
    assert (shuffled == rank[order]).all()


def test_ties_do_not_follow_the_register_and_another_key_gives_another_order() -> None:
    score, ids = np.zeros(50), _ids(50)
    one, other = ranks(score, ids, b"one"), ranks(score, ids, b"other")
    assert (one == ranks(score, ids, b"one")).all()
    assert (one != other).any()
    assert abs(np.corrcoef(one, np.arange(50))[0, 1]) < 0.5


def test_a_score_that_is_not_a_number_cannot_be_ranked() -> None:
    with pytest.raises(ValueError, match="NaN"):
        ranks(np.array([1.0, np.nan]), _ids(2), b"k")


def test_bands_of_a_thousand() -> None:
    found = pd.Series(bands(np.arange(1, 1001, dtype=np.int32))).value_counts().to_dict()
    # 0.3%, 1%, 3%, 10% of 1000, cumulative: 3, 10, 30, 100
    assert found == {"A": 3, "B": 7, "C": 20, "D": 70, "E": 900}


def test_even_a_tiny_list_has_a_band_a() -> None:
    assert list(bands(np.array([1, 2], dtype=np.int32))) == ["A", "E"]


def test_score_rows_are_as_declared_and_both_targets_break_ties_apart() -> None:
    def rows(doel: str) -> pd.DataFrame:
        return score_rows(
            run_id="r",
            doel=doel,
            gemeente="0175",
            identificatie=_ids(30),
            score=np.zeros(30),
            kans=np.full(30, 0.5),
            afwijking=np.zeros(30),
            key=b"k",
        )

    frame = rows("spookbewoning")
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(SCORES.columns)
    assert (frame["rang"] != rows("schijnbewoning")["rang"]).any()
