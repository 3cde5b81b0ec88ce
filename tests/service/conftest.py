from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from service.db.database import Database
from service.db.engine import connect
from service.db.migrate import upgrade
from service.people import Role
from tests.postgres import ABSENT, cluster, drop_database, installed, new_database
from tests.service.publication import Written, write_publication
from tests.service.serving import KEY, Served, serving

READER = (Role.BEOORDELAAR,)  # who may see both lists and addresses


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own; `new_database(postgres)` gives an empty database on it."""
    if not installed():
        pytest.skip(ABSENT)
    with cluster() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """The name of a database with our tables, to be copied."""
    url = new_database(postgres)
    migrated(url)
    return str(make_url(url).database)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our tables, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "schijnwerper.db"
    migrated(f"sqlite:///{file}")
    return file


def migrated(url: str) -> None:
    engine = connect(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind with our tables in it: a test that asks for it runs on both."""
    if request.param == "sqlite":
        copy = tmp_path / "schijnwerper.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), copy)
        yield f"sqlite:///{copy}"
        return
    server = request.getfixturevalue("postgres")
    url = new_database(server, template=request.getfixturevalue("migrated_postgres"))
    yield url
    drop_database(server, url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The store with its tables, on both kinds of database."""
    made = Database(database_url, key=KEY)
    yield made
    made.close()


@pytest.fixture(scope="session")
def publicaties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("publicaties")


@pytest.fixture(scope="session")
def written(publicaties: Path) -> Written:
    return write_publication(publicaties)


@pytest.fixture(scope="session")
def served(publicaties: Path, written: Written) -> Iterator[Served]:
    """One server over one publication, for every test that only reads."""
    with serving(publicaties) as running:
        yield running


@pytest.fixture(scope="session")
def base(served: Served) -> str:
    return served.url


@pytest.fixture(scope="session")
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client(*READER) as http:
        yield http


@pytest.fixture
def client_of() -> Iterator[Callable[..., httpx.Client]]:
    """A function from a folder of publications to a signed-in client of a server of its own."""
    with ExitStack() as stack:

        def make(folder: Path, *, tegels: bool = False) -> httpx.Client:
            running = stack.enter_context(serving(folder, tegels=tegels))
            return stack.enter_context(running.client(*READER))

        yield make
