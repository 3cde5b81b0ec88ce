from __future__ import annotations

from datetime import datetime
from math import nan

import numpy as np
import pytest

from features.columns import Doel
from service.planning.chance import chances
from service.planning.doors import Visiting
from service.planning.worth import PRIOR, answered, chance_of, is_guess, worth
from tests.service.planning.doors import door

TEN = datetime(2026, 11, 24, 10)
ONE = Visiting(waarde={Doel.SPOOKBEWONING: 1.0}, van_buiten={Doel.SPOOKBEWONING: 0.2})


def test_worth_is_chance_times_worth_times_answer_minus_what_is_known() -> None:
    visiting = Visiting(waarde={Doel.SPOOKBEWONING: 2.0}, van_buiten={Doel.SPOOKBEWONING: 0.2})
    met = chances()[1, 10]
    assert np.isclose(
        worth([door(1, kans=0.3, bekend=0.5)], visiting)[1, 10], 0.3 * 2.0 * 0.5 * (met + (1 - met) * 0.2)
    )


def test_both_targets_of_a_door_count() -> None:
    both = [door(1, kans=0.3), door(1, kans=0.1, doel=Doel.SCHIJNBEWONING)]
    assert np.allclose(worth(both, Visiting()), sum(worth([one], Visiting()) for one in both))


def test_what_an_attempt_did_not_show_is_seen_less_easily_again() -> None:
    tried = door(1, pogingen=(TEN,))
    met = chances([TEN])[1, 10]
    assert np.isclose(answered(tried, ONE)[1, 10], met + (1 - met) * 0.1)


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
    assert np.flatnonzero(answered(never, Visiting())[0]).tolist() == list(range(7, 22))
    assert not answered(tried, Visiting())[5:].any()  # no weekend where the gemeente does not want it
    assert np.flatnonzero(answered(never, wide)[0]).tolist() == list(range(7, 18))
    assert np.flatnonzero(answered(tried, wide)[0]).tolist() == list(range(7, 22))
    assert not answered(never, wide)[5].any()
    assert answered(tried, wide)[5, 7:22].all() and not answered(tried, wide)[6].any()


@pytest.mark.parametrize(
    "wrong",
    [{"begin": 6}, {"einde": 23}, {"begin": 12, "einde": 12}, {"minuten_eerste": 0.0}, {"minuten_verder": -1.0},
     {"waarde": {Doel.SPOOKBEWONING: nan}}, {"van_buiten": {Doel.SPOOKBEWONING: 1.1}}],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Visiting(**wrong)  # type: ignore[arg-type]
