from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.cases.working import Clock
from tests.service.publication import Written, write_publication
from tests.service.rounds.planning import Field, field


@pytest.fixture(scope="session")
def countryside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the publication of `written_here` lies."""
    folder = tmp_path_factory.mktemp("plannen") / "publicaties"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def written_here(countryside: Path) -> Written:
    """60 addresses in and around three places."""
    return write_publication(countryside, n=60)


@pytest.fixture
def made(countryside: Path, written_here: Written, database_url: str) -> Iterator[Field]:
    """On both databases, on a clock that stands."""
    yield from _opened(countryside, database_url)


@pytest.fixture
def made_here(countryside: Path, written_here: Written, migrated_sqlite: Path, tmp_path: Path) -> Iterator[Field]:
    """On SQLite alone: for what no database decides."""
    copy = tmp_path / "schijnwerper.db"
    shutil.copyfile(migrated_sqlite, copy)
    yield from _opened(countryside, f"sqlite:///{copy}")


def _opened(folder: Path, url: str) -> Iterator[Field]:
    found = field(folder, url, Clock())
    yield found
    found.desk.publications.close()
    found.desk.database.close()
