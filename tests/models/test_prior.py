"""Borders, evidence tables, rules and weights: what is known before the first label."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.cuts import cut_points, refined, together
from models.monotone import breaches
from models.prior import evidence, start_weights
from models.rules import Rule, When
from models.tables import Term, bins, term_values

NAN = float("nan")


def test_few_values_each_get_a_cell() -> None:
    assert cut_points(np.array([0.0, 1, 1, 3, NAN])).tolist() == [0.5, 2.0]


def test_a_constant_or_absent_feature_has_no_borders() -> None:
    assert len(cut_points(np.array([2.0, 2.0, NAN]))) == 0
    assert len(cut_points(np.array([NAN, NAN]))) == 0


def test_the_commonest_value_gets_a_cell_of_its_own() -> None:
    values = np.concatenate([np.zeros(500), np.linspace(-1, -0.01, 100), np.linspace(0.013, 1, 400)])
    cells = bins(np.array([-0.01, 0.0, 0.013]), cut_points(values))
    assert len(set(cells)) == 3


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
@example([0.0, 5e-324])  # no float lies between them
@example([k * 5e-324 for k in range(40)])  # a step of rounding that is no float
def test_borders_ascend_and_separate_values_that_occur(values: list[float]) -> None:
    cuts = cut_points(np.array(values))
    assert (np.diff(cuts) > 0).all()
    assert all(min(values) < cut <= max(values) for cut in cuts)


def test_evidence_is_minus_log10_of_the_tail_share() -> None:
    # of 1000 addresses 900 have 0, 90 have 1, 10 have 2 (share at or beyond: 1, .1, .01)
    values = np.repeat([0.0, 1, 2], [900, 90, 10])
    term = evidence("a", values, np.array([0.5, 1.5]), 1)
    assert term.scores.tolist() == pytest.approx([0.0, 0.0, 1.0, 2.0, 0.0])
    # downward: share at or below: .9, .99, 1
    assert evidence("a", values, np.array([0.5, 1.5]), -1).scores[1] == pytest.approx(-np.log10(0.9))


@given(st.lists(st.one_of(st.floats(-9, 9), st.just(NAN)), min_size=1, max_size=60), st.sampled_from([-1, 1]))
def test_evidence_keeps_to_its_direction(values: list[float], direction: int) -> None:
    term = evidence("a", np.array(values), np.array([-2.0, 0.0, 3.0]), direction)
    assert breaches(term, {"a": direction}) == ()
    assert (term.scores >= 0).all()


def test_features_of_one_group_share_a_voice() -> None:
    terms = tuple(Term(features=(name,), cuts=(np.array([0.5]),), scores=np.zeros(4)) for name in "abc")
    assert start_weights(terms, {"a": "g", "b": "g", "c": "h"}).tolist() == pytest.approx([2**-0.5, 2**-0.5, 1.0])


def test_a_finer_table_says_the_same() -> None:
    term = Term(features=("a",), cuts=(np.array([1.0]),), scores=np.array([7.0, 1.0, 2.0, 5.0]))
    fine = refined(term, (together([0.5, 3.0], [1.0]),))
    X = pd.DataFrame({"a": [NAN, 0.0, 0.5, 0.99, 1.0, 2.0, 3.0, 9.0]})
    assert (term_values([fine], X) == term_values([term], X)).all()
    assert fine.scores.tolist() == [7.0, 1.0, 1.0, 2.0, 2.0, 5.0]


RULE = Rule(
    name="gebruik zonder inschrijving",
    source="test",
    points=2.0,
    when=(When(feature="personen", at_most=0.0), When(feature="kwh", at_least=1000.0)),
)


def test_a_rule_is_met_when_all_its_conditions_are_and_never_by_an_unknown_value() -> None:
    X = pd.DataFrame({"personen": [0.0, 0.0, 1.0, NAN], "kwh": [1000.0, 999.9, 2000.0, 2000.0]})
    assert RULE.hits(X).tolist() == [True, False, False, False]
    assert RULE.hits(X[["kwh"]]).tolist() == [False] * 4
    assert term_values([RULE.term()], X)[:, 0].tolist() == [2.0, 0.0, 0.0, 0.0]


@given(st.lists(st.tuples(st.floats(allow_nan=True), st.floats(allow_nan=True)), min_size=1, max_size=20))
def test_the_table_of_a_rule_gives_its_points_where_it_hits(rows: list[tuple[float, float]]) -> None:
    X = pd.DataFrame(rows, columns=["personen", "kwh"])
    assert (term_values([RULE.term()], X)[:, 0] == RULE.hits(X) * 2.0).all()
