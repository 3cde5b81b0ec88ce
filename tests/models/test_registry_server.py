"""With a real `mlflow server` on loopback: artefacts go through it, a model comes back, and when it dies it is told."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from features.errors import Refusal
from models.document import to_json
from models.registry import CHALLENGER, Registry
from tests.models.backtest_made_up import backtest
from tests.models.trained_made_up import ORIGIN, table_model, trained

DOEL = "spookbewoning"
PATIENCE = 120.0  # seconds to make its tables and answer


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    uri: str


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    store = ["--backend-store-uri", f"sqlite:///{tmp_path / 's.db'}", "--artifacts-destination", str(tmp_path / "a")]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "mlflow",
            "server",
            *store,
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            "1",
        ],
        cwd=tmp_path,
        env=os.environ | {"MLFLOW_DISABLE_TELEMETRY": "true"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(f"http://127.0.0.1:{port}/health"):
            if process.poll() is not None or time.monotonic() > until:
                pytest.skip("mlflow server does not start here")
            time.sleep(0.2)
        yield Server(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False


def test_through_a_server_and_after_its_death(server: Server, tmp_path: Path) -> None:
    registry = Registry(server.uri, tmp_path / "not-used")
    one = registry.log([trained(DOEL, backtest=backtest(DOEL))], ORIGIN)[0]
    registry.point(CHALLENGER, one.name, one.version)
    found = registry.at(DOEL, CHALLENGER)
    assert found is not None
    loaded = registry.load(found, one.sha256, approved=False)
    assert to_json(loaded.model) == to_json(table_model(DOEL))
    assert not (tmp_path / "not-used").exists(), "a server keeps artefacts where it was told to"
    server.process.terminate()
    server.process.wait()
    start = time.monotonic()
    with pytest.raises(Refusal, match=server.uri):
        registry.load(found, one.sha256, approved=False)
    with pytest.raises(Refusal, match=server.uri):
        registry.log([trained(DOEL)], ORIGIN)
    assert time.monotonic() - start < 25
