"""The committed description of the API: current, and without a finding by the rules of the Dutch government."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from service.assets import MODULES
from service.cli_openapi import FILE, text

ROOT = Path(__file__).parents[3]
RULES = Path(os.environ.get("SCHIJNWERPER_OFFICIAL_DATA", ROOT.parent / "shared" / "data")) / "adr-linter"
SPECTRAL = MODULES / ".bin" / "spectral"


def test_the_file_is_that_of_the_routes() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run `python -m service openapi` and commit docs/openapi.json"


@pytest.mark.skipif(not SPECTRAL.exists(), reason="the linter is absent: npm ci --ignore-scripts")
@pytest.mark.skipif(not RULES.is_dir(), reason="the rules are absent: set SCHIJNWERPER_OFFICIAL_DATA")
@pytest.mark.parametrize("rules", ["linter.yaml", "linter-v2.2.0-rc.1.yaml"])
def test_no_finding(rules: str) -> None:
    command = [str(SPECTRAL), "lint", "-r", str(RULES / rules), str(FILE), "--fail-severity=hint"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No results" in done.stdout
