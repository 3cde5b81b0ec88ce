from __future__ import annotations

import pytest
from sqlalchemy import inspect, select

from service.db.database import Database
from service.db.metadata import metadata
from service.db.migrate import downgrade, upgrade
from service.logs.entry import Entry, Trace
from service.logs.tables import audit
from service.people import Role
from service.signin import sessions
from tests.service.serving import someone


def test_up_down_up_leaves_the_declared_tables(database: Database) -> None:
    names = set(metadata.tables) | {"alembic_version"}
    assert set(inspect(database.engine).get_table_names()) == names
    downgrade(database.engine)
    assert set(inspect(database.engine).get_table_names()) == {"alembic_version"}
    upgrade(database.engine)
    assert set(inspect(database.engine).get_table_names()) == names


def test_what_is_done_and_its_log_are_one_transaction(database: Database) -> None:
    person = someone(Role.BEOORDELAAR)
    with database.unit(person, Trace()) as unit:
        cookie = sessions.begin(unit.connection, person, unit.now)
        unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    with database.looking() as read:
        found = sessions.find(read, cookie, database.clock())
        assert found is not None and found.person == person
        assert [row.handeling for row in read.execute(select(audit))] == ["inloggen"]


def test_a_unit_without_an_entry_is_undone(database: Database) -> None:
    person = someone(Role.BEOORDELAAR)
    with pytest.raises(RuntimeError, match="without a log entry"), database.unit(person, Trace()) as unit:
        cookie = sessions.begin(unit.connection, person, unit.now)
    with database.looking() as read:
        assert sessions.find(read, cookie, database.clock()) is None
