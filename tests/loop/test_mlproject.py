"""`mlflow run . -e train`, as the data team runs it: a challenger in our own store, that no one person promotes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.loop.conftest import Terminal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def trained(levering: Path, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Started from another folder, and without a tracking URI that anybody chose."""
    place = tmp_path_factory.mktemp("mlproject")
    terminal = Terminal(place / "werk")
    environment = {name: value for name, value in terminal.environment().items() if not name.startswith("MLFLOW")}
    environment |= {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "MLFLOW_DISABLE_TELEMETRY": "true"}
    command = [sys.executable, "-m", "mlflow", "run", str(ROOT), "-e", "train", "--env-manager", "local"]
    given = ["-P", f"levering={levering}", "-P", "peildatum=2026-10-01"]
    done = subprocess.run([*command, *given], cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return terminal


def models(terminal: Terminal) -> list[dict[str, object]]:
    done = terminal("models", "--json")
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout)["models"])


def test_it_registers_challengers_in_the_store_of_the_werkmap(trained: Terminal) -> None:
    found = models(trained)
    assert found and all(one["aliases"] == ["challenger"] and one["state"] == "trained" for one in found)
    assert all(one["scope"] == "0175" and one["trained_until"] == "2026-10-01" for one in found)


def test_one_person_is_refused_and_the_champion_is_untouched(trained: Terminal) -> None:
    doel = str(models(trained)[0]["doel"])
    for people in (("--proposer", "anna", "--approver", "Anna"), ("--approver", "bert")):
        done = trained("promote", doel, *people, "--json")
        assert done.returncode == 1 and json.loads(done.stdout)["do"]
    assert all("champion" not in str(one["aliases"]) for one in models(trained))
    nothing = trained("rollback", doel, "--by", "anna", "--json")
    assert nothing.returncode == 1 and "earlier one" in nothing.stdout


def test_every_entry_point_is_a_command_of_ours() -> None:
    project = yaml.safe_load((ROOT / "MLproject").read_text())
    assert set(project["entry_points"]) == {"train", "evaluate", "score", "simulate", "monitor"}
    assert (ROOT / project["python_env"]).exists()
    for name, entry in project["entry_points"].items():
        assert f"python -m pipelines {name} " in entry["command"]
        places = dict.fromkeys(entry["parameters"], "x")
        assert "{" not in entry["command"].format(**places)
