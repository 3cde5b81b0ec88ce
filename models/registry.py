"""The training record in MLflow: runs with their figures and pictures, the model as a document, and who is champion.

The only file that imports mlflow. What is stored and loaded is a JSON document, never a pickle; a champion is used only
when its bytes have the SHA-256 that was recorded when it was made champion.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"  # before the import: on by default, and it calls home
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from features.errors import Refusal
from models.card import card
from models.document import from_json, to_json
from models.plots import precision_plot, reliability_plot
from models.tables import TableModel
from models.trained import TrainedTarget

EXPERIMENT = "schijnwerper"
CHAMPION = "champion"
DIGEST = "sha256"
DOCUMENT = "model/tabellen.json"
KNOWN_WARNINGS = ("The ``noload`` loader strategy is deprecated",)  # of MLflow's own use of SQLAlchemy


@dataclass(frozen=True, kw_only=True)
class Champion:
    """The model in use for a target, with where it comes from."""

    model: TableModel
    name: str
    version: str
    run_id: str
    sha256: str
    figures: Mapping[str, float] = field(default_factory=dict)  # of its own evaluation, as logged


@dataclass(frozen=True)
class Registry:
    """store: a tracking URI (sqlite:///… or a server); artifacts: folder for what runs leave behind.

    scope: the gemeenten whose models these are; a model serves those it was trained on and no others.
    """

    store: str
    artifacts: Path
    scope: str = ""

    def log(self, trained: Sequence[TrainedTarget], *, promote: bool = True) -> tuple[Champion, ...]:
        """Log one run per target; then, when all are stored, make them champion. Returns what was registered."""
        with _quiet():
            client = self._client()
            experiment = self._experiment(client)
            made = tuple(_log_one(client, experiment, target, self.name(target.doel)) for target in trained)
            if promote:
                for champion in made:
                    client.set_registered_model_alias(champion.name, CHAMPION, champion.version)
        return made

    def champion(self, doel: str) -> Champion | None:
        """The model in use, or None where none was ever promoted; raises Refusal when its bytes are not as recorded."""
        with _quiet():
            client = self._client()
            try:
                version = client.get_model_version_by_alias(self.name(doel), CHAMPION)
            except MlflowException:
                return None
            with tempfile.TemporaryDirectory() as folder:
                text = Path(client.download_artifacts(str(version.run_id), DOCUMENT, folder)).read_bytes()
        digest = hashlib.sha256(text).hexdigest()
        recorded = version.tags.get(DIGEST, "")
        if digest != recorded:
            raise Refusal(
                f"model {version.name} version {version.version}",
                found=f"a document with SHA-256 {digest[:12]}…",
                expected=f"{recorded[:12] or 'a recorded digest'}…, as recorded when it was registered",
                do="do not use it; train again, and find out who changed the file",
            )
        model = from_json(text.decode())
        return Champion(
            model=model,
            name=version.name,
            version=str(version.version),
            run_id=str(version.run_id),
            sha256=digest,
            figures=dict(sorted(client.get_run(str(version.run_id)).data.metrics.items())),
        )

    def name(self, doel: str) -> str:
        """The name under which a target's models are registered; a long list of gemeenten is shortened to a digest."""
        digest = hashlib.sha256(self.scope.encode()).hexdigest()[:16]
        scope = self.scope if len(self.scope) <= 60 else digest
        return "-".join(part for part in ("schijnwerper", doel, scope) if part)

    def _client(self) -> MlflowClient:
        return MlflowClient(tracking_uri=self.store, registry_uri=self.store)

    def _experiment(self, client: MlflowClient) -> str:
        found = client.get_experiment_by_name(EXPERIMENT)
        if found is not None:
            return str(found.experiment_id)
        self.artifacts.mkdir(parents=True, exist_ok=True)
        return str(client.create_experiment(EXPERIMENT, artifact_location=self.artifacts.resolve().as_uri()))


def _log_one(client: MlflowClient, experiment: str, target: TrainedTarget, name: str) -> Champion:
    """One finished run with everything in it, and a model version that points at it."""
    run = client.create_run(experiment, run_name=f"{target.doel} {target.model.trained_as_of}").info.run_id
    text = to_json(target.model).encode()
    digest = hashlib.sha256(text).hexdigest()
    for parameter, value in target.parameters():
        client.log_param(run, parameter, value)
    for metric, figure in target.metrics():
        client.log_metric(run, metric, figure)
    with tempfile.TemporaryDirectory() as folder:
        files = {
            DOCUMENT: text,
            "modelkaart.md": card(target).encode(),
            "betrouwbaarheid.png": reliability_plot(target),
            "precisie.png": precision_plot(target),
        }
        for file, content in files.items():
            path = Path(folder) / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        client.log_artifacts(run, folder)
    client.set_terminated(run, "FINISHED")
    version = _register(client, name, run, digest)
    return Champion(model=target.model, name=name, version=version, run_id=str(run), sha256=digest)


def _register(client: MlflowClient, name: str, run: str, digest: str) -> str:
    try:
        client.get_registered_model(name)
    except MlflowException:
        client.create_registered_model(name)
    source = f"{client.get_run(run).info.artifact_uri}/model"
    made: Any = client.create_model_version(name, source=source, run_id=run, tags={DIGEST: digest})
    return str(made.version)


@contextmanager
def _quiet() -> Iterator[None]:
    """MLflow and alembic tell of every table they make; that is noise here. Levels are put back afterwards."""
    loggers = [logging.getLogger(name) for name in ("mlflow", "alembic", "alembic.runtime.migration")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            for message in KNOWN_WARNINGS:
                warnings.filterwarnings("ignore", message=message)
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
