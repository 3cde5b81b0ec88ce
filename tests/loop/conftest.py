"""One small synthetic gemeente, made once, and a command line that runs as people run it: in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

KEY = "sleutel-voor-de-proef-0123456789abcdef"


@dataclass(frozen=True)
class Terminal:
    """Runs `schijnwerper` with a werkmap of its own."""

    werkmap: Path

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "SCHIJNWERPER_WERKMAP": str(self.werkmap),
            "SCHIJNWERPER_SLEUTEL": KEY,
            "SCHIJNWERPER_TAKEN": "1",
        }

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipelines", *map(str, arguments)]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A delivery of 1,500 addresses; tests copy what they damage."""
    out = tmp_path_factory.mktemp("gemeente") / "levering"
    done = Terminal(out.parent / "werk")("synthesize", "--out", out, "--addresses", 1500, "--seed", 3)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "werk")


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Callable[..., Path]:
    """A copy of the delivery without the given folders."""

    def copy(*without: str) -> Path:
        target = tmp_path / ("levering-" + "-".join(without or ("heel",)))
        shutil.copytree(made, target, ignore=lambda folder, names: without if Path(folder) == made else ())
        return target

    return copy
