"""The sign-in and beheer in a real browser, in demo mode: by hand, at every width, without JavaScript, and axe-core."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from service.assets import MODULES, VENDOR
from service.signin.sessions import DEMO_COOKIE
from tests.service.publication import write_publication
from tests.service.serving import Served, serving
from tests.service.web.test_browser import ARGUMENTS, CHROMIUM, WCAG

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is absent: apt-get install chromium"),
    pytest.mark.skipif(not VENDOR.is_dir(), reason="front-end assets are absent: python -m service.assets"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("demo") / "publicaties"
    folder.mkdir()
    write_publication(folder, n=20)
    with serving(folder, demo=True) as running:
        yield running


@pytest.mark.parametrize("javascript", [True, False])
def test_signing_in_working_and_signing_out_by_hand(browser: Browser, demo: Served, javascript: bool) -> None:
    context = browser.new_context(base_url=demo.url, java_script_enabled=javascript)
    page = context.new_page()
    page.goto("/ranglijsten/schijnbewoning?band=A")
    assert page.locator("h1").inner_text() == "Inloggen"
    page.get_by_role("button", name="Inloggen als Anna").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ranglijsten/schijnbewoning?band=A")  # where one wanted to go
    assert "Anna de Boer" in page.locator("header").inner_text()
    (cookie,) = context.cookies()
    assert cookie["name"] == DEMO_COOKIE and cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert not cookie["secure"]  # Safari keeps no Secure cookie of http://localhost
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/uitgelogd")
    assert context.cookies() == []
    page.go_back()  # nothing was kept by the browser: it asks, and is sent to the sign-in
    page.wait_for_url("**/inloggen?**")
    context.close()


def test_beheer_by_hand(browser: Browser, demo: Served) -> None:
    context = browser.new_context(base_url=demo.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Inloggen als Bea").click()
    page.wait_for_url("**/beheer")
    page.get_by_role("button", name="Zet uit van Veerle Smit").click()
    page.get_by_role("button", name="Zet aan van Veerle Smit").click()
    assert page.get_by_role("button", name="Zet uit van Veerle Smit").is_visible()
    context.close()


def pages(page: Page) -> Iterator[str]:
    """Every page of this room, each in turn, signed in where it must be."""
    for path in ("/inloggen", "/uitgelogd", "/bestaat-niet"):
        page.goto(path)
        yield path
    page.goto("/inloggen")
    page.get_by_role("button", name="Inloggen als Bea").click()
    page.wait_for_url("**/beheer")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    yield "/beheer"
    page.goto("/inloggen")
    yield "/inloggen, signed in"
    page.goto("/ranglijsten/spookbewoning")
    assert "Dit mag u niet" in page.locator("h1").inner_text()
    yield "403"


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, demo: Served, width: int) -> None:
    context = browser.new_context(base_url=demo.url, viewport={"width": width, "height": 800})
    page = context.new_page()
    axe = (MODULES / "axe-core" / "axe.min.js").read_text()
    for path in pages(page):
        page.evaluate(axe)
        found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
        told = [(fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in found["violations"]]
        assert told == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
