"""The desk by keyboard in a real browser: keys, typing left alone, keys off, and all of it without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from service.signin import sessions
from tests.service.publication import write_publication
from tests.service.serving import GEMEENTE, Served, serving
from tests.service.walk.browser import chromium, look, needs_browser, page_of
from tests.service.worklist.desks import ANNA, PIETER

pytestmark = needs_browser
WHY = "De buren kennen de bewoners en de post komt aan."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("toetsen")
    write_publication(folder, n=60)
    with serving(folder) as running:
        running.session_of(ANNA)
        with running.client_of(PIETER) as planner:
            planner.post("/v1/werkvoorraad/rondes", json={"gemeente": GEMEENTE, "doel": "schijnbewoning"})
        yield running


def opened(page: Page) -> str:
    page.goto("/werkvoorraad")
    page.keyboard.press("j")  # the first of the list
    page.wait_for_url("**/werkvoorraad/*")
    return page.url


def test_next_previous_and_choose_by_key_and_never_while_typing(browser: Browser, served: Served) -> None:
    page = page_of(browser, served, ANNA)
    first = opened(page)
    assert page.locator(".toetsen").is_visible()
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.keyboard.press("3")
    assert page.evaluate("document.activeElement.value") == "meer_informatie_nodig"
    page.keyboard.press("2")
    assert page.locator("input[value=niet_nodig]").is_checked()
    page.locator("#motivering").press_sequentially("jnkp 123")
    assert page.url == first and page.input_value("#motivering") == "jnkp 123"
    assert page.locator("input[value=niet_nodig]").is_checked()
    page.keyboard.press("Control+j")
    assert page.url == first
    page.get_by_role("button", name="Zet sneltoetsen uit").click()
    page.keyboard.press("1")
    assert page.locator("input[value=niet_nodig]").is_checked()
    page.reload()
    assert page.get_by_role("button", name="Zet sneltoetsen aan").is_visible()
    page.context.close()


def test_an_address_is_for_everybody_before_after_and_with_a_mistake(browser: Browser, served: Served) -> None:
    page = page_of(browser, served, ANNA)
    item = opened(page)
    assert look(page) == []
    page.goto(item)
    page.get_by_role("button", name="Leg oordeel vast").click()
    assert look(page) == [] and page.get_by_text("Kies een oordeel.").is_visible()
    page.locator("input[value=niet_nodig]").check()
    page.fill("#motivering", WHY)
    page.get_by_role("button", name="Leg oordeel vast").click()
    page.wait_for_url(item)
    assert page.get_by_role("heading", name="Wat het model zegt").is_visible()
    assert look(page) == []
    page.context.close()


def test_without_javascript_a_judgement_is_given_all_the_same(browser: Browser, served: Served) -> None:
    value, _ = served.session_of(ANNA)
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    context.add_cookies([{"name": sessions.COOKIE, "value": value, "domain": "127.0.0.1", "path": "/", "secure": True}])
    page = context.new_page()
    page.goto("/werkvoorraad")
    page.get_by_role("link", name="Beoordeel het volgende adres").click()
    assert not page.locator(".toetsen").is_visible()
    page.get_by_label("In onderzoek nemen").check()
    page.fill("#motivering", WHY)
    page.get_by_role("button", name="Leg oordeel vast").click()
    assert page.get_by_text("Er loopt een onderzoek.").is_visible()
    context.close()


def test_finding_an_address_is_for_everybody(browser: Browser, served: Served) -> None:
    page = page_of(browser, served, ANNA)
    page.goto("/ranglijsten/schijnbewoning")
    page.get_by_role("searchbox").fill("kerkweg")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Adres zoeken").wait_for()
    assert page.locator(".gevonden a").count() > 1 and "kerkweg" not in page.url
    assert look(page) == []
    page.context.close()
