from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.publication import Written, write_publication
from tests.service.serving import running


@pytest.fixture(scope="session")
def publicaties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("publicaties")


@pytest.fixture(scope="session")
def written(publicaties: Path) -> Written:
    return write_publication(publicaties)


@pytest.fixture(scope="session")
def base(publicaties: Path, written: Written) -> Iterator[str]:
    """One server over one publication, for every test that only reads."""
    with running(publicaties) as url:
        yield url


@pytest.fixture(scope="session")
def client(base: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base) as http:
        yield http


@pytest.fixture
def client_of(request: pytest.FixtureRequest) -> Iterator[object]:
    """A function from a folder of publications to a client of a server of its own."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def make(folder: Path, *, tegels: bool = False) -> httpx.Client:
            url = stack.enter_context(running(folder, tegels=tegels))
            return stack.enter_context(httpx.Client(base_url=url))

        yield make
