from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from service.db.database import Database
from service.faults import TooMany
from service.logs.entry import Entry, Trace
from service.logs.leesgrens import NONE, WINDOWS, Leesgrens, Refused, count
from service.logs.tables import audit
from tests.service.logs.chain import ADDRESSES, READER, checked, entry, read
from tests.service.serving import KEY

LIMITS = Leesgrens(per_minuut=100, per_uur=250, per_dag=300)
START = datetime(2026, 11, 25, 9, 0, 0, tzinfo=UTC)


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **words: float) -> None:
        self.now += timedelta(**words)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def limited(database_url: str, watch: Watch) -> Iterator[Database]:
    made = Database(database_url, key=KEY, clock=watch, leesgrens=LIMITS)
    yield made
    made.close()


def refused(database: Database, *adressen: str) -> int:
    with pytest.raises(TooMany) as fault:
        read(database, *adressen)
    return fault.value.after


def test_minute_hour_and_day(limited: Database, watch: Watch) -> None:
    read(limited, *ADDRESSES[:60])
    watch.forward(seconds=20)
    assert refused(limited, *ADDRESSES[:41]) == 40  # 101 in the minute that began 20 s ago
    read(limited, *ADDRESSES[:40])  # 100: the refused answer does not count
    watch.forward(seconds=40)
    read(limited, *ADDRESSES[:100])  # a new minute, 200 in the hour
    watch.forward(minutes=1)
    assert refused(limited, *ADDRESSES[:51]) == 3_600 - 120
    read(limited, *ADDRESSES[:50])  # 250 in the hour and the day
    watch.forward(hours=1)
    assert refused(limited, *ADDRESSES[:51]) == 86_400 - 3_720
    read(limited, *ADDRESSES[:50])
    watch.forward(hours=23)
    read(limited, *ADDRESSES[:100])  # another day


def test_the_refusal_is_written_down_without_an_address(limited: Database) -> None:
    refused(limited, *ADDRESSES[:101])
    with limited.looking() as found:
        row = found.execute(select(audit)).one()
    assert (row.persoon, row.handeling, row.resultaat, row.aantal) == (READER.id, "ranglijst.lezen", "geweigerd", 0)
    assert row.bijzonderheden == '{"gevraagd":"101","leesgrens":"minuut"}'
    assert checked(limited).fout is None


def test_a_restart_forgets_nothing_and_another_process_counts_on(limited: Database, watch: Watch) -> None:
    read(limited, *ADDRESSES[:60])
    other = Database(str(limited.engine.url.render_as_string(False)), key=KEY, clock=watch, leesgrens=LIMITS)
    read(other, *ADDRESSES[:40])
    other.close()
    refused(limited, ADDRESSES[0])


def test_a_deed_that_shows_too_much_is_undone(limited: Database) -> None:
    with pytest.raises(TooMany), limited.unit(READER, Trace()) as unit:
        unit.connection.execute(audit.insert(), {**VALUES, "nr": 1})
        unit.log(entry(*ADDRESSES[:101]))
    with limited.looking() as found:
        assert found.execute(select(audit.c.handeling, audit.c.resultaat)).all() == [("ranglijst.lezen", "geweigerd")]


VALUES = {
    "tijd": START, "persoon": "", "rollen": "", "handeling": "x", "object_soort": "", "object_id": "", "resultaat": "",
    "herkomst": "", "trace_id": "", "bijzonderheden": "{}", "aantal": 0, "betrokkenen": "", "hash": b"",
}  # fmt: skip


def test_an_export_that_two_people_made_and_nobody_do_not_count(limited: Database) -> None:
    whole = Entry(handeling="uitvoeren", object_soort="lijst", adressen=ADDRESSES, onbegrensd=True)
    for person in (READER, None):
        with limited.reading(person, Trace()) as unit:
            unit.log(whole if person else entry(*ADDRESSES))
    read(limited, *ADDRESSES[:100])


def test_the_defaults_let_a_mornings_work_through_and_stop_a_scraper() -> None:
    limits, counters, now = Leesgrens(), NONE, 1e9
    for _ in range(60):  # four hours: a page of the list and three dossiers every four minutes
        for shown in (25, 1, 1, 1):
            outcome = count(counters, shown, now, limits)
            assert not isinstance(outcome, Refused)
            counters, now = outcome, now + 60
    read_by_machine, counters, now = 0, NONE, 1e9
    while now < 1e9 + 7 * 86_400:  # pages of 200, as fast as it may, a week long
        outcome = count(counters, 200, now, limits)
        if isinstance(outcome, Refused):
            now += outcome.after
        else:
            counters, read_by_machine, now = outcome, read_by_machine + 200, now + 1
    assert read_by_machine <= 8 * limits.per_dag  # of 500,000 addresses: most of a year


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4_000), st.integers(1, 60)), max_size=40))
def test_no_window_of_any_length_holds_more_than_its_limit(steps: list[tuple[int, int]]) -> None:
    counters, now, given_out = NONE, 10**9, list[tuple[int, int]]()
    for wait, shown in steps:
        now += wait
        outcome = count(counters, shown, now, LIMITS)
        if not isinstance(outcome, Refused):
            counters = outcome
            given_out.append((now, shown))
    for (_, seconds), limit in zip(WINDOWS, (100, 250, 300), strict=True):
        begun = -(10**9)
        total = 0
        for (
            moment,
            shown,
        ) in given_out:  # windows as they are defined: each begins with the first address after the last
            if moment >= begun + seconds:
                begun, total = moment, 0
            total += shown
            assert total <= limit
