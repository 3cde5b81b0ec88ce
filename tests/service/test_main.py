from __future__ import annotations

from pathlib import Path

import pytest

import service.cli as command
from features.errors import Refusal
from service import serve as serving
from service.people import Role
from service.settings import Settings


def test_arguments_become_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[tuple[Settings, bool]] = []
    monkeypatch.setattr(command, "serve", lambda settings, *, open_browser: seen.append((settings, open_browser)))
    assert command.main(["serve", str(tmp_path), "--port", "8123"]) == 0
    assert (seen[0][0].publicaties, seen[0][0].port, seen[0][1]) == (tmp_path, 8123, False)


def test_a_refusal_is_one_line_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SCHIJNWERPER_HOST", "0.0.0.0")
    assert command.main(["serve", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_without_assets_it_says_which_command_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "STATIC", tmp_path)
    with pytest.raises(Refusal, match=r"python -m service\.assets"):
        serving.serve(Settings(publicaties=tmp_path))


def test_a_page_on_which_nobody_can_sign_in_is_not_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "utrecht.css").touch()
    monkeypatch.setattr(serving, "STATIC", tmp_path)
    with pytest.raises(Refusal, match="no way to sign in"):
        serving.serve(Settings(publicaties=tmp_path))


def test_the_demo_accounts_are_printed_with_their_roles(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["demo-accounts"]) == 0
    told = capsys.readouterr().out
    assert "Anna de Boer" in told and all(role in told for role in Role)
