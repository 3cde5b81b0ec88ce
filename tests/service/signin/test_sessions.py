"""Sessions on a clock that the test turns, in both databases; people switched off; what a demo leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from service.db.database import Database
from service.db.migrate import upgrade
from service.faults import Conflict, SignInRefused, TooMany
from service.logs.tables import audit
from service.people import Role
from service.permissions import Permission
from service.signin import demo, pending, roster, sessions
from service.signin.lookup import Lookup
from service.signin.pending import Pending
from service.signin.tables import aanmeldingen, personen, sessies
from tests.service.oidc.browser import Browser
from tests.service.publication import write_publication
from tests.service.serving import KEY, serving, someone

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANNA, BEA = someone(Role.BEOORDELAAR, name="anna"), someone(Role.BEHEER, name="bea")


@dataclass
class Clock:
    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Database]:
    made = Database(database_url, key=KEY, clock=clock)
    upgrade(made.engine)
    yield made
    made.close()


def signed_in(store: Database) -> str:
    with store.engine.begin() as connection:
        return sessions.begin(connection, ANNA, store.clock())


@pytest.mark.anyio
async def test_a_session_ends_when_idle_and_in_the_evening_and_is_written_once_a_minute(
    store: Database, clock: Clock
) -> None:
    lookup = Lookup(store, sessions.Sessions(stil=timedelta(minutes=30), geheel=timedelta(hours=2)))
    cookie = signed_in(store)

    def seen() -> datetime:
        with store.looking() as read:
            return read.execute(select(sessies.c.gezien)).scalar_one()

    clock.later(seconds=59)
    found = await lookup.session(cookie)
    assert found is not None and found.person == ANNA and seen() == MORNING
    clock.later(seconds=1)
    await lookup.session(cookie)
    assert seen() == MORNING + timedelta(minutes=1)
    clock.later(minutes=31)
    assert await lookup.session(cookie) is None  # idle for half an hour
    clock.later(minutes=-31)
    for _ in range(4):  # at work all the time
        clock.later(minutes=29)
        assert await lookup.session(cookie) is not None
    clock.later(minutes=4)
    assert await lookup.session(cookie) is None  # two hours in all
    assert await lookup.session("made up") is None
    lookup.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_a_new_sign_in_is_a_new_session_and_sweeps_what_is_over(store: Database, clock: Clock) -> None:
    first, second = signed_in(store), signed_in(store)
    with store.looking() as read:
        one, two = (sessions.find(read, cookie, clock()) for cookie in (first, second))
    assert one is not None and two is not None and one.csrf != two.csrf and first != second
    clock.later(hours=11)
    signed_in(store)
    with store.looking() as read:
        assert read.execute(select(func.count()).select_from(sessies)).scalar_one() == 1


def test_a_person_switched_off_is_out_at_once_and_stays_out(store: Database, clock: Clock) -> None:
    cookie = signed_in(store)
    with store.engine.begin() as connection:
        assert roster.active(connection, Permission.OORDELEN, "0175") == (ANNA,)
        assert roster.active(connection, Permission.OORDELEN, "0344") == ()
        assert roster.active(connection, Permission.GOEDKEUREN, "0175") == ()
        roster.store(connection, BEA)
        connection.execute(personen.update().values(actief=False))  # also when the session itself is still there
        assert sessions.find(connection, cookie, clock()) is None
        connection.execute(personen.update().values(actief=True))
        assert sessions.find(connection, cookie, clock()) is not None
        assert roster.switch(connection, ANNA.id, actief=False, by=BEA)
        assert not roster.switch(connection, "nobody", actief=False, by=BEA)
        with pytest.raises(Conflict):
            roster.switch(connection, BEA.id, actief=False, by=BEA)
        assert roster.active(connection, Permission.OORDELEN, "0175") == ()
        assert roster.by_id(connection, ANNA.id) == ANNA
        assert sessions.find(connection, cookie, clock()) is None
        with pytest.raises(SignInRefused, match="uitgezet"):
            sessions.begin(connection, ANNA, clock())
        roster.switch(connection, ANNA.id, actief=True, by=BEA)
        assert sessions.find(connection, cookie, clock()) is None  # the old session does not come back
        more = someone(Role.BEOORDELAAR, Role.GOEDKEURDER, name="anna")
        sessions.begin(connection, type(more)(**{**vars(more), "id": ANNA.id}), clock())
        assert len(roster.active(connection, Permission.GOEDKEUREN, "0175")) == 1  # roles as at this sign-in


def test_demo_accounts_are_thrown_out_of_a_start_outside_demo_mode(store: Database, clock: Clock) -> None:
    with store.engine.begin() as connection:
        demo.enrol(connection, frozenset({"0175"}))
        assert len(roster.active(connection, Permission.GOEDKEUREN, "0175")) >= 2
        carla = next(one for one in demo.accounts(frozenset({"0175"})) if one.id == "demo-carla")
        cookie = sessions.begin(connection, carla, clock(), demo=True)
        real = sessions.begin(connection, ANNA, clock())
        assert sessions.end_demo(connection) == len(demo.MADE)
        assert sessions.find(connection, cookie, clock()) is None
        assert sessions.find(connection, real, clock()) is not None
        assert roster.active(connection, Permission.GOEDKEUREN, "0175") == ()


def test_a_sign_in_under_way_is_good_once_in_one_browser_for_ten_minutes(store: Database, clock: Clock) -> None:
    with store.engine.begin() as connection:
        begun = pending.begin(connection, terug="http://x/terug", naar="/", now=clock())
        late = pending.begin(connection, terug="http://x/terug", naar="/", now=clock())
        taken = pending.take(connection, begun.state, begun.browser, clock())
        assert isinstance(taken, Pending) and taken == begun.pending
        assert isinstance(pending.take(connection, begun.state, begun.browser, clock()), SignInRefused)
        clock.later(minutes=11)
        assert isinstance(pending.take(connection, late.state, late.browser, clock()), SignInRefused)
        row = {"browser_hash": "", "nonce": "", "verifier": "", "terug": "", "naar": "", "begonnen": clock()}
        connection.execute(aanmeldingen.insert(), [{"state_hash": str(n), **row} for n in range(pending.MOST)])
        with pytest.raises(TooMany):
            pending.begin(connection, terug="", naar="", now=clock())


def test_a_real_start_over_a_demo_store_says_so_in_the_log(tmp_path: Path) -> None:
    folder, url = tmp_path / "publicaties", f"sqlite:///{tmp_path}/s.db"
    folder.mkdir()
    write_publication(folder, n=5)
    with serving(folder, demo=True, database=url) as service:
        browser = Browser(service.url)
        assert browser.post("/inloggen/demo", account="demo-anna").status_code == 303
        cookie = browser.cookies[sessions.DEMO_COOKIE]
        assert browser.get("/werkvoorraad").status_code == 200
        with service.database.looking() as read:
            assert sessions.find(read, cookie, service.database.clock()) is not None
    with serving(folder, database=url) as service, service.database.looking() as read:
        assert sessions.find(read, cookie, service.database.clock()) is None
        last = read.execute(select(audit).order_by(audit.c.nr.desc()).limit(1)).one()
        assert last.handeling == "personen.demo" and f'"uitgezet":"{len(demo.MADE)}"' in last.bijzonderheden


def test_the_plain_cookie_of_the_demo_opens_nothing_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "publicaties"
    folder.mkdir()
    write_publication(folder, n=5)
    for demo_mode, status in ((True, 200), (False, 401)):
        with serving(folder, demo=demo_mode) as service:
            value, _ = service.session_of(ANNA)  # a session that is good under its own name
            asked = {"Cookie": f"{sessions.DEMO_COOKIE}={value}", "Accept": "application/json"}
            assert httpx.get(f"{service.url}/v1/werkvoorraad", headers=asked).status_code == status
            real = {**asked, "Cookie": f"{sessions.DEMO_COOKIE}=over; {sessions.COOKIE}={value}"}
            assert httpx.get(f"{service.url}/v1/werkvoorraad", headers=real).status_code == 200
        with serving(folder, demo=demo_mode) as service:
            given = Browser(service.url).post("/inloggen/demo", account="demo-anna").headers.get("set-cookie", "")
            assert (sessions.DEMO_COOKIE in given) is demo_mode
