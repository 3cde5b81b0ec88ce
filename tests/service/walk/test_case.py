"""Shown by 1: two people do a whole case in the browser, from list to decided outcome; every screen is looked at."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from service.cases.tables import onderzoeken, stappen
from service.logs.tables import audit
from tests.service.publication import write_publication
from tests.service.serving import Served, serving
from tests.service.walk import case as steps
from tests.service.walk.browser import chromium, keep, look, needs_browser
from tests.service.walk.case import Walk

WEDNESDAY = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)  # two in the afternoon on the wall
VISITED = "2026-11-25T14:15"
PICTURES = Path(__file__).parents[3] / "artefacten" / "wandeling"

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


class Clock:
    """Stands still until it is moved."""

    now = WEDNESDAY

    def __call__(self) -> datetime:
        return self.now


CLOCK = Clock()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("zaak")
    write_publication(folder, "20261001-0001", n=120)
    with serving(folder, demo=True, clock=CLOCK) as running:
        yield running


def test_two_people_from_the_list_to_a_decided_outcome(browser: Browser, desk: Served) -> None:
    wrong: dict[str, list[str]] = {}

    def seen(name: str, page: Page) -> None:
        if name not in wrong:
            keep(page, PICTURES, name)
            wrong[name] = look(page)

    walk = Walk(browser=browser, served=desk, seen=seen)
    address = steps.judge(walk, "demo-anna")
    handler, case = steps.handler_of(walk, address)
    steps.declare(walk, handler, case)
    seen("onderzoek-begin", walk.at(handler))
    steps.step(walk, handler, case, "start_voorleggen", words="Verbruik zonder inschrijving: gerede twijfel.")
    second = steps.second_of(walk, handler, case)
    steps.declare(walk, second, case)
    seen("onderzoek-tweede", walk.at(second))
    steps.step(walk, second, case, "start_akkoord")
    steps.step(walk, handler, case, "aanschrijven")
    written = zipfile.ZipFile(io.BytesIO(steps.letter(walk, handler, case, "aanschrijving")))
    assert address in written.read("word/document.xml").decode()
    steps.step(walk, handler, case, "huisbezoek", words="Geen antwoord op de brief.")
    seen("onderzoek-bezoek", walk.at(handler))
    CLOCK.now = WEDNESDAY + timedelta(minutes=20)  # somebody goes there
    steps.visit(walk, handler, case, VISITED)
    steps.step(walk, handler, case, "voornemen", words="Sporen van gebruik, niemand ingeschreven.")
    steps.step(
        walk, handler, case, "besluit_voorleggen", words="Gebruik staat vast.", outcome="gebruik_zonder_inschrijving"
    )
    # One who went alone cannot decide: the form is not there, and another has to agree.
    walk.at(handler).goto(case)
    assert walk.at(handler).locator("input[value=besluit_akkoord]").count() == 0
    decides = steps.second_of(walk, handler, case)  # drawn anew: perhaps another than at the start
    steps.declare(walk, decides, case)
    steps.step(walk, decides, case, "besluit_akkoord")
    steps.step(walk, handler, case, "afronden")
    seen("onderzoek-afgerond", walk.at(handler))
    walk.close()

    assert {name: faults for name, faults in wrong.items() if faults} == {}
    id = case.rsplit("/", 1)[1]
    with desk.database.looking() as read:
        row = read.execute(select(onderzoeken).where(onderzoeken.c.id == id)).one()
        taken = read.execute(select(stappen.c.persoon, stappen.c.stap).where(stappen.c.onderzoek_id == id)).all()
        logged = set(read.execute(select(audit.c.persoon).where(audit.c.object_id == id)).scalars())
    assert (row.toestand, row.uitkomst) == ("afgerond", "gebruik_zonder_inschrijving")
    agreed = {person for person, name in taken if str(name).endswith("_akkoord")}
    asked = {person for person, name in taken if str(name).endswith("_voorleggen")}
    assert asked == {handler} and agreed and not asked & agreed
    assert {handler, second} <= logged


def test_judging_by_keyboard_alone(browser: Browser, desk: Served) -> None:
    """From the sign-in to the next address without a mouse: Tab, Enter, space and the keys of the page."""
    page = browser.new_page(base_url=desk.url)
    page.goto("/inloggen")
    _tab_to(page, "form:has(input[value=demo-bilal]) button")
    with page.expect_navigation(url=lambda url: "/inloggen" not in url):
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    page.goto("/werkvoorraad")
    _tab_to(page, "main a[rel=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/werkvoorraad/*")
    first = page.locator("h1").inner_text()
    page.wait_for_load_state("networkidle")  # keys are listened to once the script is there
    page.keyboard.press("j")  # the next address, and back
    page.wait_for_function("(was) => document.querySelector('h1').innerText !== was", arg=first)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("k")
    page.wait_for_function("(was) => document.querySelector('h1').innerText === was", arg=first)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("2")
    assert page.locator("input[name=oordeel][value=niet_nodig]").is_checked()
    _tab_to(page, "#motivering")
    page.keyboard.type("Er woont een gezin; het verbruik past daarbij. 123 jk.")  # keys are letters in a field
    assert page.locator("input[name=oordeel][value=niet_nodig]").is_checked()
    _tab_to(page, ".kaartje--oordeel button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#antwoord")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("n")
    page.wait_for_function("(was) => document.querySelector('h1').innerText !== was", arg=first)
    page.context.close()


def _tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the focus is there, and see that it shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"{selector} is not reached with {most} times Tab")
