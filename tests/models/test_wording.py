"""Sentences: Dutch numbers, names for values, pairs, unknown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.wording import Wording, dutch_number, rounded, shown
from tests.models.made_up import KWH, PARK, PEOPLE, SHARE

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (12345.678, 2, "12.345,68"),
        (1234567.0, 0, "1.234.567"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # half away from zero, not to even
        (-0.2, 0, "0"),  # never -0
        (-1234.5, 1, "-1.234,5"),
        (0.285, 2, "0,29"),
        (999.999, 1, "1.000,0"),
    ],
)
def test_numbers_are_written_the_dutch_way(value: float, decimals: int, text: str) -> None:
    assert dutch_number(float(rounded(np.array([value]), decimals)[0]), decimals) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_rounding_moves_a_value_by_half_a_step_at_most(value: float, decimals: int) -> None:
    assert abs(rounded(np.array([value]), decimals)[0] - value) <= 0.5 * 10.0**-decimals + 1e-6


def test_a_value_is_shown_by_its_name_or_with_its_unit() -> None:
    assert [shown(PARK, 1.0), shown(PARK, 0.0), shown(PARK, NAN)] == ["ja", "nee", "onbekend"]
    assert [shown(KWH, 2400.0), shown(SHARE, 12.5)] == ["2.400 kWh", "12,5%"]


def test_a_sentence_speaks_for_or_against() -> None:
    wording = Wording((KWH,))
    assert wording.sentence(True, (2400.0,), (1800.0,)) == "verbruik: 2.400 kWh, meestal 1.800 kWh; dat wijst erop."
    assert wording.sentence(False, (NAN,), (1800.0,)) == "verbruik: onbekend, meestal 1.800 kWh; dat wijst er niet op."


def test_a_pair_is_named_as_a_pair() -> None:
    assert Wording((KWH, PARK)).sentence(True, (2400.0, 1.0), (NAN, NAN)) == (
        "De combinatie van verbruik (2.400 kWh) en WOZ-park (ja) wijst meer op dit risico."
    )


def test_a_neutral_sentence_draws_no_conclusion() -> None:
    assert Wording((KWH,), neutral=True).sentence(True, (2400.0,), (1800.0,)) == (
        "Verbruik: 2.400 kWh; bij vergelijkbare adressen meestal 1.800 kWh."
    )


def test_a_term_rests_on_persons_when_one_of_its_features_does() -> None:
    assert [Wording((KWH,)).persons, Wording((KWH, PEOPLE)).persons] == [False, True]


def test_one_is_singular() -> None:
    months = replace(KWH, unit="maanden")
    assert [shown(months, 1.0), shown(months, 2.0), shown(months, 0.0)] == ["1 maand", "2 maanden", "0 maanden"]
