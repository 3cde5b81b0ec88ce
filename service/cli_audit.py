"""`python -m service audit …`: does the chain hold, extracts of both logs, and who saw an address."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from sqlalchemy import Connection, select

from features.errors import Refusal
from service.cli_store import lasting_key, opened
from service.db.database import Database
from service.faults import StoreUnavailable
from service.logs import processing, read
from service.logs.entry import Entry, Trace
from service.logs.extract import csv_rows, told
from service.logs.read import Filter, Regel
from service.logs.state import outcome
from service.logs.tables import audit
from service.logs.verify import Chain, verify
from service.settings import Settings
from service.web import tijd

DAY = ["%Y-%m-%d"]
From = Annotated[
    datetime | None, typer.Option("--from", formats=DAY, help="First day (Dutch time).", show_default=False)
]
To = Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Last day, included.", show_default=False)]


class Log(StrEnum):
    """Which log."""

    AUDIT = "audit"
    LDV = "ldv"


class Form(StrEnum):
    """How it is written: one JSON object a line, or CSV with a heading (audit log only)."""

    JSONL = "jsonl"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="The audit log and the log of data processing.")
    group.command(name="verify")(verify_chain)
    group.command(name="extract")(extract)
    group.command(name="views")(views)
    app.add_typer(group, name="audit")


def verify_chain(
    witness: Annotated[
        str, typer.Option(help="NR:HASH as printed by an earlier check: also holds the log against that.")
    ] = "",
    note: Annotated[bool, typer.Option(help="Write the outcome in the log, for the page of the auditor.")] = True,
) -> None:
    """Recompute the whole chain; exit 1 and the first broken number when it does not hold."""
    with opened(Settings.from_environment()) as database:
        with database.looking() as connection:
            chain = verify(connection)
            if witness and chain.fout is None:
                _against(connection, witness)
        if note:
            _note(database, outcome(chain))
        if chain.fout is not None:
            raise _broken(chain)
        print(f"The chain holds: {chain.tot - chain.van + 1:,} rows, {chain.van} to {chain.tot}.")
        print("Keep the next line elsewhere; `--witness` shows later that nothing was cut off:")
        print(f"{chain.tot}:{chain.hash.hex()}")


def extract(
    log: Annotated[Log, typer.Option(help="Which log.")] = Log.AUDIT,
    begin: From = None,
    end: To = None,
    person: Annotated[str, typer.Option(help="Pseudonym (audit log).")] = "",
    deed: Annotated[str, typer.Option(help="Kind of deed, e.g. adres.lezen (audit log).")] = "",
    form: Annotated[Form, typer.Option("--format")] = Form.JSONL,
) -> None:
    """Print a log, the oldest row first: the audit log as stored, the LDV log one record per data subject."""
    if log is Log.LDV and form is Form.CSV:
        raise Refusal("audit extract", found="--log ldv --format csv", expected="jsonl", do="leave --format out")
    van, tot = _period(begin, end)
    with opened(Settings.from_environment()) as database:
        _note(database, Entry(handeling="logboek.uittreksel", object_soort="logboek", object_id=log.value))
        with database.looking() as connection:
            if log is Log.LDV:
                for record in processing.stream(connection, van=van, tot=tot):
                    print(json.dumps(record.fields(), ensure_ascii=False))
                return
            which = Filter(van=van, tot=tot, persoon=person, handeling=deed)
            _print(read.stream(connection, which), form)


def views(
    identificatie: Annotated[str, typer.Argument(help="The address: adresseerbaarobject_identificatie.")],
    begin: From = None,
    end: To = None,
) -> None:
    """Print who was given data of one address, when, and from which run; the newest first."""
    settings = Settings.from_environment()
    lasting_key(settings, "audit views")
    van, tot = _period(begin, end)
    with opened(settings) as database:
        with database.reading(None, Trace()) as unit:
            found = read.inzagen(unit.connection, database.key, identificatie, van=van, tot=tot)
            unit.log(Entry(handeling="logboek.adres", object_soort="adres", adressen=(identificatie,)))
        _print(iter(found), Form.JSONL)


def _print(rows: Iterator[Regel], form: Form) -> None:
    if form is Form.CSV:
        csv.writer(sys.stdout).writerows(csv_rows(rows))
        return
    for row in rows:
        print(json.dumps(told(row), ensure_ascii=False))


def _period(begin: datetime | None, end: datetime | None) -> tuple[datetime | None, datetime | None]:
    return tijd.begin(begin.date() if begin else None), tijd.after(end.date() if end else None)


def _note(database: Database, entry: Entry) -> None:
    try:
        database.note(None, Trace(), entry)
    except StoreUnavailable as fault:
        print(f"not written in the log, which cannot be written: {fault}", file=sys.stderr)


def _against(connection: Connection, witness: str) -> None:
    number, _, expected = witness.partition(":")
    found = connection.execute(
        select(audit.c.hash).where(audit.c.nr == (int(number) if number.isdigit() else 0))
    ).scalar()
    if found is None or bytes(found).hex() != expected.lower():
        raise Refusal(
            f"the audit log, row {number}",
            found="no such row" if found is None else bytes(found).hex(),
            expected=expected or "NR:HASH",
            do="the log is not the one of that check: take the back-up of that day, and find out who had access",
        )


def _broken(chain: Chain) -> Refusal:
    return Refusal(
        f"the audit log, row {chain.fout}",
        found=chain.reden,
        expected=f"a chain that goes on after row {chain.tot}",
        do="keep the file as it is, compare it with a back-up from row "
        f"{chain.fout} on, and report it: somebody changed the log",
    )
