"""Law 7: `kill -9` at any moment leaves the last good publication, and the run after it succeeds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.loop.conftest import Made, Terminal, published

PATIENCE = 120.0  # seconds until the moment must have come


@pytest.mark.parametrize(
    ("moment", "fresh"),
    [
        ("werk/landing/.*", True),  # the delivery is being read
        ("werk/landing/*/kenmerken", True),  # it has landed, features are being built
        ("publicaties/.bezig-*/*", False),  # the publication is being written
    ],
    ids=["reading", "building", "publishing"],
)
def test_kill_9_leaves_the_last_good_publication(cold: Made, tmp_path: Path, moment: str, fresh: bool) -> None:
    """The same delivery with another seed is another run; `fresh`: with an empty werkmap, so that it reads anew."""
    out = Path(shutil.copytree(cold.publicaties, tmp_path / "publicaties"))
    if not fresh:
        shutil.copytree(cold.werkmap, tmp_path / "werk")
    before = {file.name: file.read_bytes() for file in cold.folder.iterdir()}
    terminal = Terminal(tmp_path / "werk", zaad=2)
    killed_when(terminal, tmp_path, moment, cold.levering, out)
    good, _ = published(out)
    assert good.name == cold.folder.name
    assert {file.name: file.read_bytes() for file in good.iterdir()} == before
    assert terminal("run", cold.levering, "--out", out).returncode == 0
    assert published(out)[0].name != cold.folder.name
    assert not [p.name for p in out.iterdir() if p.name.startswith(".")]


def killed_when(terminal: Terminal, root: Path, moment: str, levering: Path, out: Path) -> None:
    """Start a run and kill it, without a chance to tidy up, as soon as `root`/`moment` exists."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "run", str(levering), "--out", str(out)],
        env=terminal.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + PATIENCE
    try:
        while not any(root.glob(moment)):
            assert process.poll() is None, f"the run ended before {moment} was there"
            assert time.monotonic() < until, f"{moment} never came"
            time.sleep(0.005)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.returncode == -signal.SIGKILL
