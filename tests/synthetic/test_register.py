"""What becomes of declarations that are late."""

import numpy as np
import pandas as pd

from synthetic import register


def test_a_declaration_overtaken_by_the_next_never_came_to_be() -> None:
    # Person 0 moved on day 10 and said so on day 50; by then she had moved and said so on day 30.
    rows = pd.DataFrame({"person": [0, 0, 0, 1], "van": [0, 50, 30, 5], "address": [1, 2, 3, 4]})
    assert register.in_time(rows)["address"].tolist() == [1, 3, 4]


def test_ends_are_known_when_the_next_row_was_recorded() -> None:
    rows = pd.DataFrame({"person": [0, 0, 1], "van": [0, 30, 5], "bekend": [2, 40, 6], "address": [1, 2, 3]})
    found = register.ordered(rows, 100)
    assert found["tot"].tolist() == [30, 2**31 - 1, 2**31 - 1]
    assert found["einde_bekend"].tolist() == [40, 2**31 - 1, 2**31 - 1]


def test_what_is_recorded_after_the_peildatum_is_not_there() -> None:
    rows = pd.DataFrame({"person": [0, 0], "van": [0, 30], "bekend": [2, 40], "address": [1, 2]})
    assert register.ordered(rows, 40)["address"].tolist() == [1]


def test_most_declarations_are_in_time_and_recorded_within_five_days() -> None:
    late, lag = register.lateness(20_000, np.random.default_rng(1))
    assert 0.78 < (late == 0).mean() < 0.86
    assert 0.90 < (lag <= 5).mean() < 0.97
    assert (late > 60).mean() > 0.005


def test_misplaced_until_the_mistake_is_seen() -> None:
    rows = pd.DataFrame({"address": [4, 4, 6], "van": [10, 90, 10]})
    wrong = pd.DataFrame({"address": [4], "entered": [5], "tot": [50]})
    found = register.misplace(rows, wrong)
    assert found["address"].tolist() == [5, 4, 6]
    assert found["misplaced"].tolist() == [4, -1, -1]
