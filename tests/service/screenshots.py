"""The README pictures: `python -m tests.service.screenshots docs/screenshots PUBLICATIES`.

Serves a folder of publications by itself, on a store of its own, and signs in as the made-up people: pictures of every
screen, and of the list on a phone. A case for the picture is made by the walk (tests/service/walk/case.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from service.people import Role
from tests.service.serving import Served, serving, someone
from tests.service.walk.browser import PHONE, chromium, page_of

LIST = "/ranglijsten/spookbewoning"
WIDE = (1440, 1000)
SCREENS = (  # name, path, who, whole page
    ("ranglijst", LIST, Role.BEOORDELAAR, False),
    ("verantwoording", "/verantwoording?doel=schijnbewoning", Role.AUDITOR, False),
    ("model", "/verantwoording/model/schijnbewoning", Role.AUDITOR, False),
    ("logboek", "/logboek", Role.AUDITOR, False),
    ("beheer", "/beheer", Role.BEHEER, False),
    ("patronen", "/patronen", Role.PRIVACY, False),
    ("over", "/over", Role.BEOORDELAAR, False),
)


def shoot(publicaties: Path, folder: Path) -> None:
    """All of them, from what is published in `publicaties`."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(publicaties, demo=True) as served, chromium() as browser:
        _sign_in(browser, served, folder)
        _address(browser, served, folder)
        for name, path, role, whole in SCREENS:
            page = page_of(browser, served, someone(role), WIDE)
            page.goto(path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}.png", full_page=whole)
            page.context.close()
        _phone(browser, served, folder)


def _sign_in(browser: Browser, served: Served, folder: Path) -> None:
    page = browser.new_page(base_url=served.url, viewport={"width": WIDE[0], "height": WIDE[1]})
    page.goto("/inloggen")
    page.screenshot(path=folder / "inloggen.png")
    page.context.close()


def _address(browser: Browser, served: Served, folder: Path) -> None:
    page = page_of(browser, served, someone(Role.BEOORDELAAR), WIDE)
    page.goto(LIST)
    page.goto(_telling_address(page))
    page.screenshot(path=folder / "adres.png", full_page=True)
    page.context.close()


def _phone(browser: Browser, served: Served, folder: Path) -> None:
    page = page_of(browser, served, someone(Role.BEOORDELAAR), PHONE)
    page.goto(LIST)
    page.evaluate("document.querySelector('.telling').scrollIntoView()")
    page.screenshot(path=folder / "telefoon.png")
    page.context.close()


def _telling_address(page: Page) -> str:
    """The first address on the page that has reasons on both sides and a timeline, else the first."""
    links = [link.get_attribute("href") or "" for link in page.locator(".lijst__adres a").all()]
    for link in links:
        page.goto(link)
        if page.locator(".kolom .balken").count() == 2 and page.locator(".tijdlijn").count():
            return link
    return links[0]


if __name__ == "__main__":
    shoot(Path(sys.argv[2]), Path(sys.argv[1]))
