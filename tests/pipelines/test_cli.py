"""Exit codes, `--json`, and that every command is documented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import check
from pipelines.cli import app, call

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(tmp_path / "werk"))


@pytest.mark.parametrize("arguments", [["check", "x", "--onbekend"], ["bestaatniet"], ["check"]])
def test_wrong_arguments_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(arguments) == 1
    assert "schijnwerper --help" in capsys.readouterr().err


def test_a_missing_folder_is_refused_in_four_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["check", "nergens"]) == 1
    told = capsys.readouterr().err
    assert all(part in told for part in ("nergens", "found", "expected", "what to do")) and "Traceback" not in told


def test_a_refusal_is_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["check", "nergens", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document.keys() == {"refused", "place", "found", "expected", "do"}


@pytest.mark.parametrize("machine", [[], ["--json"]])
def test_a_fault_of_ours_is_2_and_its_message_is_kept(
    machine: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message could quote a row of the register."""

    quoted = "999990019"

    def broken(*_: object) -> None:
        raise ValueError(quoted)

    monkeypatch.setattr(check, "run", broken)
    assert call(["check", "x", *machine]) == 2
    told = capsys.readouterr()
    assert quoted not in told.out + told.err
    assert "ValueError" in told.out + told.err and "test_cli.py" in told.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"schijnwerper {command}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert call(["--help"]) == 0
    assert command in capsys.readouterr().out
    found = next(c for c in app.registered_commands if command in (c.name, getattr(c.callback, "__name__", None)))
    assert found.callback is not None and found.callback.__doc__
