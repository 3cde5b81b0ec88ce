"""The whole line as people run it: from a delivery to a publication, with sources missing, and killed half-way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.loop.conftest import Terminal

DAY = "2026-10-01"


def published(publicaties: Path) -> tuple[Path, dict[str, object]]:
    folder = publicaties / (publicaties / "actueel").read_text().strip()
    return folder, json.loads((folder / "manifest.json").read_text())


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((), set()),
        (("energie",), {"energie"}),
        (("onderzoeken",), {"onderzoeken"}),
        (
            ("energie", "vastgoed", "signalen", "onderzoeken", "omgeving"),
            {"energie", "vastgoed", "signalen", "onderzoeken", "omgeving"},
        ),
    ],
    ids=["everything", "no energy", "no labels", "BRP and BAG alone"],
)
def test_run_ends_in_a_publication_that_says_what_was_missing(
    terminal: Terminal, copied: Callable[..., Path], tmp_path: Path, without: tuple[str, ...], expected: set[str]
) -> None:
    out = tmp_path / "publicaties"
    done = terminal("run", copied(*without), "--peildatum", DAY, "--out", out)
    assert done.returncode == 0, done.stderr
    folder, manifest = published(out)
    assert set(manifest["weggelaten"]) == expected
    assert all(name in done.stdout for name in expected)
    scores = pd.read_parquet(folder / "scores.parquet")
    for _, part in scores.groupby("doel", observed=True):
        assert sorted(part["rang"]) == list(range(1, len(part) + 1)), "a ranking is a permutation (law 4)"
    if "onderzoeken" in expected:
        assert scores["kans"].isna().all(), "without labels there is no probability"
        assert all(model["basis"] is None for model in manifest["doelen"].values())
        assert "no model" in done.stdout
    contributions_add_up(folder, manifest, scores)


def contributions_add_up(folder: Path, manifest: dict[str, object], scores: pd.DataFrame) -> None:
    """Base + all contributions = score, on the published tables themselves (law 3)."""
    reasons = pd.read_parquet(folder / "redenen.parquet")
    keys = ["doel", "adresseerbaarobject_identificatie"]
    total = reasons.groupby(keys, observed=True)["bijdrage"].sum()
    for doel, part in scores.groupby("doel", observed=True):
        base = manifest["doelen"][doel]["basis"]
        if base is not None:
            summed = base + total.loc[doel].reindex(part["adresseerbaarobject_identificatie"]).to_numpy()
            np.testing.assert_allclose(summed, part["score"], rtol=0, atol=1e-9)
            np.testing.assert_allclose(part["kans"], 1 / (1 + np.exp(-part["score"])), atol=1e-12)


def test_the_same_inputs_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Law 4: two installations with the same key and seed publish the same tables."""
    found = []
    for name in ("een", "twee"):
        done = Terminal(tmp_path / name)("run", made, "--out", tmp_path / name / "publicaties")
        assert done.returncode == 0, done.stderr
        folder, _ = published(tmp_path / name / "publicaties")
        found.append({file.name: file.read_bytes() for file in folder.glob("*.parquet")})
    assert found[0].keys() == found[1].keys()
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []


def test_a_second_run_of_the_same_changes_nothing(made: Path, terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "publicaties"
    assert terminal("run", made, "--out", out).returncode == 0
    before = sorted(str(p) for p in out.rglob("*"))
    again = terminal("run", made, "--out", out)
    assert again.returncode == 0 and "unchanged" in again.stdout
    assert sorted(str(p) for p in out.rglob("*")) == before


@pytest.mark.parametrize("seconds", [1.5, 3.0, 4.5, 6.0, 8.0])
def test_kill_9_leaves_the_last_good_publication(
    made: Path, copied: Callable[..., Path], tmp_path: Path, seconds: float
) -> None:
    """Law 7, at five moments of a run; the run after it succeeds and clears what was left."""
    terminal, out = Terminal(tmp_path / "werk"), tmp_path / "publicaties"
    assert terminal("run", copied("onderzoeken"), "--out", out).returncode == 0
    good, _ = published(out)
    before = {file.name: file.read_bytes() for file in good.iterdir()}
    command = [sys.executable, "-m", "pipelines", "run", str(made), "--out", str(out)]
    process = subprocess.Popen(
        command,
        env=terminal.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    in_use, _ = published(out)
    assert {file.name for file in in_use.iterdir()} == set(before)
    assert {file.name: file.read_bytes() for file in good.iterdir()} == before
    assert terminal("run", made, "--out", out).returncode == 0
    assert not [p.name for p in out.iterdir() if p.name.startswith(".")]


def test_the_pictures_are_of_bands_a_to_c_alone(made: Path, terminal: Terminal, tmp_path: Path) -> None:
    """Data minimisation: no timeline and no energy of homes that nobody will look at."""
    out = tmp_path / "publicaties"
    assert terminal("run", made, "--out", out).returncode == 0
    folder, _ = published(out)
    scores = pd.read_parquet(folder / "scores.parquet")
    head = set(scores.loc[scores["band"].isin(["A", "B", "C"]), "adresseerbaarobject_identificatie"])
    for name in ("tijdlijn", "energie"):
        shown = set(pd.read_parquet(folder / f"{name}.parquet")["adresseerbaarobject_identificatie"])
        assert shown and shown <= head
