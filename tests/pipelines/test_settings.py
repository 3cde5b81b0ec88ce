"""Settings: TOML, then environment; the key is made once and kept private."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from features.errors import Refusal
from models.gates import Bounds
from pipelines.settings import load


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("INSTELLINGEN", "WERKMAP", "MLFLOW", "TAKEN", "ZAAD", "SLEUTEL"):
        monkeypatch.delenv(f"SCHIJNWERPER_{name}", raising=False)


def test_defaults_work_without_any_file(tmp_path: Path) -> None:
    settings = load()
    assert settings.werkmap == tmp_path / "data"
    assert settings.mlflow == f"sqlite:///{tmp_path / 'data' / 'mlflow.db'}"
    assert settings.taken >= 1


def test_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "schijnwerper.toml").write_text('[pipeline]\nwerkmap = "uit-bestand"\nzaad = 7\n')
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", "uit-omgeving")
    settings = load()
    assert (settings.werkmap.name, settings.zaad) == ("uit-omgeving", 7)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, second = load().key, load().key
    assert first == second and len(first) == 64
    assert stat.S_IMODE((tmp_path / "data" / "sleutel").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[pipeline]\nwerkmapp = 'x'\n", "setting 'werkmapp'"),
        ("[pipeline]\ntaken = 'veel'\n", "'veel'"),
        ("[pipeline]\ntaken = -1\n", "found -1"),
        ("[pipeline\n", "Expected ']'"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_place(tmp_path: Path, text: str, found: str) -> None:
    (tmp_path / "schijnwerper.toml").write_text(text)
    with pytest.raises(Refusal) as refusal:
        load()
    assert found in str(refusal.value) and "schijnwerper.toml" in str(refusal.value)


def test_a_short_key_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHIJNWERPER_SLEUTEL", "geheimpje")
    with pytest.raises(Refusal) as refusal:
        load()
    assert "geheimpje" not in str(refusal.value)


def test_the_bounds_of_promotion_have_a_table_of_their_own(tmp_path: Path) -> None:
    assert load().poorten == Bounds()
    file = tmp_path / "schijnwerper.toml"
    file.write_text("[pipeline]\ncapaciteit = 60\n[poorten]\nece = 0.1\n")
    assert load().poorten == Bounds(ece=0.1)
    assert load().capaciteit == 60
    for wrong in ("onzin = 1", "ece = -1", 'ece = "veel"', "ece = true"):
        file.write_text(f"[poorten]\n{wrong}\n")
        with pytest.raises(Refusal, match="poorten"):
            load()


@pytest.mark.parametrize(
    ("uri", "under_mlflow_run", "taken"),
    [
        ("", False, False),
        ("http://mlflow.gemeente.example", False, True),
        ("http://mlflow.gemeente.example", True, True),
        ("sqlite:////data/mlflow.db", False, True),
        ("sqlite:////ergens/mlflow.db", True, False),  # the default of `mlflow run`: nobody chose it
        ("file:///ergens/mlruns", True, False),
        ("sqlite:////ergens/eigen.db", True, True),
    ],
)
def test_the_tracking_uri_of_the_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, uri: str, under_mlflow_run: bool, taken: bool
) -> None:
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(tmp_path / "werk"))
    monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
    monkeypatch.delenv("MLFLOW_RUN_ID", raising=False)
    if under_mlflow_run:
        monkeypatch.setenv("MLFLOW_RUN_ID", "f" * 32)
    own = f"sqlite:///{tmp_path / 'werk' / 'mlflow.db'}"
    assert load().mlflow == (uri if taken else own)
    monkeypatch.setenv("SCHIJNWERPER_MLFLOW", "http://gekozen.example")
    assert load().mlflow == "http://gekozen.example"


def test_the_models_name_is_a_setting_and_a_plain_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(tmp_path / "werk"))
    assert load().modelnaam == "schijnwerper"
    monkeypatch.setenv("SCHIJNWERPER_MODELNAAM", "goor")
    assert load().modelnaam == "goor"
    monkeypatch.setenv("SCHIJNWERPER_MODELNAAM", "../goor' or 1=1")
    with pytest.raises(Refusal, match="modelnaam"):
        load()
