"""The whole line as people run it: from a delivery to a publication, with and without its sources."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from tests.loop.conftest import Made, Terminal, run, without


def says_what_was_missing(made: Made, missing: set[str]) -> pd.DataFrame:
    """The manifest and the terminal name what was left out; the ranking is one (law 4). Returns the scores."""
    assert set(made.manifest["weggelaten"]) == missing
    assert all(name in made.stdout for name in missing)
    scores = pd.read_parquet(made.folder / "scores.parquet")
    assert set(scores["doel"]) == {"spookbewoning", "schijnbewoning"}
    for _, part in scores.groupby("doel", observed=True):
        assert sorted(part["rang"]) == list(range(1, len(part) + 1)), "a ranking is a permutation (law 4)"
    return scores


def contributions_add_up(made: Made, scores: pd.DataFrame) -> int:
    """Base + all contributions = score, on the published tables (law 3). Returns for how many targets."""
    reasons = pd.read_parquet(made.folder / "redenen.parquet")
    id_ = "adresseerbaarobject_identificatie"
    total = reasons.groupby(["doel", id_], observed=True)["bijdrage"].sum()
    learned = 0
    for doel, part in scores.groupby("doel", observed=True):
        base = made.manifest["doelen"][doel]["basis"]
        summed = (base or 0.0) + total.loc[doel].reindex(part[id_]).to_numpy()
        np.testing.assert_allclose(summed, part["score"], rtol=0, atol=1e-9)
        if base is not None:
            learned += 1
            np.testing.assert_allclose(part["kans"], 1 / (1 + np.exp(-part["score"])), rtol=0, atol=1e-12)
    return learned


def has_no_probability(made: Made, scores: pd.DataFrame) -> None:
    assert scores["kans"].isna().all(), "without labels there is no probability"
    assert all(model["basis"] is None for model in made.manifest["doelen"].values())
    assert "no model" in made.stdout


def test_everything(everything: Made) -> None:
    scores = says_what_was_missing(everything, set())
    assert contributions_add_up(everything, scores) >= 1, "at least one target had labels enough"


def test_no_labels(cold: Made) -> None:
    scores = says_what_was_missing(cold, {"onderzoeken"})
    has_no_probability(cold, scores)
    assert contributions_add_up(cold, scores) == 0


def test_no_energy(unlabelled: Path, tmp_path: Path) -> None:
    made = run(without(unlabelled, tmp_path / "levering", "energie"), tmp_path)
    contributions_add_up(made, says_what_was_missing(made, {"onderzoeken", "energie"}))
    assert pd.read_parquet(made.folder / "energie.parquet").empty


def test_brp_and_bag_alone(unlabelled: Path, tmp_path: Path) -> None:
    others = ("energie", "vastgoed", "signalen", "omgeving")
    made = run(without(unlabelled, tmp_path / "levering", *others), tmp_path)
    scores = says_what_was_missing(made, {"onderzoeken", *others})
    has_no_probability(made, scores)


def test_a_second_installation_publishes_the_same_bytes(levering: Path, everything: Made, tmp_path: Path) -> None:
    """Law 4: with the same key and seed, in another folder, and from a copy of the delivery; models are trained too."""
    again = run(Path(shutil.copytree(levering, tmp_path / "levering")), tmp_path)
    first, second = ({f.name: f.read_bytes() for f in made.folder.glob("*.parquet")} for made in (everything, again))
    assert [name for name in first | second if first.get(name) != second.get(name)] == []
    assert again.folder.name == everything.folder.name


def test_a_second_run_of_the_same_changes_nothing(cold: Made) -> None:
    before = {str(p): p.stat().st_mtime_ns for p in cold.folder.rglob("*")}
    again = Terminal(cold.werkmap)("run", cold.levering, "--out", cold.publicaties)
    assert again.returncode == 0 and "unchanged" in again.stdout
    assert {str(p): p.stat().st_mtime_ns for p in cold.folder.rglob("*")} == before
    assert sorted(p.name for p in cold.publicaties.iterdir()) == sorted(["actueel", cold.folder.name])


def test_the_pictures_are_of_bands_a_to_c_alone(everything: Made) -> None:
    """Data minimisation: no timeline and no energy of homes that nobody will look at."""
    scores = pd.read_parquet(everything.folder / "scores.parquet")
    head = set(scores.loc[scores["band"].isin(["A", "B", "C"]), "adresseerbaarobject_identificatie"])
    assert 0 < len(head) < scores["adresseerbaarobject_identificatie"].nunique()
    for name in ("tijdlijn", "energie"):
        shown = set(pd.read_parquet(everything.folder / f"{name}.parquet")["adresseerbaarobject_identificatie"])
        assert shown and shown <= head
