"""The pages of a stopped model in a real browser: axe-core, reflow, the map without ranks, no error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from service.assets import MODULES
from service.people import Role
from tests.service.serving import serving
from tests.service.stopping import write_stopped
from tests.service.web.test_browser import ARGUMENTS, CHROMIUM, WCAG, opened
from tests.service.web.test_browser import pytestmark as pytestmark

LIST = "/ranglijsten/spookbewoning?band=A"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder: Path = tmp_path_factory.mktemp("gestopt")
    write_stopped(folder)
    with serving(folder) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(base_url=served.url, viewport={"width": 1280, "height": 900})
        context.add_cookies(served.cookies(Role.BEOORDELAAR))
        yield context.new_page()
        browser.close()


def paths(page: Page) -> list[str]:
    page.goto(LIST)
    return [LIST, "/over", page.locator(".lijst__adres a").first.get_attribute("href") or ""]


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    axe = (MODULES / "axe-core" / "axe.min.js").read_text()
    for path in paths(page):
        opened(page, path)
        assert page.locator(".gestopt").is_visible()
        page.evaluate(axe)
        found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
        told = [(fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in found["violations"]]
        assert told == [], path


def test_nothing_scrolls_sideways_at_320(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in paths(page):
        opened(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_map_shows_the_rows_without_rank_or_band(page: Page) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 1280, "height": 900})
    opened(page, LIST)
    assert page.locator(".speld").count() == page.locator(".lijst__rij").count() == 25
    assert {text.strip() for text in page.locator(".speld").all_inner_texts()} == {""}
    page.locator(".speld").first.dispatch_event("click")
    assert "rang" not in page.locator(".leaflet-popup-content").inner_text().lower()
    assert said == []
