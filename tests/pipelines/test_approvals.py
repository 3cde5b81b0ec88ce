"""Our own record: what was written stays, in order, whole or not at all; a change shows."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from features.errors import Refusal
from models.figures import Gate
from pipelines.approvals import Approvals, Event, What
from pipelines.standing import same_person, standing

TRAINED = Event(
    what=What.TRAINED,
    person="schijnwerper train",
    doel="spookbewoning",
    name="schijnwerper-spookbewoning",
    version="1",
    sha256="ab" * 32,
    scope="0175",
    gates=(Gate(name="ijking", passed=True, found="0,03", expected="minder dan 0,05"),),
)
PROPOSED = replace(TRAINED, what=What.PROPOSED, person="anna", gates=None)
APPROVED = replace(PROPOSED, what=What.APPROVED, person="bert")


@pytest.fixture
def record(tmp_path: Path) -> Approvals:
    return Approvals(tmp_path / "werk" / "goedkeuringen.db")


def test_there_is_nothing_before_the_first_row(record: Approvals) -> None:
    assert record.events() == () and not record.file.exists()


def test_rows_come_back_in_order_with_their_time(record: Approvals) -> None:
    record.append(lambda _: [TRAINED])
    record.append(lambda before: [PROPOSED, APPROVED] if len(before) == 1 else [])
    found = record.events()
    assert [replace(event, at="") for event in found] == [TRAINED, PROPOSED, APPROVED]
    assert all(event.at.endswith("+00:00") for event in found)
    assert [event.at for event in found] == sorted(event.at for event in found)


def test_what_is_refused_in_the_middle_writes_nothing(record: Approvals) -> None:
    record.append(lambda _: [TRAINED])

    def half(_: object) -> list[Event]:
        raise RuntimeError("after the first of two")

    with pytest.raises(RuntimeError):
        record.append(half)
    with pytest.raises(AttributeError):
        record.append(lambda _: [PROPOSED, None])  # type: ignore[list-item]
    assert [event.what for event in record.events()] == [What.TRAINED]


@pytest.mark.parametrize("statement", ["update gebeurtenissen set persoon = 'x'", "delete from gebeurtenissen"])
def test_a_row_cannot_be_changed_or_removed(record: Approvals, statement: str) -> None:
    record.append(lambda _: [TRAINED])
    with sqlite3.connect(record.file) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "change",
    ["update gebeurtenissen set persoon = 'carla' where nr = 3", "delete from gebeurtenissen where nr = 2"],
)
def test_whoever_drops_the_triggers_and_changes_a_row_is_found_out(record: Approvals, change: str) -> None:
    record.append(lambda _: [TRAINED, PROPOSED, APPROVED])
    with sqlite3.connect(record.file) as connection:
        connection.executescript(f"drop trigger niet_wijzigen; drop trigger niet_wissen; {change};")
    connection.close()
    with pytest.raises(Refusal, match="chain that breaks"):
        record.events()
    with pytest.raises(Refusal, match="chain that breaks"):
        record.append(lambda _: [APPROVED])


def test_a_file_that_is_no_database_is_refused(record: Approvals) -> None:
    record.file.parent.mkdir()
    record.file.write_text("geen database, maar wel lang genoeg om er op te lijken " * 40)
    with pytest.raises(Refusal, match="the champion is as it was"):
        record.events()


def test_kill_9_between_two_rows_leaves_none_of_them(record: Approvals) -> None:
    record.append(lambda _: [TRAINED])
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from pipelines import approvals\n"
        "from tests.pipelines.test_approvals import PROPOSED, APPROVED\n"
        "real = approvals._add\n"
        "def add(connection, event):\n"
        "    real(connection, event)\n"
        "    if event is APPROVED: os.kill(os.getpid(), signal.SIGKILL)\n"
        "approvals._add = add\n"
        "approvals.Approvals(Path(sys.argv[1])).append(lambda _: [PROPOSED, APPROVED])\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": root}
    done = subprocess.run([sys.executable, "-c", code, str(record.file)], env=environment, cwd=root, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [event.what for event in record.events()] == [What.TRAINED]


def test_standing_of_a_version_through_its_life() -> None:
    second = replace(TRAINED, version="2")
    events = [TRAINED, PROPOSED, APPROVED, second, replace(PROPOSED, version="2"), replace(APPROVED, version="2")]
    name = TRAINED.name
    assert standing(events[:2], name).waiting["1"].person == "anna"
    assert standing(events[:2], name).champion is None
    now = standing(events, name)
    assert [one.version for one in now.approved] == ["1", "2"] and now.waiting == {}
    back = standing([*events, replace(APPROVED, version="2", what=What.ROLLED_BACK)], name)
    assert back.champion is not None and back.champion.version == "1"
    assert back.approval("2") is None
    assert standing(events, "another name").trained == {}


def test_an_approval_without_a_proposal_counts_for_nothing() -> None:
    assert standing([TRAINED, APPROVED], TRAINED.name).champion is None


@pytest.mark.parametrize(("one", "other", "same"), [
    ("anna", "Anna ", True), ("Anna de Vries", "annadevries", True), ("ＡNNA", "anna", True), ("anna", "anne", False),
])  # fmt: skip
def test_one_person_in_two_spellings(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
