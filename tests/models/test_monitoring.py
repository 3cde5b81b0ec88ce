"""Outcomes by hand: the rates, the promise, and every clause of the stop rule on both sides of its border."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.agreement import Judgements, agreement
from models.drift import Drift, Drifted, Level
from models.figures import Gate
from models.monitoring import Report, Watched, metrics, report
from models.since import Outcomes, calibrated, share
from models.stop_rule import StopRule


def outcomes(*groups: tuple[str, str, float, int, int], start: str = "2026-05-01") -> Outcomes:
    """Each group: (band, aanleiding, kans, n, found)."""
    return Outcomes(
        y=np.concatenate([np.repeat([1.0, 0.0], [found, n - found]) for *_, n, found in groups]),
        kans=np.concatenate([np.full(n, kans) for _, _, kans, n, _ in groups]),
        band=np.concatenate([np.full(n, band, dtype=object) for band, _, _, n, _ in groups]),
        aanleiding=np.concatenate([np.full(n, why, dtype=object) for _, why, _, n, _ in groups]),
        start=np.full(sum(group[3] for group in groups), np.datetime64(start)),
        finished=np.full(sum(group[3] for group in groups), np.datetime64(start)),
    )


def drifted(red: int) -> Drift:
    one = Drifted(
        name="a",
        psi=0.5,
        p=0.0,
        missing=0.0,
        new=0.0,
        vanished=0.0,
        level=Level.ROOD,
        why="x",
        cuts=(),
        then=(),
        now=(),
    )
    return Drift(then=100, now=100, since="2026-01-31", features=(one,) * red, score=replace(one, level=Level.GEEL))


def told(found: Outcomes, rule: StopRule = StopRule(), **more: Any) -> Report:  # noqa: B008 - frozen
    watched = Watched(doel="spookbewoning", model="boosted 3", outcomes=found, drift=more.pop("drift", None))
    return report([watched], rule, run_id="run-1", as_of="2026-10-01", **more)


def test_found_against_promised_by_band() -> None:
    found = outcomes(("A", "risico", 0.5, 20, 9), ("A", "melding", 0.9, 30, 30), ("C", "steekproef", 0.1, 10, 2))
    target = told(found).targets[0]
    a, b, c = target.bands[:3]
    assert (a.n, a.found, a.rate.value, a.promised) == (20, 9, 0.45, 0.5)  # what was rung in is left out
    assert (b.n, b.rate.low, b.rate.high) == (0, 0.0, 1.0)
    assert (c.n, c.promised) == (10, pytest.approx(0.1))
    assert (target.random.n, target.random.found) == (10, 2)
    assert [(row.name, row.n, row.found) for row in target.by_reason] == [
        ("melding", 30, 30), ("risico", 20, 9), ("steekproef", 10, 2),
    ]  # fmt: skip
    assert dict(metrics(told(found)))["spookbewoning_band_A_raak"] == 0.45


@pytest.mark.parametrize(("found", "n"), [(0, 12), (3, 12), (12, 12), (1, 400)])
def test_the_interval_of_a_share_holds_what_it_says(found: int, n: int) -> None:
    """By its definition: at a bound, what was found or more extreme has a chance of 5%."""
    from scipy.stats import binom

    interval = share(found, n)
    assert interval.value == found / n
    if found:
        assert binom.sf(found - 1, n, interval.low) == pytest.approx(0.05)
    if found < n:
        assert binom.cdf(found, n, interval.high) == pytest.approx(0.05)


def test_a_model_that_keeps_its_promise_goes_on() -> None:
    found = told(outcomes(("A", "risico", 0.5, 40, 18), ("E", "steekproef", 0.02, 60, 1)), drift=drifted(3))
    assert (found.stop, found.reasons) == (False, ())


def test_a_bad_month_by_chance_is_no_reason() -> None:
    # 2 of 12: upper bound 44%, above half of the promised 50%
    assert not told(outcomes(("A", "risico", 0.5, 12, 2))).stop
    assert not told(outcomes(("A", "risico", 0.5, 9, 0))).stop  # too few to judge


def test_band_a_far_under_its_promise_stops() -> None:
    # 1 of 30: upper bound 15%, under half of the promised 40%
    found = told(outcomes(("A", "risico", 0.4, 30, 1)))
    assert found.stop
    assert "band A was 3% raak" in found.reasons[0]
    assert "beloofd was 40%" in found.reasons[0]


def test_band_a_under_the_random_stream_stops() -> None:
    # promised little, so the promise is kept; but lots find more
    found = outcomes(("A", "risico", 0.05, 60, 2), ("E", "steekproef", 0.05, 20, 5))
    assert ["steekproef" in reason for reason in told(found).reasons] == [True]
    assert not told(found, StopRule(boven_steekproef=False)).stop
    by_chance = outcomes(("A", "risico", 0.05, 20, 1), ("E", "steekproef", 0.05, 20, 3))  # 5%, but perhaps 21%
    assert not told(by_chance).stop


def test_calibration_off_beyond_noise_stops() -> None:
    # expected 20 of 200 (sd 4.2): 45 is 5.9 sd and more than twice; 30 is 2.4 sd; 2.3 times of little is noise
    assert calibrated(outcomes(("D", "verkenning", 0.1, 200, 45))).z == pytest.approx(25 / np.sqrt(18))  # type: ignore[union-attr]
    assert "klopt niet meer" in told(outcomes(("D", "verkenning", 0.1, 200, 45))).reasons[0]
    assert not told(outcomes(("D", "verkenning", 0.1, 200, 30))).stop
    assert not told(outcomes(("D", "verkenning", 0.02, 60, 3))).stop
    # far beyond noise, but less than twice
    assert not told(outcomes(("D", "verkenning", 0.4, 2000, 1000))).stop


def test_too_many_red_features_stop() -> None:
    quiet = outcomes(("A", "risico", 0.5, 1, 1))
    assert not told(quiet, drift=drifted(10)).stop
    assert "11 kenmerken" in told(quiet, drift=drifted(11)).reasons[0]


def test_disparity_beyond_noise_stops() -> None:
    gates = (
        Gate(name="leeftijd", passed=True, found="1,1", expected="0,8–1,25"),
        Gate(name="woningtype", passed=False, found="1,9 (1,4–2,6)", expected="0,8–1,25"),
    )
    found = told(outcomes(("A", "risico", 0.5, 1, 1)), disparity=gates)
    assert len(found.reasons) == 1 and "Woningtype: 1,9 (1,4–2,6) (grens: 0,8–1,25)." in found.reasons[0]
    assert not told(outcomes(("A", "risico", 0.5, 1, 1)), StopRule(ongelijkheid=False), disparity=gates).stop


def test_outcomes_from_before_a_lift_do_not_stop_again() -> None:
    bad = outcomes(("A", "risico", 0.4, 30, 1), start="2026-05-01")
    assert told(bad, since="2026-05-01").stop
    assert not told(bad, since="2026-05-02T10:00:00+00:00").stop


def test_without_kans_there_is_no_promise_to_break() -> None:
    cold = told(outcomes(("A", "risico", np.nan, 30, 1)))
    assert (cold.stop, cold.targets[0].calibrated) == (False, None)
    assert "spookbewoning_band_A_beloofd" not in dict(metrics(cold))


def test_no_outcomes_at_all() -> None:
    nothing = outcomes(("A", "risico", 0.5, 1, 1)).take(np.array([False]))
    assert not told(nothing).stop


def test_agreement_counted_pair_by_pair() -> None:
    picked = np.array([True, True, False, False, False])
    kans = np.array([0.9, 0.2, 0.5, 0.2, 0.1])
    found = agreement(Judgements(picked=picked, kans=kans))
    assert found is not None
    pairs = [(a > b) + 0.5 * (a == b) for a in kans[picked] for b in kans[~picked]]
    assert found.ordered == pytest.approx(np.mean(pairs))
    assert found.same.value == 3 / 5  # the model picks 0.9 and 0.5: one of the desk's two, and leaves two of its three
    assert found.kappa == pytest.approx((0.6 - (0.16 + 0.36)) / (1 - 0.52))
    assert agreement(Judgements(picked=np.array([True]), kans=np.array([0.1]))) is None
