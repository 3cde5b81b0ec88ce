"""Kill a child process with SIGKILL at a chosen moment: just before its n-th statement on any database, or in between.

    killed = Killing().run(function, url, 7)         # dies before statement 7 of function(url)
    total = Killing().statements(function, url)      # how many there are when nobody kills it

`function` is a module-level function (it is imported by the child) and opens its own `Database`; statements are counted
on every connection, the committer's and the commits included. Children are forked from a server that has done the
importing, so one costs some 30 ms.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import psycopg
from sqlalchemy import Engine, event

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["service.app", "tests.service.serving", "tests.service.killing"])


class Killing:
    """One place to start such children from."""

    def run(self, function: Callable[..., None], *arguments: Any, before: int) -> bool:
        """Run `function(*arguments)` and kill it before statement `before` (1, 2, …); False when it ended sooner."""
        code = self._started(function, arguments, before, None)
        if code not in (0, -signal.SIGKILL):
            raise AssertionError(f"the child neither ended well nor was killed: {code}")
        return code != 0

    def statements(self, function: Callable[..., None], *arguments: Any) -> int:
        """How many statements `function(*arguments)` has."""
        here, there = SERVER.Pipe(duplex=False)
        code = self._started(function, arguments, 0, there)
        assert code == 0, code
        return int(here.recv())

    def _started(
        self, function: Callable[..., None], arguments: tuple[Any, ...], before: int, tell: Connection | None
    ) -> int:
        child = SERVER.Process(target=_child, args=(function, arguments, before, tell))
        child.start()
        child.join(60)
        code = child.exitcode
        child.close()
        assert code is not None
        return code


def _child(function: Callable[..., None], arguments: tuple[Any, ...], before: int, tell: Connection | None) -> None:
    counted = 0

    told = ""

    def traced(statement: str) -> None:
        nonlocal told
        if statement != told:  # SQLite tells of a statement again for every trigger that it sets off
            told = statement
            tick()

    def tick(*_: object) -> None:
        nonlocal counted
        counted += 1
        if counted == before:
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(connection: Any, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(traced)  # commits included
        elif isinstance(connection, psycopg.Connection):
            connection.cursor_factory = _ticking(tick)

    event.listen(Engine, "connect", listen)
    event.listen(Engine, "commit", lambda connection: tick() if connection.dialect.name == "postgresql" else None)
    function(*arguments)
    if tell is not None:
        tell.send(counted)


def _ticking(tick: Callable[[], None]) -> type[psycopg.Cursor[Any]]:
    class Ticking(psycopg.Cursor[Any]):
        def execute(self, *words: Any, **options: Any) -> Ticking:
            tick()
            super().execute(*words, **options)
            return self

    return Ticking
