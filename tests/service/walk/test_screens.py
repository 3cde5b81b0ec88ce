"""Every screen, for everybody: no fault by axe (WCAG 2.2 AA), and no scrolling sideways at 320 px or 200% zoom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from playwright.sync_api import Browser

from service.app import ROUTERS
from service.people import Role
from tests.service.publication import write_publication
from tests.service.serving import Served, serving, someone
from tests.service.verantwoording.made_up import account
from tests.service.walk.browser import chromium, look, needs_browser, page_of

RUN = "20261001-0001"
SCREENS = (  # path, who opens it; "" = nobody
    ("/inloggen", ""),
    ("/uitgelogd", ""),
    ("/over", ""),
    ("/ranglijsten/spookbewoning", Role.BEOORDELAAR),
    ("/verantwoording", Role.AUDITOR),
    ("/verantwoording/model/spookbewoning", Role.AUDITOR),
    ("/verantwoording/kenmerken", Role.AUDITOR),
    ("/werkvoorraad/overzicht", Role.PLANNER),
    ("/patronen", Role.PRIVACY),
    ("/logboek", Role.AUDITOR),
    ("/beheer", Role.BEHEER),
    ("/werkvoorraad", Role.BEOORDELAAR),
    ("/werkvoorraad/overzicht", Role.PLANNER),
    ("/inzage", Role.PRIVACY),
    ("/signalen", Role.BEOORDELAAR),
    ("/uitleveringen", Role.GOEDKEURDER),
    ("/plannen", Role.PLANNER),
    ("/plannen/nieuw", Role.PLANNER),
    ("/inzage/te-bevestigen", Role.GOEDKEURDER),
)
ELSEWHERE = {  # looked at in the walk of a case, or in tests/service/web/test_browser.py; or no screen of its own
    "/",
    "/adressen/{id}",
    "/onderzoeken",
    "/onderzoeken/{id}",
    "/werkvoorraad",
    "/werkvoorraad/{id}",
    "/inzage/{id}",  # these three: tests/service/walk/test_prepared.py
    "/signalen/{id}",
    "/logboek/adressen/{id}",
    "/plannen/{id}",  # tests/service/rounds/test_pages.py
    "/rondes/{id}",
    "/veld",  # tests/service/field
    "/veldbezoeken",
    "/veld-sw.js",
    "/veld/sessie",
    "/veld.webmanifest",
    "/inloggen/beginnen",
    "/inloggen/terug",
    "/logboek/regels.csv",
}

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("schermen")
    write_publication(folder, RUN, n=90)
    account(folder / RUN)
    with serving(folder, demo=True) as running:
        yield running


@pytest.mark.parametrize(("path", "role"), SCREENS)
def test_nothing_keeps_anybody_out(browser: Browser, desk: Served, path: str, role: str) -> None:
    page = page_of(browser, desk, someone(Role(role))) if role else browser.new_page(base_url=desk.url)
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    assert look(page) == []
    page.context.close()


def test_no_screen_is_forgotten() -> None:
    pages = {
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and not route.include_in_schema
        if isinstance(route.response_class, type) and issubclass(route.response_class, HTMLResponse)
    }
    shown = {path.split("?")[0] for path, _ in SCREENS}
    plain = {path.replace("{doel}", "spookbewoning") for path in pages}
    assert plain - shown - ELSEWHERE == set()
