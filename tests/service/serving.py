"""A real server on a free port, in a thread: what the tests ask is what a browser would get."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from service.app import create_app
from service.db.database import Clock, Database, utc_now
from service.logs.entry import Entry, Trace
from service.logs.leesgrens import Leesgrens
from service.people import Person, Role
from service.settings import Settings
from service.signin import sessions

KEY = b"a key for tests, 32 bytes long.."
GEMEENTE = "0175"
UNLIMITED = Leesgrens(per_minuut=10**9, per_uur=10**9, per_dag=10**9)  # one person is the whole suite


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running service: where, and its own store for looking behind the counter."""

    url: str
    settings: Settings
    database: Database

    def client(self, *roles: Role, name: str = "", gemeenten: frozenset[str] = frozenset({GEMEENTE})) -> httpx.Client:
        """Somebody with these roles, signed in; nobody without roles. Close it."""
        if not roles:
            return httpx.Client(base_url=self.url)
        return self.client_of(someone(*roles, name=name, gemeenten=gemeenten))

    def client_of(self, person: Person) -> httpx.Client:
        """`person`, signed in: the session's cookie and, for what changes something, its CSRF token as a header."""
        cookie, csrf = self.session_of(person)
        headers = {"Cookie": f"{sessions.COOKIE}={cookie}", "X-CSRF-Token": csrf}
        return httpx.Client(base_url=self.url, headers=headers)

    def cookies(self, *roles: Role, name: str = "") -> list[dict[str, object]]:
        """The cookies of somebody with these roles, for `BrowserContext.add_cookies`."""
        value, _ = self.session_of(someone(*roles, name=name))
        return [{"name": sessions.COOKIE, "value": value, "domain": "127.0.0.1", "path": "/", "secure": True}]

    def session_of(self, person: Person) -> tuple[str, str]:
        """A fresh session of `person`: the cookie's value and the CSRF token."""
        with self.database.unit(person, Trace()) as unit:
            cookie = sessions.begin(unit.connection, person, unit.now)
            unit.log(Entry(handeling="inloggen", object_soort="sessie"))
        with self.database.looking() as read:
            session = sessions.find(read, cookie, self.database.clock())
        assert session is not None
        return cookie, session.csrf


def someone(*roles: Role, name: str = "", gemeenten: frozenset[str] = frozenset({GEMEENTE})) -> Person:
    """A made-up person; the id follows from name and roles."""
    words = name or "-".join(sorted(roles))
    return Person(id=f"p-{words}"[:32], naam=words.title(), rollen=frozenset(roles), gemeenten=gemeenten)


@contextmanager
def serving(
    publicaties: Path,
    *,
    tegels: bool = False,
    demo: bool = False,
    database: str = "",
    clock: Clock = utc_now,
    **sections: Any,
) -> Iterator[Served]:
    """Serve `publicaties` and stop afterwards. database: URL; default a fresh SQLite file. sections: of dienst.toml."""
    with tempfile.TemporaryDirectory() as folder:
        url = database or f"sqlite:///{folder}/schijnwerper.db"
        sections = {"leesgrens": UNLIMITED, **sections}
        settings = Settings(publicaties=publicaties, sleutel=KEY, tegels=tegels, demo=demo, database=url, **sections)
        app = create_app(settings, clock=clock)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="critical", server_header=False, proxy_headers=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        assert server.started
        port = server.servers[0].sockets[0].getsockname()[1]
        behind = Database(url, key=KEY, clock=clock)
        try:
            yield Served(url=f"http://127.0.0.1:{port}", settings=settings, database=behind)
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            behind.close()
