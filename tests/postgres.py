"""A real PostgreSQL of Debian's packages, in a folder of its own, for as long as the tests run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

NOBODY_OF_OURS = "postgres"  # PostgreSQL refuses to run as root


@contextmanager
def cluster() -> Iterator[str]:
    """Start one; gives the URL of its server, without a database name. Raises RuntimeError where none is installed."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY_OF_OURS, NOBODY_OF_OURS)
    data = folder / "data"
    _run(binaries / "initdb", "-D", data, "-U", "schijnwerper", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
    _run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql://schijnwerper@/{{}}?host={folder}"
    finally:
        _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """An empty database on `server`; its URL."""
    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return server.format(name)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("no PostgreSQL: install Debian's package `postgresql`")
    return found[-1].parent


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["setpriv", "--reuid", NOBODY_OF_OURS, "--regid", NOBODY_OF_OURS, "--clear-groups", *words]
    subprocess.run(
        words, check=True, capture_output=True, cwd="/", env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    )
