"""What README.md says can be done is done: its `schijnwerper` commands are run, its make targets exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("target", [line.split()[1] for line in LINES if line.startswith("make ")])
def test_make_targets_exist_and_say_what_they_do(target: str) -> None:
    plan = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert plan.returncode == 0, plan.stderr
    assert re.search(rf"^{target}:.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_every_command_runs_in_the_order_given(tmp_path: Path) -> None:
    commands = [line for line in LINES if line.startswith("schijnwerper ")]
    assert len(commands) >= 9
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SCHIJNWERPER_TAKEN": "2", "SCHIJNWERPER_SLEUTEL": "5a" * 32}
    for line in commands:
        arguments = [sys.executable, "-m", "pipelines", *shlex.split(line)[1:]]
        done = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_pictures_are_there() -> None:
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / picture).exists(), picture
