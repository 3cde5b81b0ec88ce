"""The rules of practice: points by hand, and every rule and pair reads features that exist."""

from __future__ import annotations

import pandas as pd
import pytest

from features.columns import Doel
from features.register import FEATURES
from models.rankers.profiles import PAIRS, RULES, Profiles

NAN = float("nan")


def test_points_are_counted() -> None:
    X = pd.DataFrame(
        {
            "leeg_1_januari_met_gebruik": [2.0, 1.0, NAN],
            "maanden_zonder_inschrijving": [24.0, 3.0, 0.0],
            "leegstand_24": [0.0, 1.0, 2.0],
        }
    )
    # CBS 3 + vacancy 1; vacancy 1 + signal 1; signal 1. Nuisance is not in this frame: not met
    assert Profiles(Doel.SPOOKBEWONING).fit(X).score(X).tolist() == [4.0, 2.0, 1.0]
    assert Profiles(Doel.SPOOKBEWONING).hits(X).sum(axis=1).tolist() == [2, 2, 1]


def test_few_square_metres_per_person_give_a_point_and_an_unknown_area_does_not() -> None:
    X = pd.DataFrame({"m2_per_persoon": [12.0, 12.1, NAN], "retourpost_24": [1.0, 0.0, 0.0]})
    assert Profiles(Doel.SCHIJNBEWONING).score(X).tolist() == [3.0, 0.0, 0.0]


@pytest.mark.parametrize("doel", list(Doel))
def test_every_rule_and_pair_reads_features_of_the_register(doel: Doel) -> None:
    names = {feature.name for feature in FEATURES}
    assert {name for rule in RULES[doel] for name in rule.features} <= names
    assert {name for pair in PAIRS[doel] for name in pair} <= names


@pytest.mark.parametrize("doel", list(Doel))
def test_no_rule_goes_against_the_direction_the_register_declares(doel: Doel) -> None:
    directions = {feature.name: feature.direction(doel) for feature in FEATURES}
    for rule in RULES[doel]:
        for condition in rule.when:
            upward = condition.at_least is not None
            assert directions[condition.feature] != (-1 if upward else 1), (rule.name, condition.feature)


def test_a_rule_that_reads_what_is_not_admitted_is_not_met_and_says_so() -> None:
    X = pd.DataFrame({"volwassenen_zonder_gezinsband": [3.0], "retourpost_24": [1.0]})
    assert Profiles(Doel.SCHIJNBEWONING).score(X).tolist() == [2.0]
    assert Profiles(Doel.SCHIJNBEWONING, trial=True).score(X).tolist() == [3.0]
    assert Profiles(Doel.SCHIJNBEWONING).left_out() == (
        "De regel “samenwoners” telt niet mee: volwassenen_zonder_gezinsband is niet toegelaten.",
        "Het paar “volwassenen_zonder_gezinsband x m2_per_persoon” telt niet mee: volwassenen_zonder_gezinsband is "
        "niet toegelaten.",
    )
    assert Profiles(Doel.SCHIJNBEWONING, trial=True).left_out() == ()
    assert Profiles(Doel.SPOOKBEWONING).left_out() == ()
