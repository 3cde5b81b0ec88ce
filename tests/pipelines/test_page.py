"""The page as a process of its own: it comes up, is found again, and is stopped."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from features.errors import Refusal
from pipelines import page
from pipelines.cli import call
from tests.service.publication import write_publication


def test_start_find_again_and_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_publication(tmp_path / "publicaties")
    url = page.start(tmp_path / "publicaties", page._free_port(), tmp_path)
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            assert answer.status == 200 and b"<html" in answer.read()
        assert page.start(tmp_path / "publicaties", 1, tmp_path) == url, "a page that runs is left running"
    finally:
        page.stop(tmp_path)
    assert not (tmp_path / page.PID_FILE).exists()


def test_a_service_that_refuses_to_start_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_publication(tmp_path / "publicaties", n=5)
    monkeypatch.setenv("SCHIJNWERPER_DEMO", "nee")  # no provider of identities either: nobody could sign in
    assert call(["serve", str(tmp_path / "publicaties"), "--port", str(page._free_port())]) == 1


@pytest.mark.parametrize("command", [["audit", "verify"], ["retention", "--dry-run"]])
def test_a_command_passed_on_ends_as_the_service_ended(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHIJNWERPER_DATABASE", f"sqlite:///{tmp_path / 'nowhere.db'}")
    assert call(command) == 1


def test_without_a_publication_nothing_is_served(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no publication"):
        page.serve(tmp_path, page._free_port())
