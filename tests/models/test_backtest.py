"""The back-test: who learned from what, figures that belong together, champions not asked what they learned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from features.columns import Doel
from models import figures
from models.backtest import backtest, trials
from models.contenders import Tried, fair, readable, run_trial
from models.examples import Examples
from models.rankers.boosted import Recipe
from models.ranking import AHEAD
from models.splits import SPACE, TIME, Trial
from models.tables import TableModel, Term, probability
from tests.models.example_rows import rows as example_rows
from tests.models.made_up import feature

pytestmark = pytest.mark.usefixtures("one_thread")
AS_OF = date(2026, 10, 1)
FEATURES = tuple(feature(name) for name in ("verbruik", "ouderdom", "ruis"))
QUICK = Recipe(boost=False, folds=2)
NAMES = [one.name for one in FEATURES]


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """As fit_targets runs them: threads that wait for each other spin."""
    with threadpool_limits(limits=1):
        yield


@cache
def world() -> Examples:
    """600 labels over three years in four blocks, a tenth drawn at random, and 600 quiet rows."""
    rng = np.random.default_rng(4)
    X = pd.DataFrame(rng.normal(size=(1200, 3)), columns=NAMES)
    labelled = np.arange(1200) < 600
    X.loc[labelled, "verbruik"] += 1.0
    y = (rng.random(1200) < 1 / (1 + np.exp(-(2 * X["verbruik"].to_numpy() - 3)))).astype(float)
    start = np.datetime64("2023-10-01") + rng.integers(0, 1080, 1200).astype("timedelta64[D]")
    drawn = labelled & (np.arange(1200) % 10 == 0)
    return example_rows(
        X,
        np.where(labelled, y, 0.0),
        labelled=labelled,
        start=start.astype("datetime64[s]"),
        afgerond=(start + np.timedelta64(20, "D")).astype("datetime64[s]"),
        steekproef=drawn,
        selectiekans=np.where(drawn, 0.01, np.nan),
        block=rng.integers(0, 4, 1200),
    )


def champion(trained: str, sign: float = 1.0, name: str = "verbruik") -> TableModel:
    term = Term(features=(name,), cuts=(np.array([0.0, 1.0, 2.0]),), scores=sign * np.array([0.0, 0, 1, 2, 3, 0]))
    return TableModel(doel="spookbewoning", base=0.0, terms=(term,), trained_as_of=trained)


@cache
def done(trained: str = "2026-01-01", sign: float = 1.0) -> tuple[Tried, ...]:
    return tuple(
        run_trial(
            Doel.SPOOKBEWONING,
            world(),
            trial,
            FEATURES,
            seed=0,
            recipe=QUICK,
            champion=champion(trained, sign),
        )
        for trial in trials(world(), AS_OF)
        if trial.kind == TIME or trial.name.startswith("deel 1 ")
    )


def test_three_folds_in_time_and_one_per_block() -> None:
    found = trials(world(), AS_OF)
    assert [one.kind for one in found] == [TIME] * 3 + [SPACE] * 4
    few = world().take(np.arange(1200) >= 590)  # hardly a label is left to learn from
    assert trials(few, AS_OF) == ()


def test_every_contender_is_measured_on_the_same_rows() -> None:
    found = backtest("spookbewoning", world(), done(), capacity=40).backtest
    names = [figures.MODEL, figures.PROFILES, figures.CHANCE, figures.ISOLATION]
    names += [figures.BEST_FEATURE, figures.BOOSTING, figures.LOGISTIC]
    for fold in found.folds:
        assert [one.contender for one in fold.measured if one.contender != figures.CHAMPION] == names
        assert len({(one.n, one.positives) for one in fold.measured}) == 1
    assert [one.contender for one in found.pooled] == names, "the champion was not in all folds"
    in_time = [fold.measured[0] for fold in found.folds if fold.kind == TIME]
    assert (found.pooled[0].n, found.pooled[0].positives) == (
        sum(one.n for one in in_time),
        sum(one.positives for one in in_time),
    )
    assert {at.name: at.k for at in found.pooled[0].at}["capaciteit"] == 120  # three half years of 40
    assert {at.name: at.k for at in in_time[0].at}["capaciteit"] == 40
    chance = found.of(figures.CHANCE)
    assert chance is not None
    assert chance.average_precision.value == pytest.approx(chance.positives / chance.n)
    model = found.of(figures.MODEL)
    assert model is not None and model.difference.low > 0, "the rules know none of these features"


def test_the_random_stream_is_measured_apart() -> None:
    found = backtest("spookbewoning", world(), done(), capacity=0).backtest
    past = [one for one in done() if one.trial.kind == TIME]
    rows = np.concatenate([one.rows for one in past])
    drawn = rows[world().steekproef[rows]]
    assert (found.random[0].n, found.random[0].positives) == (len(drawn), int(world().y[drawn].sum()))
    none = replace(world(), steekproef=np.zeros(1200, dtype=bool))
    assert backtest("spookbewoning", none, done(), capacity=0).backtest.random == ()


def test_a_champion_takes_part_only_after_its_training() -> None:
    """Trained on 1 January 2026, so only the half year from April on is fair; and never in space."""
    took_part = [one.score(figures.CHAMPION) is not None for one in done()]
    assert took_part == [False, False, True, False]
    late = Trial(kind=TIME, name="", train=np.ones(1), test=np.ones(1), known_until=AS_OF, begins=date(2026, 1, 1))
    assert not fair(champion("2026-01-01"), late)
    assert fair(champion("2025-12-31"), late)
    assert not fair(champion("2020-01-01"), replace(late, begins=None))


def test_a_worse_champion_and_a_better_one_are_told_apart() -> None:
    good, bad = (backtest("spookbewoning", world(), done("2025-01-01", sign), capacity=0) for sign in (1.0, -1.0))
    assert bad.versus.newest is not None and bad.versus.newest.low > 0.2
    assert good.versus.pooled is not None and good.versus.pooled.low < 0.1
    assert figures.CHAMPION in [one.contender for one in good.backtest.pooled]
    early = backtest("spookbewoning", world(), done("2026-09-01"), capacity=0).versus
    assert early.newest is None and early.pooled is None


def test_a_champion_of_other_features_is_not_asked() -> None:
    assert readable(champion("2026-01-01"), NAMES, "r1")
    assert readable(champion("2026-01-01", name="afwijking"), NAMES, "r1")
    assert not readable(champion("2026-01-01", name="vreemd"), NAMES, "r1")
    assert not readable(replace(champion("2026-01-01"), register="r0"), NAMES, "r1")


def test_probabilities_held_out_in_time_are_laid_beside_the_outcomes() -> None:
    results = backtest("spookbewoning", world(), done(), capacity=0)
    found = results.backtest.reliability
    assert found is not None
    assert sum(part.n for part in found.bins) == results.backtest.pooled[0].n
    assert found.chosen in dict(found.tried)
    assert found.ece.low < 0.12
    assert 0 < results.versus.chance_ece < 0.2


def test_what_rests_on_what_is_said() -> None:
    found = backtest("spookbewoning", world(), done(), capacity=40, champion="Over het model.", notes=("Twee dubbel.",))
    words = " ".join(found.backtest.statements)
    past = [one for one in done() if one.trial.kind == TIME]
    assert f"{sum(len(one.rows) for one in past)} onderzochte adressen in 3 tijdvakken" in words
    assert "40 onderzoeken per half jaar" in words
    assert words.endswith("Over het model. Twee dubbel.")
    assert "geen steekproef" in " ".join(backtest("spookbewoning", world(), (), capacity=0).backtest.statements)


def test_nothing_learned_depends_on_what_came_later() -> None:
    """Turn every outcome after the first fold's past around: its model says the same of its test rows."""
    first = trials(world(), AS_OF)[0]
    turned = replace(world(), y=np.where(first.train, world().y, 1 - world().y))
    one, other = (
        run_trial(Doel.SPOOKBEWONING, found, first, FEATURES, seed=0, recipe=QUICK) for found in (world(), turned)
    )
    for name, score in one.scores:
        np.testing.assert_array_equal(score, other.score(name))
    np.testing.assert_array_equal(one.kans, other.kans)


def test_the_model_is_measured_on_its_published_scale_and_its_border_lies_on_the_same() -> None:
    """Calibrated scores can be laid together over trials; the border of bands A-C is one of them."""
    first = trials(world(), AS_OF)[0]
    quiet = replace(first, test=first.train & ~world().labelled)  # the very population of the trial
    found = run_trial(Doel.SPOOKBEWONING, world(), quiet, FEATURES, seed=0, recipe=QUICK)
    score = found.score(figures.MODEL)
    assert score is not None
    assert (score > found.border).mean() == pytest.approx(AHEAD, abs=0.01)
    last = done()[2]
    drawn, score = world().steekproef[last.rows], last.score(figures.MODEL)
    assert score is not None
    np.testing.assert_allclose(probability(score[drawn]), last.kans[drawn])
    assert (last.kans >= probability(score) - 1e-12).all(), "picked: as likely or likelier"
