"""Monitoring in MLflow: a run per report, apart from the training runs; and what a training run keeps, read back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from models.registry_client import MlflowException, experiment, talking_to

EXPERIMENT = "schijnwerper-bewaking"
REPORT = "bewaking.html"


def log_monitoring(
    metrics: Sequence[tuple[str, float]],
    report_html: bytes,
    *,
    store: str,
    artifacts: Path,
    run_name: str,
    tags: Sequence[tuple[str, str]] = (),
) -> str:
    """Log one run; returns its id. store: tracking URI; artifacts: folder for what runs leave behind.

    Raises Refusal when the store does not answer.
    """
    with talking_to(store) as client, tempfile.TemporaryDirectory() as folder:
        place = experiment(client, EXPERIMENT, artifacts, store)
        run = str(client.create_run(place, run_name=run_name, tags=dict(tags)).info.run_id)
        for name, value in metrics:
            client.log_metric(run, name, value)
        (Path(folder) / REPORT).write_bytes(report_html)
        client.log_artifacts(run, folder)
        client.set_terminated(run, "FINISHED")
    return run


def kept(store: str, run: str, file: str) -> bytes | None:
    """One file of a training run; None where it has no such file. Raises Refusal when the store does not answer."""
    with talking_to(store) as client, tempfile.TemporaryDirectory() as folder:
        parent = file.rpartition("/")[0]
        try:
            there = {one.path for one in client.list_artifacts(run, parent or None)}
        except MlflowException:
            return None
        return Path(client.download_artifacts(run, file, folder)).read_bytes() if file in there else None
