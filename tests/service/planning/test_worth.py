from __future__ import annotations

from datetime import datetime
from math import nan

import numpy as np
import pytest

from features.columns import Doel
from service.planning.chance import IF_SO, PROFILES
from service.planning.chance import PRIOR as PRIOR_KINDS
from service.planning.doors import Visiting
from service.planning.worth import PRIOR, answered, chance_of, is_guess, usual, worth
from tests.service.planning.doors import door

TEN = datetime(2026, 11, 24, 10)
ONE = Visiting(waarde={Doel.SPOOKBEWONING: 1.0}, van_buiten={Doel.SPOOKBEWONING: 0.2})
SPOOK = IF_SO[Doel.SPOOKBEWONING]
P = PROFILES[:, 0, 1]  # per kind of household, a working morning from nine to twelve


def test_worth_is_chance_times_worth_times_answer_minus_what_is_known() -> None:
    visiting = Visiting(waarde={Doel.SPOOKBEWONING: 2.0}, van_buiten={Doel.SPOOKBEWONING: 0.2})
    seen = np.array([0.04, 0.04, 0.04, 0.1, 0.2])  # a lived-in house hardly shows it, an empty one fully
    answer = SPOOK @ (P + (1 - P) * seen)
    assert np.isclose(worth([door(1, kans=0.3, bekend=0.5)], visiting)[1, 10], 0.3 * 2.0 * 0.5 * answer, rtol=1e-12)


def test_a_shut_door_by_hand() -> None:
    # Of every kind the door was shut with chance 1 - p, in the suspicious homes and in all. Next time in that part of
    # the day it opens with chance 2p / 3 (c = 2, one attempt), and from outside half of what could be seen is left.
    so, answer = answered(door(1, kans=0.3, pogingen=(TEN,)), ONE)
    odds = 0.3 / 0.7 * (SPOOK @ (1 - P)) / (PRIOR_KINDS @ (1 - P))
    assert np.isclose(so, odds / (1 + odds), rtol=1e-12)
    weight = SPOOK * (1 - P) / (SPOOK @ (1 - P))
    seen = np.array([0.02, 0.02, 0.02, 0.05, 0.1])
    assert np.isclose(answer[1, 10], weight @ (P * 2 / 3 + (1 - P * 2 / 3) * seen), rtol=1e-12)


def test_both_targets_of_a_door_count() -> None:
    both = [door(1, kans=0.3), door(1, kans=0.1, doel=Doel.SCHIJNBEWONING)]
    assert np.allclose(worth(both, Visiting()), sum(worth([one], Visiting()) for one in both))


@pytest.mark.parametrize("kans", [0.0, 0.3, 1.0])
def test_worth_falls_with_every_attempt(kans: float) -> None:
    values = [worth([door(1, kans=kans, pogingen=(TEN,) * n)], ONE)[1, 10] for n in range(4)]
    assert values == sorted(values, reverse=True)


def test_in_a_cold_start_the_band_speaks() -> None:
    cold = [door(1, kans=nan, band=band) for band in "ABCDE"]
    assert all(map(is_guess, cold))
    assert [chance_of(one) for one in cold] == sorted((PRIOR[band] for band in "ABCDE"), reverse=True)
    assert chance_of(door(1, kans=nan, band="")) == PRIOR[""]
    assert not is_guess(door(1, kans=0.0))


def test_when_a_door_may_be_called_at() -> None:
    never, tried = door(1), door(1, pogingen=(TEN,))
    wide = Visiting(zaterdag=True, avond=18)
    assert np.flatnonzero(worth([never], Visiting())[0]).tolist() == list(range(7, 22))
    assert not worth([tried], Visiting())[5:].any()  # no weekend where the gemeente does not want it
    assert np.flatnonzero(worth([never], wide)[0]).tolist() == list(range(7, 18))
    assert np.flatnonzero(worth([tried], wide)[0]).tolist() == list(range(7, 22))
    assert not worth([never], wide)[5].any()
    assert worth([tried], wide)[5, 7:22].all() and not worth([tried], wide)[6].any()


def test_what_is_usual_looks_away_from_attempts_and_from_what_is_allowed() -> None:
    fresh = worth([door(1)], Visiting())
    assert np.allclose(usual([door(1, pogingen=(TEN,))], Visiting())[:5, 7:22], fresh[:5, 7:22])
    assert usual([door(1)], Visiting(avond=18))[5, 7:22].all()


@pytest.mark.parametrize(
    "wrong",
    [{"begin": 6}, {"einde": 23}, {"begin": 12, "einde": 12}, {"minuten_eerste": 0.0}, {"minuten_verder": -1.0},
     {"waarde": {Doel.SPOOKBEWONING: nan}}, {"van_buiten": {Doel.SPOOKBEWONING: 1.1}}],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Visiting(**wrong)  # type: ignore[arg-type]
