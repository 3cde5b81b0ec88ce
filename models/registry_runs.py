"""One training of one target in MLflow: a run with what went in and what came out, and a child run per fold.

The pictures, the figures, the facts, the card and the artefact lie under the parent. Nothing in them is a row of a
register: tables, figures and digests alone.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.registry_client import MlflowClient, experiment

from mlflow.entities import Metric, Param, RunTag  # isort: skip - after registry_client: it sets what mlflow reads

from features.columns import Feature
from features.register import FEATURES
from models.accountability.facts import Facts
from models.accountability.organisation import Organisation
from models.accountability.pack import documents
from models.document import to_json as tables_to_json
from models.figure_names import fold_metrics, metrics
from models.figures import Fold
from models.figures_json import FACTS_FILE, FIGURES_FILE, RunFacts, facts_to_json, to_json
from models.plots import precision_plot, reliability_plot
from models.registry_pyfunc import write_artefact
from models.shapes import shape_pictures
from models.spread import SPREAD_FILE
from models.spread import to_json as spread_to_json
from models.trained import TrainedTarget

EXPERIMENT = "schijnwerper"
SHAPES, PACK = "vormen", "verantwoording"
BATCH = 100  # parameters that MLflow takes at once
PARENT = "mlflow.parentRunId"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a training came from. files: (name in the delivery, SHA-256); gemeenten: codes; grounds: see RunFacts.

    data: one digest of all files. code: commit, or version of the package. inputs: digest of all that a training
    depends on; "" = not known, so equal to nothing.
    """

    gemeenten: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    data: str
    code: str
    grounds: tuple[tuple[str, str, int], ...] = ()
    inputs: str = ""
    organisation: Organisation = field(default_factory=Organisation)

    @property
    def scope(self) -> str:
        """The gemeenten a model was trained on, as one text: it serves these and no others."""
        return "-".join(self.gemeenten)


def start(client: MlflowClient, target: TrainedTarget, artifacts: Path, store: str) -> str:
    """A run that has begun; returns its id."""
    place = experiment(client, EXPERIMENT, artifacts, store)
    name = f"{target.doel} {target.model.trained_as_of}"
    said = target.backtest.statements if target.backtest is not None else ()
    tags = {"doel": target.doel, "mlflow.note.content": "\n\n".join(said)}
    return str(client.create_run(place, run_name=name, tags=tags).info.run_id)


def fill(
    client: MlflowClient, run: str, target: TrainedTarget, origin: Origin, features: Sequence[Feature], facts: RunFacts
) -> None:
    """Everything of the target into its run, then the child runs; the run is finished when all of it is stored."""
    chosen = dict(target.parameters()) | {
        "gemeenten": origin.scope,
        "gegevens_sha256": origin.data,
        "code": origin.code,
        "model_sha256": facts.sha256,
    }
    found = dict(target.metrics())
    if target.backtest is not None:
        found |= dict(metrics(target.backtest))
    _numbers(client, run, chosen, found)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _files(target, features, facts, origin.organisation):
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        write_artefact(
            Path(folder),
            document(target),
            target.model.features,
            digest=facts.sha256,
            made=target.model.trained_as_of,
        )
        client.log_artifacts(run, folder)
    for fold in target.backtest.folds if target.backtest is not None else ():
        _child(client, run, fold)
    client.set_terminated(run, "FINISHED")


def document(target: TrainedTarget) -> bytes:
    """The model's own document, as it is stored and digested."""
    return tables_to_json(target.model).encode()


def _files(
    target: TrainedTarget, features: Sequence[Feature], facts: RunFacts, organisation: Organisation
) -> Iterator[tuple[str, bytes]]:
    yield FACTS_FILE, facts_to_json(facts).encode()
    if target.spread is not None:
        yield SPREAD_FILE, spread_to_json(target.spread).encode()
    found = target.backtest
    if found is not None:
        yield FIGURES_FILE, to_json(found).encode()
        yield "precisie.png", precision_plot(target.doel, found.pooled, "latere onderzoeken")
        if found.random:
            yield "precisie-steekproef.png", precision_plot(target.doel, found.random, "alleen de steekproef")
        if found.reliability is not None:
            yield "betrouwbaarheid.png", reliability_plot(target.doel, found.reliability)
    own = replace(facts, run_id="")  # they lie in that very run; so equal models give equal bytes
    for name, content in documents(Facts.of(target, own, register=FEATURES, organisation=organisation)):
        yield f"{PACK}/{name}", content
    for name, picture in shape_pictures(target.model, features):
        yield f"{SHAPES}/{name}", picture


def _child(client: MlflowClient, parent: str, fold: Fold) -> None:
    """One fold as a nested run: its kind and name, its labels, and every contender's figures."""
    place = client.get_run(parent).info.experiment_id
    child = client.create_run(place, run_name=f"{fold.kind} {fold.name}", tags={PARENT: parent}).info.run_id
    labels = {"leer_labels": str(fold.train_labels), "leer_positieven": str(fold.train_positives)}
    _numbers(client, str(child), {"soort": fold.kind, "deel": fold.name, **labels}, dict(fold_metrics(fold)))
    client.set_terminated(str(child), "FINISHED")


def _numbers(client: MlflowClient, run: str, chosen: dict[str, str], found: dict[str, float]) -> None:
    now = int(time.time() * 1000)
    parameters = [Param(name, value) for name, value in chosen.items()]
    figures = [Metric(name, value, now, 0) for name, value in found.items()]
    for first in range(0, max(len(parameters), len(figures)), BATCH):
        batch = slice(first, first + BATCH)
        client.log_batch(run, figures[batch], parameters[batch], [RunTag("mlflow.source.name", "schijnwerper")])
