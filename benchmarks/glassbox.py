"""The glass box beside HistGradientBoosting, LightGBM and logistic regression: what transparency costs, with intervals.

    python -m benchmarks.glassbox [--addresses 20000] [--seeds 31 32 33] [--write]

On three synthetic towns (own labels, against the truth) and on two public sets that scikit-learn ships (breast cancer;
digits, is it an 8?), held out in five folds. Average precision; the difference with the glass box is paired.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_digits

from benchmarks.contenders import fitted_score
from benchmarks.neighbours import columns
from benchmarks.quality import SEEDS, _figure, _interval
from benchmarks.results import Section, write_section
from benchmarks.towns import Town, town
from features.columns import Doel
from models.evaluate import average_precision, redrawn
from models.fitting import LIGHT_WEIGHT
from models.folds import grouped_folds
from models.rankers.boosted import Boosted
from models.rankers.challenger import Challenger
from models.rankers.logistic import Logistic
from models.tables import Floats
from pipelines.settings import load

DRAWS = 200
GLASS = "glass box"
Fit = Callable[[pd.DataFrame, Floats, Floats, pd.DataFrame], Floats]  # X, y, weight, new X -> score


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with --write put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--folder", type=Path, default=Path("data/bench-quality"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    warnings.filterwarnings("ignore", message="Missing values detected")
    rows = [row for name, (X, y) in _public().items() for row in _rows(name, y, _held_out(X, y))]
    for seed in given.seeds:
        place = town(given.folder, given.addresses, seed, load())
        for doel in Doel:
            rows += _rows(f"town {seed}, {doel.value}", place.truth[doel], _on_town(place, doel))
    section = Section(
        title="The glass box beside black boxes",
        command="python -m benchmarks.glassbox --write",
        heading=("data", "model", "average precision (90%)", "minus glass box (90%)"),
        rows=tuple(rows),
    )
    print(section.text())
    if given.write:
        write_section("glassbox", section)


def others() -> Mapping[str, Fit]:
    """Everybody but the glass box, on the same rows and weights."""
    return {
        "HistGradientBoosting": lambda X, y, w, new: Challenger().fit(X, y, w).score(new),
        "LightGBM": _lightgbm,
        "logistic regression": lambda X, y, w, new: Logistic().fit(X, y, w).score(new),
    }


def _lightgbm(X: pd.DataFrame, y: Floats, weight: Floats, new: pd.DataFrame) -> Floats:
    model = lightgbm.LGBMClassifier(
        n_estimators=200, learning_rate=0.05, num_leaves=15, min_child_samples=20, n_jobs=1, verbose=-1, random_state=0
    )
    model.fit(X.to_numpy(dtype=np.float64), y.astype(int), sample_weight=weight)
    return np.asarray(model.predict(new.to_numpy(dtype=np.float64), raw_score=True))


def _public() -> Mapping[str, tuple[pd.DataFrame, Floats]]:
    cancer, digits = load_breast_cancer(as_frame=True), load_digits(as_frame=True)
    return {
        "breast cancer (569 x 30)": (cancer.data, 1.0 - cancer.target.to_numpy(dtype=np.float64)),
        "digits, is it an 8 (1,797 x 64)": (digits.data, (digits.target == 8).to_numpy(dtype=np.float64)),
    }


def _held_out(X: pd.DataFrame, y: Floats) -> Mapping[str, Floats]:
    """Every row scored by models that did not see it."""
    glass: Fit = lambda X, y, w, new: Boosted("spookbewoning").fit(X, y, w).score(new)  # noqa: E731
    fold = grouped_folds(y, np.arange(len(y)), 5, 0)
    found = {}
    for name, fit in {GLASS: glass, **others()}.items():
        score = np.empty(len(y))
        for k in range(5):
            train = fold != k
            score[~train] = fit(X[train], y[train], np.ones(int(train.sum())), X[~train])
        found[name] = score
    return found


def _on_town(place: Town, doel: Doel) -> Mapping[str, Floats]:
    found, X = place.examples[doel], columns(place, doel)
    light = ~found.labelled
    weight = np.where(light, LIGHT_WEIGHT * found.labelled.sum() / max(light.sum(), 1), 1.0)
    told = {name: fit(found.X[list(X)], found.y, weight, X) for name, fit in others().items()}
    return {GLASS: fitted_score(place, doel, found), **told}


def _rows(name: str, y: Floats, scores: Mapping[str, Floats]) -> list[tuple[str, ...]]:
    drawn = {who: redrawn(average_precision, y, score, seed=0, draws=DRAWS) for who, score in scores.items()}
    value = {who: average_precision(y, score) for who, score in scores.items()}
    rows = []
    for who in scores:
        gap = _interval(value[who] - value[GLASS], drawn[who] - drawn[GLASS])
        rows.append((name, who, _figure(_interval(value[who], drawn[who])), "" if who == GLASS else _figure(gap)))
        print(rows[-1], flush=True)
    return rows


if __name__ == "__main__":
    main()
