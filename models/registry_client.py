"""The connection to MLflow: quiet, impatient, without telemetry; what goes wrong there is told as a Refusal.

Set before mlflow is imported: no telemetry (it is on by default and calls home), and no minutes of waiting for a server
that is down (an operator's own MLFLOW_HTTP_REQUEST_TIMEOUT and _MAX_RETRIES are kept).
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"
os.environ["MLFLOW_UV_AUTO_DETECT"] = "false"  # an artefact says itself what it needs
os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "5")  # seconds to connect, and between bytes
os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1")

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from requests import RequestException
from sqlalchemy.exc import SQLAlchemyError

from features.errors import Refusal

__all__ = ["MlflowClient", "MlflowException", "experiment", "quiet", "refusal", "talking_to"]
KNOWN_WARNINGS = (
    "The ``noload`` loader strategy is deprecated",  # MLflow's own use of SQLAlchemy
    ".*An input example was not provided",  # on purpose: no real row in any artefact
    ".*Any type hint is inferred as AnyType",  # MLflow's own classes
)
KIND = {"mlflow.experimentKind": "custom_model_development"}  # else its pages speak of prompts and judges
LOCAL = ("sqlite:", "file:", "/", ".")
PASSWORD = re.compile(r"//[^/@\s]+@")


@contextmanager
def talking_to(store: str) -> Iterator[MlflowClient]:
    """A client of the tracking store and registry at `store`.

    Raises Refusal, naming the store, when it is down, slow, full, or does not take what it is given. A Refusal from
    within passes unchanged.
    """
    with quiet():
        try:
            yield MlflowClient(tracking_uri=store, registry_uri=store)
        except (MlflowException, SQLAlchemyError, RequestException, OSError) as fault:
            raise refusal(store, fault) from fault


def refusal(store: str, fault: Exception) -> Refusal:
    """What went wrong at `store`, without the passwords that a URI may hold."""
    said = PASSWORD.sub("//", str(fault)).strip().splitlines() or [""]
    return Refusal(
        f"MLflow at {PASSWORD.sub('//', store)}",
        found=f"{type(fault).__name__}: {said[0][:300]}",
        expected="a store that answers within some seconds and has room",
        do="see whether it runs, is reachable and its disk is not full (setting `mlflow`), then do the same again; "
        "nothing was half registered and the champion is as it was",
    )


def experiment(client: MlflowClient, name: str, artifacts: Path, store: str) -> str:
    """The id of the experiment, made where it is not there. A server keeps artefacts where it was told to."""
    found = client.get_experiment_by_name(name)
    if found is not None:
        return str(found.experiment_id)
    if not store.startswith(LOCAL):
        return str(client.create_experiment(name, tags=KIND))
    artifacts.mkdir(parents=True, exist_ok=True)
    return str(client.create_experiment(name, artifact_location=artifacts.resolve().as_uri(), tags=KIND))


@contextmanager
def quiet() -> Iterator[None]:
    """MLflow and alembic tell of every table they make; that is noise here. Levels are put back afterwards."""
    loggers = [logging.getLogger(name) for name in ("mlflow", "alembic", "alembic.runtime.migration", "urllib3")]
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
