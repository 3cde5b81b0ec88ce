"""The README pictures: `python -m tests.service.screenshots docs/screenshots PUBLICATIES`.

Serves a folder of publications by itself in demo mode, on a store of its own: every screen, and the list on a phone.
The case in the pictures is worked by the made-up people, as in the walk (tests/service/walk/case.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from service.signin.demo import accounts
from tests.service.serving import GEMEENTE, Served, serving
from tests.service.walk import case as steps
from tests.service.walk.browser import PHONE, chromium, page_of

WORK = {"werkvoorraad": "werkvoorraad", "werkitem": "beoordelen", "onderzoeken": "onderzoeken"}
PEOPLE = {person.id: person for person in accounts(frozenset({GEMEENTE}))}
LIST = "/ranglijsten/spookbewoning"
WIDE = (1440, 1000)
SCREENS = (  # name, path, who, whole page
    ("ranglijst", LIST, "demo-pieter", False),  # who judges does not see there what is in the work list
    ("verantwoording", "/verantwoording?doel=schijnbewoning", "demo-otto", False),
    ("model", "/verantwoording/model/schijnbewoning", "demo-otto", False),
    ("logboek", "/logboek", "demo-otto", False),
    ("beheer", "/beheer", "demo-bea", False),
    ("patronen", "/patronen", "demo-priya", False),
    ("over", "/over", "demo-anna", False),
)


def shoot(publicaties: Path, folder: Path) -> None:
    """All of them, from what is published in `publicaties`."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(publicaties, demo=True) as served, chromium() as browser:
        _sign_in(browser, served, folder)
        _case(browser, served, folder)
        _address(browser, served, folder)
        for name, path, who, whole in SCREENS:
            page = page_of(browser, served, PEOPLE[who], WIDE)
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


def _case(browser: Browser, served: Served, folder: Path) -> None:
    """The work list, one address to judge, and an investigation on its way."""

    def seen(name: str, page: Page) -> None:
        if name in WORK:
            page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
            page.screenshot(path=folder / f"{WORK[name]}.png")

    walk = steps.Walk(browser=browser, served=served, seen=seen)
    handler, case = steps.handler_of(walk, steps.judge(walk, "demo-anna"))
    steps.declare(walk, handler, case)
    steps.step(walk, handler, case, "start_voorleggen", words="Verbruik zonder inschrijving: gerede twijfel.")
    second = steps.second_of(walk, handler, case)
    steps.declare(walk, second, case)
    steps.step(walk, second, case, "start_akkoord")
    steps.step(walk, handler, case, "aanschrijven")
    page = walk.at(handler)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.screenshot(path=folder / "onderzoek.png", full_page=True)
    walk.close()


def _address(browser: Browser, served: Served, folder: Path) -> None:
    page = page_of(browser, served, PEOPLE["demo-pieter"], WIDE)
    page.goto(LIST)
    page.goto(_telling_address(page))
    page.screenshot(path=folder / "adres.png", full_page=True)
    page.context.close()


def _phone(browser: Browser, served: Served, folder: Path) -> None:
    page = page_of(browser, served, PEOPLE["demo-pieter"], PHONE)
    page.goto(LIST)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('.telling').scrollIntoView({ behavior: 'instant' })")
    page.wait_for_timeout(300)  # the picture of a page that still moves has holes
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
