from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import Refusal
from service.assets import COPIES, MODULES, ROOT, copy_assets


def test_every_file_is_copied_with_its_licence(tmp_path: Path) -> None:
    if not MODULES.is_dir():
        pytest.skip("node_modules is absent: npm ci has not run")
    assert copy_assets(MODULES, tmp_path) == len(COPIES)
    assert {file.name for file in tmp_path.iterdir()} == {name for _, name in COPIES}
    packages = {
        source.split("/dist/")[0].split("/src/")[0].split("/files/")[0].rsplit("/LICENSE", 1)[0] for source, _ in COPIES
    }
    licensed = {source.rsplit("/LICENSE", 1)[0] for source, _ in COPIES if "/LICENSE" in source}
    assert packages == licensed


def test_a_missing_package_is_refused_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="npm ci"):
        copy_assets(tmp_path, tmp_path / "vendor")


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 50
