"""`kans` is honest for the whole population although the labels are selected."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.calibration import (
    CANDIDATES,
    ISOTONIC,
    NATIONAL,
    PLATT,
    SELECTION,
    Line,
    calibrate,
    chosen,
    evidence,
    fitted,
    prevalence,
    tried,
)
from models.tables import Calibration, probability


def test_prevalence_without_a_random_stream_is_the_national_figure() -> None:
    share, error = prevalence("spookbewoning", 0, 0)
    assert share == pytest.approx(NATIONAL["spookbewoning"])
    # sd of Beta(1, 199)
    assert error == pytest.approx(np.sqrt(0.005 * 0.995 / 201))


def test_the_random_stream_moves_it_towards_what_was_found() -> None:
    # Beta(0.045 * 200 + 20, 0.955 * 200 + 180): mean 29 / 400
    assert prevalence("schijnbewoning", 200, 20)[0] == pytest.approx(29 / 400)


def _world(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A population whose true log-odds are 2 * raw - 3, of which the highest raw values were investigated."""
    rng = np.random.default_rng(seed)
    raw = rng.normal(-1.5, 1.0, size=20_000)
    y = (rng.random(20_000) < probability(2 * raw - 3)).astype(float)
    return raw, y, np.argsort(-raw)[:700]


def _calibrated(raw: np.ndarray, y: np.ndarray, rows: np.ndarray, drawn: np.ndarray, doel: str) -> Calibration:
    """On the rows, of which `drawn` (a mask of all addresses) are the random stream."""
    return calibrate(raw[rows], y[rows], raw, doel=doel, steekproef=drawn[rows])


def test_selected_labels_still_give_honest_probabilities_everywhere() -> None:
    raw, y, picked = _world(1)
    drawn = np.zeros(len(y), dtype=bool)
    drawn[np.random.default_rng(1).choice(len(y), 400, replace=False)] = True
    rows = np.union1d(picked, np.flatnonzero(drawn))
    found = _calibrated(raw, y, rows, drawn, "spookbewoning")
    kans = probability(found.intercept + found.slope * raw)
    # the top, where people look, and the whole town
    assert kans[picked].mean() == pytest.approx(y[picked].mean(), abs=0.05)
    assert kans.mean() == pytest.approx(y.mean(), rel=0.5)


def _known_to_somebody(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Raw scores, truth, investigated, drawn: the head is all looked at; of the rest, rather what somebody knew of."""
    rng = np.random.default_rng(seed)
    raw = rng.normal(-3.5, 1.5, size=20_000)
    y = (rng.random(20_000) < probability(raw)).astype(float)
    head = raw >= np.quantile(raw, 0.99)
    labelled = head | (rng.random(20_000) < np.where(y == 1, 0.12, 0.01))
    return raw, y, labelled, rng.random(20_000) < 0.02


def test_being_picked_for_what_somebody_knew_does_not_make_the_quiet_town_suspect() -> None:
    """The selection term against Platt's line alone, on the truth: nearer in the town, and no worse at its head."""
    for seed in range(3):
        raw, y, labelled, drawn = _known_to_somebody(seed)
        rows = np.flatnonzero(labelled | drawn)
        found = evidence(raw[rows], y[rows], raw, doel="schijnbewoning", steekproef=drawn[rows])
        with_term, without = fitted(found, SELECTION), fitted(found, PLATT)
        assert with_term.selection > 0.1
        town = {line: abs(line.kans(raw).mean() - y.mean()) for line in (with_term, without)}
        assert town[with_term] < 0.6 * town[without]
        assert town[with_term] < 0.3 * y.mean()
        head = raw >= np.quantile(raw, 0.99)
        assert with_term.kans(raw[head]).mean() == pytest.approx(y[head].mean(), abs=0.1)
        assert chosen(tried(found)) == SELECTION


def test_without_the_random_streams_word_a_picked_address_is_taken_for_any_other() -> None:
    """Where being picked tells nothing beyond the features, the term stays near 0."""
    raw, y, _ = _world(4)
    rng = np.random.default_rng(4)
    labelled, drawn = rng.random(len(y)) < np.where(raw > 0, 0.5, 0.02), rng.random(len(y)) < 0.03
    rows = np.flatnonzero(labelled | drawn)
    found = evidence(raw[rows], y[rows], raw, doel="spookbewoning", steekproef=drawn[rows])
    assert fitted(found, SELECTION).selection < 0.15


def test_a_line_by_hand() -> None:
    line = Line(intercept=1.0, slope=2.0, selection=0.5, anchor=0.0)
    raw = np.array([-2.0, 3.0])
    assert line.kans(raw).tolist() == pytest.approx(probability(np.array([-3.0, 7.0])).tolist())
    # a picked address below the anchor: half a unit more per unit; above it nothing more
    assert line.kans(raw, False).tolist() == pytest.approx(probability(np.array([-2.0, 7.0])).tolist())


def test_the_selectiekans_of_the_random_stream_weighs() -> None:
    """Positives come from a group drawn ten times as often as the rest: the share is that of all addresses."""
    y = np.concatenate([np.repeat([1.0, 0.0], [10, 90]), np.zeros(100)])
    raw = np.zeros(200)
    chance = np.repeat([0.1, 0.01], 100)
    given = {"doel": "spookbewoning", "steekproef": np.ones(200, dtype=bool)}
    weighed = calibrate(raw, y, raw, selectiekans=chance, **given)  # type: ignore[arg-type]
    assert weighed.prevalence < 0.5 * calibrate(raw, y, raw, **given).prevalence  # type: ignore[arg-type]


def test_isotonic_is_tried_and_never_chosen() -> None:
    rng = np.random.default_rng(6)
    raw = rng.normal(size=2000)
    y = (rng.random(2000) < np.where(raw > 0, 0.6, 0.05)).astype(float)  # a step: isotonic fits it best
    found = evidence(raw, y, raw, doel="schijnbewoning")
    losses = dict(tried(found))
    assert min(losses, key=lambda name: losses[name]) == ISOTONIC
    assert chosen(tuple(losses.items())) in CANDIDATES


def test_a_line_that_belies_the_prevalence_is_held_against_its_candidate() -> None:
    raw, y, labelled, drawn = _known_to_somebody(1)
    rows = np.flatnonzero(labelled | drawn)
    found = evidence(raw[rows], y[rows], raw, doel="schijnbewoning", steekproef=drawn[rows])
    line = fitted(found, PLATT)
    far = abs(line.kans(found.population).mean() - found.share) / found.error
    assert far > 1
    unsure = dict(tried(replace(found, error=1e6)))  # nobody knows the prevalence: only the outcomes count
    assert dict(tried(found))[PLATT] - unsure[PLATT] > 0.25 * far**2 / len(rows)


def test_the_town_on_a_grid_is_the_town() -> None:
    raw, y, picked = _world(7)
    found = evidence(raw[picked], y[picked], raw, doel="spookbewoning")
    assert len(found.population) == 2000
    line = Line(intercept=-1.0, slope=1.2)
    assert line.kans(found.population).mean() == pytest.approx(line.kans(raw).mean(), rel=1e-3)
