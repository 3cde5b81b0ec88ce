"""Opening the service's store from the command line: the one that is there, and never a new one by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from features.errors import Refusal
from service.db.database import Database
from service.faults import StoreUnavailable
from service.logs.tables import audit
from service.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The store of `settings`. Raises Refusal when it is not there, has no tables or cannot be reached."""
    url = make_url(settings.database_url)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise _refusal(shown, "no such file")
    database = Database(settings.database_url, key=settings.sleutel, leesgrens=settings.leesgrens)
    try:
        if not inspect(database.engine).has_table(audit.name):
            raise _refusal(shown, "a database without our tables")
        yield database
    except (SQLAlchemyError, StoreUnavailable) as fault:
        raise _refusal(shown, f"{type(fault).__name__}: {fault}") from fault
    finally:
        database.close()


def lasting_key(settings: Settings, what: str) -> None:
    """Raises Refusal when the key was drawn just now: it cannot be the one with which the logs were written."""
    if settings.sleutel != Settings.from_environment().sleutel:
        raise Refusal(
            f"{what}, SCHIJNWERPER_SLEUTEL",
            found="none",
            expected="the key with which the service runs: the LDV log names addresses by it",
            do="set SCHIJNWERPER_SLEUTEL as for the service",
        )


def _refusal(shown: str, found: str) -> Refusal:
    return Refusal(
        f"the store, {shown}",
        found=found,
        expected="the database of the service",
        do="set SCHIJNWERPER_DATABASE (or SCHIJNWERPER_PUBLICATIES) as for the service, and start that once",
    )
