"""One small synthetic gemeente and its publications, made once; a command line that runs as people run it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

KEY = "sleutel-voor-de-proef-0123456789abcdef"
LABELS = "onderzoeken"


@dataclass(frozen=True)
class Terminal:
    """Runs `schijnwerper`, in a process of its own, with a werkmap of its own. zaad: another one is another run."""

    werkmap: Path
    zaad: int = 1
    instellingen: Path | None = None

    def environment(self) -> dict[str, str]:
        given = {} if self.instellingen is None else {"SCHIJNWERPER_INSTELLINGEN": str(self.instellingen)}
        return (
            os.environ
            | given
            | {
                "SCHIJNWERPER_WERKMAP": str(self.werkmap),
                "SCHIJNWERPER_SLEUTEL": KEY,
                "SCHIJNWERPER_TAKEN": "1",
                "SCHIJNWERPER_ZAAD": str(self.zaad),
            }
        )

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipelines", *map(str, arguments)]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class Made:
    """A delivery that was run: what went in, where everything is kept, and what came out. Tests only read it."""

    levering: Path
    werkmap: Path
    publicaties: Path
    stdout: str
    stderr: str
    folder: Path = field(init=False)
    manifest: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        folder, manifest = published(self.publicaties)
        object.__setattr__(self, "folder", folder)
        object.__setattr__(self, "manifest", manifest)


def published(publicaties: Path) -> tuple[Path, dict[str, Any]]:
    """The publication in use and its manifest."""
    folder = publicaties / (publicaties / "actueel").read_text().strip()
    return folder, json.loads((folder / "manifest.json").read_text())


def run(levering: Path, place: Path) -> Made:
    """`schijnwerper run`, with everything it keeps in `place`."""
    werkmap, publicaties = place / "werk", place / "publicaties"
    done = Terminal(werkmap)("run", levering, "--peildatum", "2026-10-01", "--out", publicaties)
    assert done.returncode == 0, done.stderr
    return Made(levering, werkmap, publicaties, done.stdout, done.stderr)


def without(levering: Path, target: Path, *folders: str) -> Path:
    """A copy of the delivery without the given sources."""
    shutil.copytree(levering, target, ignore=lambda folder, names: folders if Path(folder) == levering else ())
    return target


@pytest.fixture(scope="session")
def levering(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A delivery of 1,500 addresses, with labels enough to learn from; tests copy what they damage."""
    out = tmp_path_factory.mktemp("gemeente") / "levering"
    done = Terminal(out.parent / "werk")("synthesize", "--out", out, "--addresses", 1500, "--seed", 3)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def unlabelled(levering: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The delivery without investigations: nothing is trained, so it runs fast."""
    return without(levering, tmp_path_factory.mktemp("zonder") / "levering", LABELS)


@pytest.fixture(scope="session")
def everything(levering: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run of the whole delivery."""
    return run(levering, tmp_path_factory.mktemp("alles"))


@pytest.fixture(scope="session")
def cold(unlabelled: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run of the delivery without labels."""
    return run(unlabelled, tmp_path_factory.mktemp("koud"))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "werk")
