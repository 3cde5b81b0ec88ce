"""The pages of the adresonderzoek in a real browser: a morning's list, and a case by two people from start to end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from service.cases.records import Case
from service.cases.steps import Stap
from service.people import Role
from tests.service.cases.working import NEVER, Clock, Work
from tests.service.publication import Written
from tests.service.serving import Served, serving
from tests.service.walk.browser import chromium, look, needs_browser, page_of

pytestmark = needs_browser


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def desk(publicaties: Path, written: Written, clock: Clock) -> Iterator[Served]:
    with serving(publicaties, clock=clock, onderzoek=NEVER) as running:
        yield running


@pytest.fixture(scope="module")
def work(desk: Served) -> Work:
    made = Work(desk.database)
    made.hire(Role.BEOORDELAAR, name="anna")
    made.hire(Role.GOEDKEURDER, name="carla")
    made.hire(Role.PRIVACY, name="priya")
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def card(page: Page, stap: str, motivering: str = "", uitkomst: str = "") -> None:
    """Fill in the form of a step and send it."""
    form = page.locator(f"form:has(input[name=stap][value={stap}])")
    if uitkomst:
        form.locator("select").select_option(uitkomst)
    if motivering:
        form.locator("textarea").fill(motivering)
    form.get_by_role("button").click()


def test_a_case_by_two_people_and_every_screen_on_the_way(
    desk: Served, work: Work, written: Written, browser: Browser
) -> None:
    case = work.open(str(written.addresses["adresseerbaarobject_identificatie"].iloc[31]), aanleiding="melding")
    anna = page_of(browser, desk, work.people["p-anna"])
    carla = page_of(browser, desk, work.people["p-carla"])
    anna.goto("/onderzoeken")
    assert look(anna) == []
    anna.get_by_role("link", name=str(written.addresses["adres"].iloc[31])).click()
    assert anna.locator("h1").inner_text() == "Kent u dit adres of de mensen die er wonen?"
    assert look(anna) == []
    press(anna, "Ik heb geen band met dit adres")
    card(anna, "start_voorleggen", "Er staat niemand ingeschreven.")
    assert "De tweede persoon beslist." in anna.locator(".nu").inner_text()
    path = f"/onderzoeken/{case.id}"
    carla.goto(path)
    press(carla, "Ik heb geen band met dit adres")
    assert "Er staat niemand ingeschreven." in carla.locator(".nu").inner_text()
    card(carla, "start_akkoord")
    anna.goto(path)
    card(anna, "aanschrijven")
    with anna.expect_download() as download:
        press(anna, "Aanschrijving")
    assert download.value.suggested_filename == f"aanschrijving-{case.id}.docx"
    anna.goto(path)
    card(anna, "huisbezoek", "De brief kwam terug.")
    anna.fill("#moment", "2026-11-25T10:00")
    anna.get_by_label("Niemand", exact=True).check()
    press(anna, "Leg het bezoek vast")
    assert "alleen" in anna.locator(".bezoekregel").inner_text() and look(anna) == []
    card(anna, "besluit_voorleggen", "Leeg en zonder meubels.", "leegstand_bevestigd")
    old = carla.context.new_page()  # a second window, open before the first one decides
    for window in (old, carla):
        window.goto(path)
    card(carla, "besluit_akkoord")
    card(old, "besluit_teruggeven", "Toch niet.")
    assert "Iemand anders was u voor" in old.locator("main").inner_text()
    anna.goto(path)
    card(anna, "melder_inlichten")
    card(anna, "afronden")
    assert "Leegstand bevestigd" in anna.locator(".paspoort").inner_text()
    anna.goto("/onderzoeken?toon=afgerond")
    assert "Leegstand bevestigd" in anna.locator(".zaken").inner_text() and look(anna) == []


def test_by_keyboard_alone_from_the_list_to_a_step(
    desk: Served, work: Work, written: Written, browser: Browser
) -> None:
    case = work.open(str(written.addresses["adresseerbaarobject_identificatie"].iloc[32]))
    work.declare(case, "p-anna")
    page = page_of(browser, desk, work.people["p-anna"])
    page.goto(f"/onderzoeken/{case.id}")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("Bekeken.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/onderzoeken/*")
    page.locator(".nu").wait_for()
    assert work.case(case.id).wacht_op == "start"


def test_a_case_without_a_handler_shows_its_number_and_no_address(
    desk: Served, work: Work, written: Written, browser: Browser
) -> None:
    lost = work.open(str(written.addresses["adresseerbaarobject_identificatie"].iloc[33]))
    lost = work.take(lost, Stap.WEL_BAND)
    assert lost.behandelaar == ""
    page = page_of(browser, desk, work.people["p-carla"])
    page.goto("/onderzoeken")
    shown = page.locator(".zaak--zonder").inner_text()
    assert lost.id in shown and str(written.addresses["adres"].iloc[33]) not in page.content()
    assert look(page) == []
    work.hire(Role.BEOORDELAAR, name="nieuw")
    page.get_by_role("button", name="Laat loten").click()
    assert work.case(lost.id).behandelaar == "p-nieuw"


def test_the_privacy_officer_sees_figures_and_asks_for_a_name_on_purpose(
    desk: Served, work: Work, written: Written, browser: Browser
) -> None:
    case = _bypassed(work, str(written.addresses["adresseerbaarobject_identificatie"].iloc[34]))
    page = page_of(browser, desk, work.people["p-priya"])
    page.goto("/patronen")
    assert "1 van de" in page.locator("main").inner_text() and case.id in page.locator("main").inner_text()
    assert look(page) == []
    name = work.people[case.behandelaar].naam
    assert name not in page.locator("main").inner_text()
    page.get_by_role("button", name="Toon naam").first.click()
    assert name in page.locator("main").inner_text() and look(page) == []


def _bypassed(work: Work, identificatie: str) -> Case:
    case = work.open(identificatie)
    work.declare(case, case.behandelaar)
    put = work.take(case, Stap.START_VOORLEGGEN, motivering="x")
    work.dismiss(work.people["p-carla"], by=work.people[put.behandelaar])
    return work.take(put, Stap.START_ZONDER_TWEEDE, motivering="er is niemand")
