"""A real PostgreSQL of Debian's packages, in a folder of its own, for as long as the tests run."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

NOBODY_OF_OURS = "postgres"  # PostgreSQL refuses to run as root
PLACES = (Path("/dev/shm"), Path("/tmp"))  # memory, where there is such a folder: nothing of it need last
ABSENT = "PostgreSQL is absent: apt-get install postgresql"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running server. url: with {} where the name of a database goes. largest_file: bytes, 0 = no limit."""

    folder: Path
    largest_file: int = 0

    @property
    def url(self) -> str:
        return f"postgresql://schijnwerper@/{{}}?host={self.folder}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-o", options, "-l", log, "start")

    def stop(self) -> None:
        """Every connection is cut, as when the machine restarts."""
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    def create(self, segment: int = 16) -> None:
        """segment: size of a file of the write-ahead log, in MB."""
        options = ("-U", "schijnwerper", "--auth=trust", "-E", "UTF8", "--no-sync", f"--wal-segsize={segment}")
        self._run("initdb", "-D", self.folder / "data", *options)

    def _run(self, program: str, *arguments: object) -> None:
        words = [str(word) for word in (_binaries() / program, *arguments)]
        if os.geteuid() == 0:
            words = ["setpriv", "--reuid", NOBODY_OF_OURS, "--regid", NOBODY_OF_OURS, "--clear-groups", *words]
        limit = self.largest_file
        subprocess.run(
            words,
            check=True,
            capture_output=True,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
        )


def installed() -> bool:
    """Whether this machine has PostgreSQL."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@contextmanager
def own_cluster(*, largest_file: int = 0, segment: int = 16) -> Iterator[Cluster]:
    """One that may be stopped, started and filled up. Raises RuntimeError where none is installed."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=PLACES[0] if PLACES[0].is_dir() else PLACES[1]))
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY_OF_OURS, NOBODY_OF_OURS)
    made = Cluster(folder=folder, largest_file=largest_file)
    try:
        made.create(segment)
        made.start()
        yield made
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """Start one; gives the URL of its server, without a database name."""
    with own_cluster() as made:
        yield made.url


def new_database(server: str, *, template: str = "template1") -> str:
    """A database on `server` like `template` (nobody may be connected to that); its URL."""
    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}")
    return server.format(name)


def drop_database(server: str, url: str) -> None:
    """Whoever is still connected to it is cut off."""
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database {make_url(url).database} with (force)")


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError(ABSENT)
    return found[-1].parent
