"""What every walk needs: chromium, somebody signed in, and one look at a screen with the eyes of everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from service.assets import MODULES, VENDOR
from service.people import Person
from service.signin import sessions
from tests.service.serving import Served
from tests.service.web.test_browser import ARGUMENTS, CHROMIUM, WCAG

DESKTOP, PHONE, SMALLEST = (1280, 900), (390, 844), (320, 640)
ZOOMED = (640, 450)  # a window of 1280 x 900 at 200%
AXE = MODULES / "axe-core" / "axe.min.js"

needs_browser = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is absent: apt-get install chromium"),
    pytest.mark.skipif(not VENDOR.is_dir(), reason="front-end assets are absent: python -m service.assets"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


def page_of(browser: Browser, served: Served, person: Person, size: tuple[int, int] = DESKTOP) -> Page:
    """A window in which `person` is signed in."""
    value, _ = served.session_of(person)
    context = browser.new_context(base_url=served.url, viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": sessions.COOKIE, "value": value, "domain": "127.0.0.1", "path": "/", "secure": True}])
    return context.new_page()


def look(page: Page) -> list[str]:
    """What is wrong with the screen that is open: axe (WCAG 2.2 AA) wide and narrow, and scrolling sideways."""
    page.wait_for_load_state("networkidle")
    page.evaluate("[...document.querySelectorAll('details')].slice(0, 6).forEach((part) => { part.open = true })")
    page.evaluate(AXE.read_text())  # through the debugger: the page's own policy lets no inline script in
    wrong: list[str] = []
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        found: dict[str, Any] = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
        wrong += [
            f"{width}: {fault['id']}: {[node['html'][:140] for node in fault['nodes']][:2]}"
            for fault in found["violations"]
        ]
        assert len(found["passes"]) > 10
    for width, height in (ZOOMED, SMALLEST):
        page.set_viewport_size({"width": width, "height": height})
        reached = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{width}: {reached} pixels wide"] if reached > width else []
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return wrong


def keep(page: Page, folder: Path, name: str) -> None:
    """A picture of the whole screen, kept with the test run."""
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
