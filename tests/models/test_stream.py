"""The random stream's estimate against plain slow versions."""

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import binomtest, hypergeom

from models.stream import METHODS, Stratum, clopper_pearson, coverage, estimate, truth


def test_the_pooled_share_is_unbiased_whatever_months_differ_in():
    """All draws of two small months, written out."""
    first, second = [1, 0, 0, 0, 1], [0, 0, 1]
    strata = [Stratum(free=5, found=2, drawn=2), Stratum(free=3, found=1, drawn=2)]
    shares = [(sum(a) + sum(b)) / 4 for a in combinations(first, 2) for b in combinations(second, 2)]
    assert np.mean(shares) == pytest.approx(truth(strata))
    assert truth(strata) == pytest.approx((2 * 2 / 5 + 2 * 1 / 3) / 4)


@pytest.mark.parametrize(("found", "drawn"), [(0, 48), (1, 48), (5, 48), (48, 48), (8, 480)])
def test_clopper_pearson_is_the_exact_interval(found, drawn):
    expected = binomtest(found, drawn).proportion_ci(confidence_level=0.90, method="exact")
    said = estimate(found, drawn)
    assert (said.low, said.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("method", ["wilson", "jeffreys"])
def test_the_other_intervals_hold_the_share_and_are_narrower(method):
    found = np.arange(49)
    low, high = METHODS[method](found, 48)
    wide = clopper_pearson(found, 48)
    assert (low <= found / 48).all() and (found / 48 <= high).all()
    assert (high - low).mean() < (wide[1] - wide[0]).mean()
    if method == "wilson":
        expected = binomtest(7, 48).proportion_ci(confidence_level=0.90, method="wilson")
        assert (low[7], high[7]) == pytest.approx((expected.low, expected.high))


def test_coverage_by_drawing_again_is_that_of_the_exact_sum():
    strata = [Stratum(free=200, found=9, drawn=12), Stratum(free=150, found=4, drawn=12)]
    again = coverage(strata, "jeffreys", draws=40_000)
    chances = np.convolve(*(hypergeom.pmf(np.arange(13), s.free, s.found, s.drawn) for s in strata))
    low, high = METHODS["jeffreys"](np.arange(25), 24)
    held = (low <= truth(strata)) & (truth(strata) <= high)
    assert again.share == pytest.approx(chances[held].sum(), abs=0.01)
    assert again.bias == pytest.approx(0, abs=0.002)
    assert again.width == pytest.approx((chances * (high - low)).sum(), abs=0.005)


@pytest.mark.parametrize("found", [30, 80, 500, 3000])
def test_the_stated_rate_holds_for_rare_and_common(found):
    months = [Stratum(free=17_000 + 50 * m, found=found + 3 * m, drawn=2) for m in range(24)]
    assert coverage(months, "clopper-pearson", draws=5000).share >= 0.90 - 0.01


def test_a_month_without_a_draw_does_not_count_and_no_draw_says_nothing():
    drawn = Stratum(free=100, found=10, drawn=5)
    assert truth([drawn, Stratum(free=100, found=90, drawn=0)]) == pytest.approx(0.1)
    none = estimate(0, 0)
    assert np.isnan(none.value) and (none.low, none.high) == (0, 1)
