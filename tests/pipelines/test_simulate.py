"""`schijnwerper simulate` from the command line, on the smallest town; and the page that documents it."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.loop import SECTIONS, text, write
from features.errors import Refusal
from models.policies_named import POLICIES, Learning
from models.simulate import Setup, play
from pipelines.cli import call
from pipelines.cli_simulate import listed, numbers
from pipelines.loop_files import without_nan
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.simulate import RUNS, Simulated, Wanted, policy_of, run
from tests.models.toy_world import ToyWorld

PAGE = Path(__file__).parents[2] / "docs" / "benchmark.md"
WANTED = Wanted(policies=("chance", "profiles"), seeds=(4,), addresses=400, months=2, before=12, capacity=3)
KEY = b"sleutel-voor-de-proef-0123456789abcdef"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(werkmap=tmp_path_factory.mktemp("werk"), mlflow="", taken=1, zaad=1, key=KEY)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uit")


@pytest.fixture(scope="module")
def done(settings: Settings, out: Path) -> Simulated:
    return run(WANTED, out, settings, Steps(quiet=True))


def test_it_leaves_tables_and_pictures(done: Simulated, out: Path) -> None:
    months = pd.read_csv(out / "months.csv")
    assert len(months) == 2 * 2 * 2 and set(months["policy"]) == {"chance", "profiles"}
    assert (months["picked"] == 3).all()
    assert (months.loc[months["policy"] == "chance", "drawn"] == 3).all()
    for name in ("hits", "estimate", "calibration", "disparity"):
        assert (out / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    figures = json.loads((out / "figures.json").read_text(), parse_constant=lambda c: pytest.fail(c))
    assert [f["policy"] for f in figures] == ["chance"] * 2 + ["profiles"] * 2
    assert done.kept == 0 and done.played[0].policy == "chance"


def test_what_was_played_is_kept_and_only_that(
    done: Simulated, settings: Settings, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sorted((out / RUNS).iterdir())
    before = {file: file.stat().st_mtime_ns for file in files}
    files[0].write_text("{")  # an interrupted disk: play it again
    again = run(WANTED, out, settings, Steps(quiet=True))
    assert again.kept == 1 and str(again.played[0].run) == str(done.played[0].run)
    assert files[1].stat().st_mtime_ns == before[files[1]]
    other = run(replace(WANTED, capacity=2, policies=("chance",)), out, settings, Steps(quiet=True))
    assert other.kept == 0 and other.played[0].run.months[0].picked == 2
    fresh = run(replace(WANTED, policies=("chance",)), out, settings, Steps(quiet=True), fresh=True)
    assert fresh.kept == 0


def test_the_command_prints_a_document_or_tables(
    done: Simulated, settings: Settings, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(settings.werkmap))
    monkeypatch.setenv("SCHIJNWERPER_SLEUTEL", KEY.decode())
    arguments = ["simulate", "--out", str(out), "--addresses", "400", "--months", "2", "--before", "12"]
    arguments += ["--capacity", "3", "--seeds", "4", "--policies", "chance, profiles"]
    assert call([*arguments, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["kept"] == 2 and document["figures"][0]["policy"] == "chance"
    assert call(arguments) == 0
    printed = capsys.readouterr().out
    assert "spookbewoning: what it yields" in printed and "coverage" in printed and "2 runs (2 kept" in printed


@pytest.mark.parametrize("name", ["luck", "no_such_module:Policy", "models.policies:Nobody", "models.policies"])
def test_an_unknown_policy_is_refused_before_the_work_begins(name: str, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=re.escape(name)):
        run(replace(WANTED, policies=(name,)), tmp_path / "uit", settings, Steps(quiet=True))
    assert not (tmp_path / "uit").exists()


def test_a_town_that_cannot_be_made_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="13 to 120"):
        run(replace(WANTED, months=200), tmp_path / "uit", settings, Steps(quiet=True))


def test_the_example_on_the_page_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    (tmp_path / "mine.py").write_text(code.group(1), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "mine", raising=False)
    found = play(ToyWorld(), policy_of("mine:LongEmpty", Learning()), Setup(capacity=5))
    spook, schijn = ([m for m in found.months if m.doel == doel] for doel in ("spookbewoning", "schijnbewoning"))
    # Every tenth of 300 is long empty; the first thirty picks of both targets together are those.
    assert sum(m.hits for m in spook) + sum(m.other for m in schijn) == 30


def test_the_page_names_every_policy_and_has_room_for_the_results() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in POLICIES)
    for section in SECTIONS:
        assert page.count(f"<!-- {section} -->") == page.count(f"<!-- /{section} -->") == 1


def test_the_tables_go_between_the_markers(done: Simulated, tmp_path: Path) -> None:
    page = tmp_path / "benchmark.md"
    page.write_text("before\n<!-- results -->\nold\n<!-- /results -->\nafter\n", encoding="utf-8")
    for _ in range(2):
        write(done, page)
    written = page.read_text(encoding="utf-8")
    assert written == f"before\n<!-- results -->\n{text(done)}<!-- /results -->\nafter\n"
    assert "| chance |" in written and "clopper-pearson" in written
    assert (tmp_path / "benchmark" / "hits.png").exists()


def test_the_unseen_towns_have_markers_of_their_own_and_no_pictures(done: Simulated, tmp_path: Path) -> None:
    page = tmp_path / "benchmark.md"
    page.write_text("<!-- results -->\nold\n<!-- /results -->\n<!-- unseen --><!-- /unseen -->\n", encoding="utf-8")
    write(done, page, "unseen")
    expected = f"<!-- results -->\nold\n<!-- /results -->\n<!-- unseen -->\n{text(done)}<!-- /unseen -->\n"
    assert page.read_text(encoding="utf-8") == expected
    assert not (tmp_path / "benchmark").exists()


@pytest.mark.parametrize("text", ["", "one", "1;2", "-3", "1.5"])
def test_seeds_that_are_no_numbers_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="--seeds"):
        numbers(text)


def test_lists_are_read_once_and_in_order() -> None:
    assert numbers("3, 1 2,1") == (3, 1, 2)
    assert listed("profiles,mine:LongEmpty") == ("profiles", "mine:LongEmpty") and listed("") == ()


def test_nan_is_null_in_json() -> None:
    assert without_nan({"a": (float("nan"), 1.0), "b": [{"c": float("nan")}]}) == {"a": [None, 1.0], "b": [{"c": None}]}
