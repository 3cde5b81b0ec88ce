"""What our stages are set beside: a plain scan of the same columns, bare scikit-learn, and shap's TreeExplainer."""

from __future__ import annotations

import json
import time
import warnings
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier, IsolationForest

from pipelines.bench import bench
from pipelines.settings import load

Floats = NDArray[np.float64]
LEARN, EXPLAIN = 20_000, 2_000  # rows that the baselines learn from, and that TreeExplainer explains
LOOKED_UP = 100_000  # rows of which our own contributions are timed


def scan(landing: Path) -> float:
    """Seconds to read every column of every Parquet file of the landing once."""
    start = time.perf_counter()
    for file in sorted(landing.glob("[0-9]*/*.parquet")):
        pq.read_table(file)
    return time.perf_counter() - start


def matrix(features: Path) -> Floats:
    """The feature file as one float32 matrix, all-missing columns left out, missing as NaN."""
    table = pq.read_table(features)
    wide = [
        table[name].to_numpy()
        for name, kind in zip(table.schema.names, table.schema.types, strict=True)
        if kind == "double"
    ]
    X = np.column_stack(wide).astype(np.float32)
    return X[:, ~np.isnan(X).all(axis=0)]


def table_lookup(features: Path, scored: str) -> float:
    """Seconds per million rows of our own tables: every contribution of every address, by the model just used."""
    folder = Path(json.loads(scored)["folder"])
    doelen = json.loads((folder / "manifest.json").read_text())["doelen"]
    doel, about = next((doel, about) for doel, about in doelen.items() if about["basis"] is not None)
    settings = load()
    registry = bench(settings).registry
    one = next(one for one in registry.versions(doel) if one.version == about["versie"])
    model = registry.load(one, about["digest"].removeprefix("sha256:"), approved=about["goedgekeurd"]).model
    frame = pq.read_table(features).slice(0, LOOKED_UP).to_pandas()
    derived = [name for name in model.features if name not in frame]  # the isolation percentile
    frame = frame.assign(**dict.fromkeys(derived, 50.0))
    model.contributions(frame[:100])
    start = time.perf_counter()
    model.contributions(frame)
    return (time.perf_counter() - start) / len(frame) * 1e6


def bare_isolation(features: Path) -> float:
    """Seconds of IsolationForest.score_samples over all rows (100 trees of 256)."""
    X = np.nan_to_num(matrix(features))
    forest = IsolationForest(n_estimators=100, max_samples=256, random_state=0).fit(X[:LEARN])
    start = time.perf_counter()
    forest.score_samples(X)
    return time.perf_counter() - start


def bare_predict(features: Path) -> float:
    """Seconds of HistGradientBoosting.predict_proba over all rows (defaults)."""
    X = matrix(features)
    start = time.perf_counter()
    model = _trees(X)
    start = time.perf_counter()
    model.predict_proba(X)
    return time.perf_counter() - start


def tree_explainer(features: Path) -> float:
    """Seconds per row of shap's TreeExplainer on the same kind of model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # shap warns of its own dependencies
        import shap

        X = matrix(features)
        explain = shap.TreeExplainer(_trees(X))
        start = time.perf_counter()
        explain.shap_values(X[:EXPLAIN])
        return (time.perf_counter() - start) / EXPLAIN


def _trees(X: Floats) -> HistGradientBoostingClassifier:
    """A black box of ordinary size (100 trees of 31 leaves) on an arbitrary rare target: only its speed matters here.

    Without early stopping: on a target that cannot be learned it would leave a toy of ten small trees.
    """
    head = X[:LEARN]
    usable = ~np.isnan(head).all(axis=0)
    head = np.where(usable, head, 0.0)
    rare = np.random.default_rng(0).random(len(head)) < 0.02
    return HistGradientBoostingClassifier(early_stopping=False, random_state=0).fit(head, rare)
