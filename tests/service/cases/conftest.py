from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.db.database import Database
from service.people import Role
from tests.service.cases.working import Clock, Work
from tests.service.serving import KEY


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(database_url: str, clock: Clock) -> Iterator[Work]:
    """Two who handle, two who approve, on both databases, on a clock that stands."""
    database = Database(database_url, key=KEY, clock=clock)
    made = Work(database)
    for name in ("anna", "bilal"):
        made.hire(Role.BEOORDELAAR, name=name)
    for name in ("carla", "cem"):
        made.hire(Role.GOEDKEURDER, name=name)
    yield made
    database.close()
