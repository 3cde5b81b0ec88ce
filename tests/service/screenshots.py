"""The README pictures: `python -m tests.service.screenshots http://127.0.0.1:8000 docs/screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.service.web.test_browser import ARGUMENTS, CHROMIUM

LIST = "/ranglijsten/spookbewoning"


def shoot(base: str, folder: Path) -> None:
    """List, address and phone, from the publication that `base` serves."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, base_url=base)
        page.goto(LIST)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / "ranglijst.png")
        page.goto(_telling_address(page))
        page.screenshot(path=folder / "adres.png", full_page=True)
        page.goto("/over")
        page.screenshot(path=folder / "over.png")
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(LIST)
        page.locator(".telling").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('.telling').scrollIntoView()")
        page.screenshot(path=folder / "telefoon.png")
        browser.close()


def _telling_address(page: Page) -> str:
    """The first address on the page that has reasons on both sides and a timeline, else the first."""
    links = [link.get_attribute("href") or "" for link in page.locator(".lijst__adres a").all()]
    for link in links:
        page.goto(link)
        sides = page.locator(".kolom .balken").count()
        if sides == 2 and page.locator(".tijdlijn").count():
            return link
    return links[0]


if __name__ == "__main__":
    shoot(sys.argv[1], Path(sys.argv[2]))
