"""The head of the list in the terminal obeys the stop flag as the page does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import top


def test_a_stopped_publication_has_no_head(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its tables are not even opened: there are none here."""
    (tmp_path / "manifest.json").write_text(
        json.dumps({"stop": {"sinds": "2026-11-01T00:00:00+00:00", "reden": ["x"]}})
    )
    top.show(tmp_path)
    assert "no ranking is shown" in " ".join(capsys.readouterr().out.split())
