from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.cli import main
from service.db.database import Database
from tests.service.logs.chain import ADDRESSES, checked, read
from tests.service.serving import KEY


@pytest.fixture
def store(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A log of four rows, and an environment that points at it."""
    for name in ("PUBLICATIES", "DIENST", "DEMO"):
        monkeypatch.delenv(f"SCHIJNWERPER_{name}", raising=False)
    monkeypatch.setenv("SCHIJNWERPER_DATABASE", database_url)
    monkeypatch.setenv("SCHIJNWERPER_SLEUTEL", KEY.hex())
    made = Database(database_url, key=KEY)
    for n in range(4):
        read(made, *ADDRESSES[n : n + 2])
    yield made
    made.close()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


Said = Callable[..., tuple[int, str, str]]


def test_verify_holds_then_names_the_first_broken_number(store: Database, said: Said) -> None:
    code, out, _ = said("audit", "verify")
    assert code == 0 and "4 rows, 1 to 4" in out
    witness = out.split()[-1]
    assert witness == f"4:{checked_hash(store, 4)}"
    assert said("audit", "verify", "--witness", witness)[0] == 0
    assert said("audit", "verify", "--witness", "4:" + "0" * 64)[0] == 1
    with store.engine.begin() as connection:
        behind = "" if store.engine.dialect.name == "sqlite" else " on auditlogboek"
        connection.execute(text(f"drop trigger auditlogboek_wijzigen{behind}"))
        connection.execute(text("update auditlogboek set object_id = 'x' where nr = 3"))
    code, _, err = said("audit", "verify")
    assert code == 1 and "row 3" in err
    with store.looking() as found:
        last = found.execute(text("select resultaat, bijzonderheden from auditlogboek order by nr desc limit 1")).one()
    assert last.resultaat == "mislukt" and json.loads(last.bijzonderheden)["fout"] == "3"


def checked_hash(store: Database, nr: int) -> str:
    with store.looking() as found:
        return bytes(found.execute(text("select hash from auditlogboek where nr = :nr"), {"nr": nr}).scalar_one()).hex()


def test_what_was_cut_off_at_the_end_shows_against_a_witness(store: Database, said: Said) -> None:
    witness = said("audit", "verify", "--no-note")[1].split()[-1]
    with store.engine.begin() as connection:
        for table in ("auditlogboek", "dataverwerkingen"):
            behind = "" if store.engine.dialect.name == "sqlite" else f" on {table}"
            connection.execute(text(f"drop trigger {table}_verwijderen{behind}"))
            connection.execute(text(f"delete from {table} where nr = 4"))
    assert said("audit", "verify", "--no-note")[0] == 0  # the chain alone cannot know
    code, _, err = said("audit", "verify", "--no-note", "--witness", witness)
    assert code == 1 and "no such row" in err


def test_extracts_in_the_order_of_the_log(store: Database, said: Said) -> None:
    rows = [json.loads(line) for line in said("audit", "extract")[1].splitlines()]
    assert [row["nr"] for row in rows] == [1, 2, 3, 4, 5]  # the last is this extract
    assert rows[0]["hash"] == checked_hash(store, 1)
    heading, *lines = said("audit", "extract", "--format", "csv", "--deed", "ranglijst.lezen")[1].splitlines()
    assert heading.startswith("nr,tijd,persoon") and len(lines) == 4
    records = [json.loads(line) for line in said("audit", "extract", "--log", "ldv")[1].splitlines()]
    assert len(records) == 8 and len({r["attributes"]["dpl.core.data_subject_id"] for r in records}) == 5
    assert set(records[0]) == {"trace_id", "span_id", "status", "name", "start_time", "end_time", "attributes"}
    assert said("audit", "extract", "--from", "2000-01-01", "--to", "2000-01-02")[1] == ""


def test_who_saw_an_address(store: Database, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [json.loads(line) for line in said("audit", "views", ADDRESSES[1])[1].splitlines()]
    assert [(row["nr"], row["persoon"], row["bijzonderheden"]["run"]) for row in rows] == [
        (2, "p-lezer", "2026-11"),
        (1, "p-lezer", "2026-11"),
    ]
    monkeypatch.delenv("SCHIJNWERPER_SLEUTEL")  # with another key every address is a stranger: say so
    code, _, err = said("audit", "views", ADDRESSES[1])
    assert code == 1 and "SCHIJNWERPER_SLEUTEL" in err


def test_retention_prints_what_goes(store: Database, said: Said) -> None:
    code, out, _ = said("retention", "--dry-run")
    assert code == 0 and "auditlogboek" in out and "36" in out
    assert said("retention")[0] == 0
    assert checked(store).tot == 4


def test_no_new_store_by_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    monkeypatch.setenv("SCHIJNWERPER_DATABASE", f"sqlite:///{tmp_path / 'nergens' / 'x.db'}")
    code, _, err = said("audit", "verify")
    assert code == 1 and "no such file" in err
    assert list(tmp_path.iterdir()) == []
