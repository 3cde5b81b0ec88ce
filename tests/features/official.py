"""The official and open data stay outside the repository: a test that needs them is skipped where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def official(*parts: str) -> Path:
    """A file or folder of the official data; skips the test, with the reason, when it is absent."""
    folder = Path(os.environ.get("SCHIJNWERPER_OFFICIAL_DATA", ROOT.parent / "shared" / "data"))
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"official data absent: {'/'.join(parts)} (set SCHIJNWERPER_OFFICIAL_DATA)")
    return path
