from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

import service.app  # noqa: F401  # so that the tables of every slice are declared
from service.db.database import Database
from service.db.metadata import metadata
from service.db.migrate import downgrade, upgrade
from service.logs.entry import Entry, Trace
from service.logs.tables import audit
from service.people import Role
from service.signin import sessions
from tests.service.logs.chain import ADDRESSES, checked, read
from tests.service.serving import someone


def signed_in(database: Database) -> str:
    """A row in most tables of sign-in and logs."""
    person = someone(Role.BEOORDELAAR)
    with database.unit(person, Trace()) as unit:
        cookie = sessions.begin(unit.connection, person, unit.now)
        unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    read(database, *ADDRESSES[:2])
    return cookie


def test_up_down_up_leaves_the_declared_tables(database: Database) -> None:
    names = set(metadata.tables) | {"alembic_version"}
    assert set(inspect(database.engine).get_table_names()) == names
    signed_in(database)  # with rows in them, and triggers that let none of them go
    downgrade(database.engine)
    assert set(inspect(database.engine).get_table_names()) == {"alembic_version"}
    upgrade(database.engine)
    assert set(inspect(database.engine).get_table_names()) == names
    signed_in(database)
    assert checked(database).tot == 2


def test_the_migrations_make_what_the_code_declares(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_what_is_done_and_its_log_are_one_transaction(database: Database) -> None:
    cookie = signed_in(database)
    with database.looking() as found:
        session = sessions.find(found, cookie, database.clock())
        assert session is not None and session.person == someone(Role.BEOORDELAAR)
        assert [row.handeling for row in found.execute(select(audit))] == ["inloggen", "ranglijst.lezen"]


def test_a_unit_without_an_entry_is_undone(database: Database) -> None:
    person = someone(Role.BEOORDELAAR)
    with pytest.raises(RuntimeError, match="without a log entry"), database.unit(person, Trace()) as unit:
        cookie = sessions.begin(unit.connection, person, unit.now)
    with database.looking() as found:
        assert sessions.find(found, cookie, database.clock()) is None
