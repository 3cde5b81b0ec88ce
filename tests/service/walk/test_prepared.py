"""Screens that need something to have happened first: a request agreed to, a file checked, a past to compare."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from service.people import Person
from service.signin.demo import accounts
from tests.service.publication import Written, write_publication
from tests.service.serving import GEMEENTE, Served, serving
from tests.service.walk.browser import PHONE, chromium, keep, look, needs_browser, page_of

PEOPLE = {one.id.removeprefix("demo-"): one for one in accounts(frozenset({GEMEENTE}))}
PRIYA, CARLA, BILAL, OTTO, ANNA = (PEOPLE[name] for name in ("priya", "carla", "bilal", "otto", "anna"))
PICTURES = Path(__file__).parents[3] / "artefacten" / "schermen"
HEAD = "signaal_id;bron;soort;adresseerbaarobject_identificatie;datum_ontvangst;datum_afgehandeld\n"
REASON = "Brief van 3 november, kenmerk Z-1187"

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    folder = tmp_path_factory.mktemp("gevuld")
    return folder, write_publication(folder, "20261001-0001", n=2_300)


@pytest.fixture(scope="module")
def desk(town: tuple[Path, Written]) -> Iterator[Served]:
    with serving(town[0], demo=True) as running:
        yield running


def seen(page: Page, name: str) -> None:
    """Look at the screen with axe and at every width, and keep a picture of it, wide and narrow."""
    assert look(page) == [], name
    keep(page, PICTURES, name)
    if os.environ.get("SCHIJNWERPER_SMAL"):  # to look at by hand
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        keep(page, PICTURES, f"{name}-smal")


def opened(browser: Browser, desk: Served, person: Person, path: str) -> Page:
    page = page_of(browser, desk, person)
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    return page


def test_a_past_to_compare(browser: Browser, desk: Served) -> None:
    page = opened(browser, desk, PRIYA, "/patronen")
    assert page.get_by_text("Groter dan toeval verklaart.").count() == 2  # the one, for both questions
    seen(page, "patronen")
    page.context.close()


def test_everything_of_an_address(browser: Browser, desk: Served, town: tuple[Path, Written]) -> None:
    address = str(town[1].addresses["adresseerbaarobject_identificatie"].iloc[12])
    with desk.client_of(PRIYA) as priya, desk.client_of(CARLA) as carla:
        asked = {"adresseerbaarobjectIdentificatie": address, "reden": REASON}
        id = priya.post("/v1/inzageverzoeken", json=asked).json()["id"]
        priya.post("/v1/inzageverzoeken", json=asked)  # one more, that waits
        carla.post(f"/v1/inzageverzoeken/{id}/besluiten", json={"akkoord": True})
    for person, path, name in (
        (PRIYA, f"/inzage/{id}", "inzage-gegevens"),
        (PRIYA, "/inzage", "inzage"),
        (CARLA, "/inzage/te-bevestigen", "inzage-bevestigen"),
    ):
        page = opened(browser, desk, person, path)
        seen(page, name)
        page.context.close()


def test_who_saw_an_address(browser: Browser, desk: Served, town: tuple[Path, Written]) -> None:
    page = opened(browser, desk, OTTO, "/logboek")
    seen(page, "logboek")
    page.locator("input[name=bag]").fill(str(town[1].addresses["adresseerbaarobject_identificatie"].iloc[12]))
    page.locator("form:has(input[name=bag]) button").click()
    page.wait_for_url("**/logboek/adressen/*")
    seen(page, "logboek-adres")
    page.goto("/logboek")
    page.locator("input[name=bag]").fill("0999010000000001")
    page.locator("form:has(input[name=bag]) button").click()
    seen(page, "logboek-zoek")
    page.context.close()


def test_signals_are_checked_and_taken_in_by_keyboard(browser: Browser, desk: Served, tmp_path: Path) -> None:
    file = tmp_path / "signalen.csv"
    rows = (
        "L-1;laa;vow_adres;0175010000000120;2026-10-20;\nM-1;melding;overlast;0175010000000121;2026-10-21;\n"
        "X-1;laa;vow_adres;123;2026-10-20;\nX-2;buurman;vow_adres;0175010000000122;2026-10-20;\n"
    )
    file.write_text(HEAD + rows)
    page = opened(browser, desk, ANNA, "/signalen")
    page.get_by_label("Bestand met signalen").set_input_files(file)
    page.get_by_role("button", name="Kijk het bestand na").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/signalen/*")
    seen(page, "signalen-keuring")
    page.get_by_role("button", name="Neem 2 signalen in").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Bestand ingenomen"
    seen(page, "signalen-klaar")
    page.get_by_role("link", name="Signalen", exact=True).first.click()
    seen(page, "signalen")
    page.context.close()


def test_two_people_give_outcomes_out(browser: Browser, desk: Served) -> None:
    asking = opened(browser, desk, CARLA, "/uitleveringen")
    for words in ("Maandlevering aan het datateam", "Voor het jaarverslag van de gemeente"):
        asking.get_by_label("Reden").fill(words)
        with asking.expect_navigation():
            asking.get_by_role("button", name="Vraag de uitlevering").click()
    agreeing = opened(browser, desk, BILAL, "/uitleveringen")
    seen(agreeing, "uitleveringen-bevestigen")
    with agreeing.expect_navigation():
        agreeing.get_by_role("button", name="Bevestigen").first.click()
    asking.reload()
    seen(asking, "uitleveringen")
    with asking.expect_download() as waiting:
        asking.get_by_role("button", name="Maak het bestand").click()
    assert waiting.value.path().read_text().count("\n") > 300  # the past of the demo
    for page in (asking, agreeing):
        page.context.close()
