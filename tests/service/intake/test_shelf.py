"""Law 7: a publication is on the shelf whole or not at all, whatever happens while it is taken in; readers go on."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

import service.store
from features.columns import Doel
from service.cli import main
from service.db.database import Database
from service.intake.aside import Aside
from service.intake.register import Register, Shelved, publicaties
from service.logs.bewaren import Bewaren
from service.logs.retention import clean
from service.logs.tables import audit
from service.ranking import cut
from service.records import Filters
from service.settings import Settings
from service.store import Publications
from tests.service.publication import write_publication
from tests.service.serving import GEMEENTE, KEY

ALL = Filters(rechten=frozenset({GEMEENTE}))


def settings(folder: Path) -> Settings:
    return Settings(publicaties=folder / "p", sleutel=KEY, database=f"sqlite:///{folder}/dienst/x.db")


def scores(store: Publications) -> tuple[str, frozenset[float]]:
    """The run in use, and every score in its list."""
    publication = store.current()
    rows = cut(publication, Doel.SPOOKBEWONING, ALL, limit=1000).rows.split()
    return publication.manifest.run_id, frozenset(row["stand"]["score"] for row in rows)


def test_a_large_one_is_taken_in_aside_while_the_old_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_publication(tmp_path / "p", "run-1", n=30)
    store = Publications(settings(tmp_path))
    assert scores(store)[0] == "run-1"
    monkeypatch.setattr(service.store, "AT_ONCE", 20)
    write_publication(tmp_path / "p", "run-2", n=30, seed=9)
    seen = [scores(store)[0]]
    until = time.monotonic() + 60
    while seen[-1] == "run-1" and time.monotonic() < until:
        time.sleep(0.02)
        seen.append(scores(store)[0])
    assert seen[0] == "run-1" and seen[-1] == "run-2"
    store.close()


def test_killed_at_any_moment_nothing_half_is_there_and_the_next_time_succeeds(tmp_path: Path) -> None:
    write_publication(tmp_path / "p", "run-1", n=30)
    write_publication(tmp_path / "p", "run-2", n=3000, seed=9, current=False)
    store = Publications(settings(tmp_path))
    before = scores(store)
    for pause in (0.0, 0.7, 1.4):
        aside = Aside(tmp_path / "p" / "run-2", store.shelf)
        time.sleep(pause)
        os.kill(aside._process.pid or 0, signal.SIGKILL)
        assert aside.told() or store.shelf.of_run("run-2")
        shutil.rmtree(store.shelf.of_run("run-2") or tmp_path / "nothing", ignore_errors=True)
        assert scores(store) == before
    store.publish(tmp_path / "p" / "run-2")
    assert scores(store)[0] == "run-2"
    assert list(store.shelf.root.glob(".bezig-*")) == []


def test_no_reader_ever_sees_two_runs_in_one_answer(tmp_path: Path) -> None:
    expected = {}
    for number in range(1, 5):
        written = write_publication(tmp_path / "p", f"run-{number}", n=40, seed=number, current=number == 1)
        mine = written.scores[written.scores["doel"] == "spookbewoning"]
        expected[f"run-{number}"] = frozenset(mine["score"])
    store = Publications(settings(tmp_path))
    seen: list[tuple[str, frozenset[float]]] = []
    stop = threading.Event()

    def reading() -> None:
        while not stop.is_set():
            seen.append(scores(store))

    readers = [threading.Thread(target=reading) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2, 5):
        (tmp_path / "p" / "actueel").write_text(f"run-{number}")
        time.sleep(0.3)
    stop.set()
    for reader in readers:
        reader.join()
    assert {run for run, _ in seen} == set(expected)
    assert all(found == expected[run] for run, found in seen)


def test_after_a_restart_the_last_one_is_in_use_also_without_its_source(tmp_path: Path) -> None:
    write_publication(tmp_path / "p", "run-1", n=10)
    before = scores(Publications(settings(tmp_path)))
    write_publication(tmp_path / "elsewhere", "run-2", n=10, seed=5)
    Publications(settings(tmp_path)).publish(tmp_path / "elsewhere" / "run-2")
    # What was published by hand stays, until there is news.
    assert scores(Publications(settings(tmp_path)))[0] == "run-2"
    shutil.rmtree(tmp_path / "elsewhere")
    shutil.rmtree(tmp_path / "p" / "run-1")
    again = Publications(settings(tmp_path))
    assert scores(again)[0] == "run-2"
    assert again.run("run-1").manifest.run_id == before[0]
    write_publication(tmp_path / "p", "run-3", n=10, seed=6)
    assert scores(again)[0] == "run-3"


def test_the_register_tells_what_was_in_use_when_and_retention_takes_file_and_row(
    database: Database, tmp_path: Path
) -> None:
    now = datetime(2026, 1, 10, 12, tzinfo=UTC)
    database.clock = lambda: now
    register = Register(database)
    store = Publications(settings(tmp_path), noticed=register)
    for number, month in ((1, 1), (2, 3), (3, 5)):
        now = datetime(2026, month, 10, 12, tzinfo=UTC)
        write_publication(tmp_path / "p", f"run-{number}", n=10, seed=number)
        for _ in range(3):
            store.current()
        register.wait()
    with database.looking() as read:
        rows = read.execute(select(publicaties).order_by(publicaties.c.nr)).all()
        told = read.execute(select(audit.c.handeling, audit.c.object_id)).all()
    assert [(row.run_id, row.in_gebruik.month, row.vervangen and row.vervangen.month) for row in rows] == [
        ("run-1", 1, 3), ("run-2", 3, 5), ("run-3", 5, None),
    ]  # fmt: skip
    assert told == [("publicatie.innemen", f"run-{number}") for number in (1, 2, 3)]
    now = datetime(2027, 4, 10, 12, tzinfo=UTC)  # run-1 was replaced 13 months ago, run-2 11
    assert [gone.rijen for gone in clean(database, [Shelved()], Bewaren(publicaties=12))] == [1]
    assert store.kept() == ("run-3", "run-2")
    assert not Path(rows[0].map).exists() and Path(rows[1].map).exists()


def test_publish_at_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_publication(tmp_path / "p", "run-1", n=10)
    write_publication(tmp_path / "p", "run-2", n=10, seed=4, current=False)
    for name, value in (("PUBLICATIES", str(tmp_path / "p")), ("SLEUTEL", KEY.hex())):
        monkeypatch.setenv(f"SCHIJNWERPER_{name}", value)
    assert main(["publish", "run-2"]) == 0
    assert "run-2: 10 addresses in use" in capsys.readouterr().out
    assert scores(Publications(Settings.from_environment()))[0] == "run-2"
    (tmp_path / "p" / "run-1" / "redenen.parquet").write_bytes(b"PAR1")
    assert main(["publish", "run-1"]) == 1
    assert "redenen.parquet" in capsys.readouterr().err
    assert main(["publish", "run-8"]) == 1
    monkeypatch.delenv("SCHIJNWERPER_SLEUTEL")
    assert main(["publish", "run-2"]) == 1  # with a key of its own nobody could open it
