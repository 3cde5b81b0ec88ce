"""A phone of the tests: a small chromium on a clock that stands, and an inspector's thumb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.cases.codes import Deel
from service.cases.records import Case
from service.cases.write import join
from service.field import desk as of_field
from service.field.kept import Kept, several
from service.field.tables import veldbezoeken
from service.logs.entry import Entry, Trace
from service.people import Role
from service.rounds.records import Ronde
from service.signin import sessions
from tests.service.cases.working import NEVER, Clock, Work
from tests.service.field.at_door import door, jpeg, round_of
from tests.service.serving import Served, serving, someone

PHONE = {"width": 390, "height": 844}
VEERLE = someone(Role.VELD, name="veerle")
DAILY = "De meter liep, zegt de kanarie."  # words to look for where they may not be


@dataclass
class Site:
    """A service with investigations at the door and a round of Veerle and Vera along them."""

    served: Served
    work: Work
    clock: Clock
    ronden: list[Ronde] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def more(self, count: int, first: int = 1) -> None:
        """So many investigations at the door, each a stop of the round; the third has two doors."""
        for number in range(first, first + count):
            case = self.work.at_the_door(self.work.started(identificatie=f"017501{number:010d}"))
            self.cases.append(self.work.case(case.id))
        self.clock.forward(hours=1)
        doors = [[door(case, adres=f"Zandweg {nr}")] for nr, case in enumerate(self.cases, start=first)]
        if count > 3:
            doors[2:4] = [doors[2] + doors[3]]
        self.ronden[:] = [round_of(doors, ["p-veerle", "p-vera"], self.clock.now)]

    def case(self, nr: int) -> Case:
        return self.work.case(self.cases[nr].id)

    def rows(self) -> tuple[Kept, ...]:
        with self.served.database.looking() as read:
            return several(read, veldbezoeken.select())


@contextmanager
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """folder: with a publication."""
    clock = Clock()
    with serving(folder, clock=clock, onderzoek=NEVER) as served:
        work = Work(served.database)
        for name in ("anna", "bilal"):
            work.hire(Role.BEOORDELAAR, name=name)
        for name in ("carla", "cem"):
            work.hire(Role.GOEDKEURDER, name=name)
        made = Site(served=served, work=work, clock=clock)
        mine = lambda person: [each for each in made.ronden if person.id in each.leden]  # noqa: E731
        monkeypatch.setattr(of_field, "rounds_of_day", lambda _c, person, _d, _p: tuple(mine(person)))
        monkeypatch.setattr(
            of_field, "one_round", lambda _c, id, person, _p: next((r for r in mine(person) if r.id == id), None)
        )
        yield made


def hire_visitors(made: Site) -> None:
    """After the investigations were opened, so that no lot falls on them. They get part as a fixed plan gives it."""
    for name in ("veerle", "vera"):
        person = made.work.hire(Role.VELD, name=name)
        with made.served.database.unit(None, Trace()) as unit:
            for case in made.cases:
                join(unit, case.id, person.id, Deel.BEZOEKER)
            unit.log(Entry(handeling="plan.vaststellen", object_soort="plan"))


def phone(browser: Browser, made: Site, *, workers: bool = True, size: dict[str, int] | None = None) -> BrowserContext:
    """Signed in as Veerle. workers: False = no service worker, for speed."""
    context = browser.new_context(
        base_url=made.served.url,
        viewport=size or PHONE,  # type: ignore[arg-type]
        timezone_id="Europe/Amsterdam",
        locale="nl-NL",
        has_touch=True,
        service_workers="allow" if workers else "block",
    )
    context.clock.set_fixed_time(made.clock.now)
    sign_in(context, made)
    return context


def sign_in(context: BrowserContext, made: Site, person: object = VEERLE) -> None:
    value, _ = made.served.session_of(person)  # type: ignore[arg-type]
    context.add_cookies([{"name": sessions.COOKIE, "value": value, "domain": "127.0.0.1", "path": "/", "secure": True}])


def opened(page: Page) -> Page:
    """The field page, with its round on it."""
    page.goto("/veld")
    expect(page.locator("html[data-klaar=ja]")).to_be_attached()
    expect(page.locator(".stops")).to_be_visible()
    return page


def kept_shell(page: Page) -> None:
    """Wait until the page can do without the network."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def no_tie(page: Page, place: str) -> None:
    page.evaluate(f"location.hash = '#stop-{place}'")
    page.locator('[data-doet="geen_band"]').click()
    expect(page.locator("form.bezoek")).to_be_visible()


def nobody_home(page: Page, place: str, *, photo: bool = False, words: str = DAILY) -> None:
    """A visit at door `place` ("3-1"): nobody there, traces of use."""
    no_tie(page, place)
    page.locator("input[name=getroffen][value=niemand]").check()
    page.locator('[data-naar="2"]:visible').click()
    page.locator("input[name=sporen]").check()
    page.locator("#bevinding").fill(words)
    if photo:
        sent = jpeg(2000, 1500, exif=True)
        page.locator("#foto").set_input_files({"name": "kanarie.jpg", "mimeType": "image/jpeg", "buffer": sent})
        expect(page.locator(".fotos img")).to_be_visible()
    page.locator('[data-naar="3"]:visible').click()


def ready(page: Page) -> None:
    page.get_by_role("button", name="Bezoek is klaar").click()
    expect(page.get_by_role("heading", name="Zandweg")).to_be_visible()
    expect(page.locator("form.bezoek")).to_have_count(0)
