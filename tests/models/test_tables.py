"""Law 3: base + contributions = score, equal to a plain slow lookup."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.errors import Refusal
from models.tables import TableModel, Term, added, bins, probability


def _model() -> TableModel:
    # leeftijd: missing 9, below 10: 1, from 10: 2, unknown 0
    age = Term(features=("leeftijd",), cuts=(np.array([10.0]),), scores=np.array([9.0, 1.0, 2.0, 0.0]))
    # pair: rows = leeftijd (missing, <10, >=10, unknown), columns = huur (missing, <5, >=5, unknown)
    cells = np.arange(16.0).reshape(4, 4)
    pair = Term(features=("leeftijd", "huur"), cuts=(np.array([10.0]), np.array([5.0])), scores=cells)
    return TableModel(doel="spookbewoning", base=-3.0, terms=(age, pair))


def test_contributions_are_the_cells_read_by_hand() -> None:
    X = pd.DataFrame({"huur": [4.0, 5.0, np.nan], "leeftijd": [9.9, 10.0, np.nan]})
    # row 0: age < 10 -> 1; pair [1, 1] = 5. row 1: on the border = upper cell -> 2; [2, 2] = 10. row 2: missing -> 9; 0
    assert _model().contributions(X).tolist() == [[1.0, 5.0], [2.0, 10.0], [9.0, 0.0]]
    assert _model().score(X).tolist() == [3.0, 9.0, 6.0]


def _slow_bin(value: float, cuts: list[float]) -> int:
    return 0 if np.isnan(value) else 1 + sum(value >= cut for cut in cuts)


@given(
    st.lists(st.floats(-5, 5), unique=True, max_size=6).map(sorted),
    st.lists(st.one_of(st.floats(), st.just(float("nan"))), min_size=1, max_size=20),
)
def test_bins_equal_the_plain_count_of_borders_passed(cuts: list[float], values: list[float]) -> None:
    values = values + cuts  # borders themselves too
    found = bins(np.array(values), np.array(cuts))
    assert found.tolist() == [_slow_bin(value, cuts) for value in values]


def test_an_absent_column_is_refused() -> None:
    with pytest.raises(Refusal, match="no column huur"):
        _model().score(pd.DataFrame({"leeftijd": [1.0]}))


def test_a_term_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(Refusal, match=r"shape \(4,\)"):
        Term(features=("a",), cuts=(np.array([1.0]),), scores=np.zeros(3))


def test_scaling_is_the_affine_calibration_of_the_score() -> None:
    X = pd.DataFrame({"huur": [4.0, 7.0], "leeftijd": [3.0, 30.0]})
    # 3 and 2 + 10 - 3 = 9, times 0.5 plus 1
    assert _model().scaled(0.5, 1.0).score(X).tolist() == [2.5, 5.5]


def test_adding_terms_of_the_same_feature_gives_one_table() -> None:
    age = _model().terms[0]
    assert added((age,), (age,))[0].scores.tolist() == [18.0, 2.0, 4.0, 0.0]


def test_terms_with_other_borders_are_not_added() -> None:
    age = _model().terms[0]
    other = Term(features=("leeftijd",), cuts=(np.array([11.0]),), scores=age.scores)
    with pytest.raises(ValueError, match="different cuts"):
        added((age,), (other,))


def test_probability_is_symmetric_and_survives_extremes() -> None:
    assert probability(np.array([0.0])).tolist() == [0.5]
    assert probability(np.array([-1000.0, 1000.0])).tolist() == [0.0, 1.0]
    assert probability(np.array([2.0]))[0] == pytest.approx(1 - probability(np.array([-2.0]))[0])
