"""A whole case as people do it, in the browser: from the work list to a decided outcome. No step goes past the screen.

The lot decides who handles the case and who is the second person; the walk looks at whose screen says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, expect

from tests.service.serving import Served
from tests.service.walk.browser import DESKTOP

JUDGES, SECONDS = ("demo-anna", "demo-bilal"), ("demo-bilal", "demo-carla")
LETTERS = ("aanschrijving", "voornemen", "besluit")
Seen = Callable[[str, Page], None]  # (name of the screen, the screen)


@dataclass
class Walk:
    """People at their own windows. seen: called on every screen that is worth a look."""

    browser: Browser
    served: Served
    seen: Seen
    windows: dict[str, Page] = field(default_factory=dict)

    def at(self, person: str) -> Page:
        """The window of `person`, who signs in on the sign-in page the first time."""
        if person not in self.windows:
            width, height = DESKTOP
            page = self.browser.new_page(base_url=self.served.url, viewport={"width": width, "height": height})
            page.goto("/inloggen")
            page.locator(f"form:has(input[value={person}]) button").click()
            self.windows[person] = page
        return self.windows[person]

    def close(self) -> None:
        """Everybody goes home."""
        for page in self.windows.values():
            page.context.close()


def judge(walk: Walk, person: str) -> str:
    """Judge the first address of the list as worth an investigation; returns the address. The answer comes after."""
    page = walk.at(person)
    page.goto("/werkvoorraad")
    walk.seen("werkvoorraad", page)
    page.locator("main a[rel=next]").first.click()
    address = page.locator("h1").inner_text()
    body = page.locator("main").inner_text()
    assert "Rang" not in body and "Band" not in body and "%" not in body, "no score before the judgement"
    walk.seen("werkitem", page)
    page.locator("input[name=oordeel][value=in_onderzoek]").check()
    page.locator("#motivering").fill("De meterstand loopt op, terwijl niemand staat ingeschreven.")
    page.locator(".kaartje--oordeel button[type=submit]").click()
    expect(page.locator("#antwoord")).to_be_visible()
    assert "Rang" in page.locator("main").inner_text(), "the answer of the model comes after the judgement"
    walk.seen("werkitem-antwoord", page)
    return address


def handler_of(walk: Walk, address: str) -> tuple[str, str]:
    """(person, path of the case) of whom the lot gave the case."""
    for person in JUDGES:
        page = walk.at(person)
        page.goto("/onderzoeken")
        link = page.locator(f".zaak__adres a:text-is('{address}')")
        if link.count():
            walk.seen("onderzoeken", page)
            return person, str(link.first.get_attribute("href"))
    raise AssertionError(f"nobody has the case of {address}")


def declare(walk: Walk, person: str, case: str) -> None:
    """Say that one has no tie with the address; before that the dossier stays shut."""
    page = walk.at(person)
    page.goto(case)
    if page.locator("input[value=geen_band]").count():
        walk.seen("onderzoek-verklaring", page)
        with page.expect_navigation():  # the address stays the same: waiting for it would not wait for the answer
            page.locator("form:has(input[value=geen_band]) button").click()


def step(walk: Walk, person: str, case: str, name: str, *, words: str = "", outcome: str = "") -> None:
    """Take one step by its form."""
    page = walk.at(person)
    page.goto(case)
    form = page.locator(f"form:has(input[name=stap][value={name}])")
    if outcome:
        form.locator("select[name=uitkomst]").select_option(outcome)
    if words:
        form.locator("textarea[name=motivering]").fill(words)
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert page.locator(".fout").count() == 0, page.locator("main").inner_text()[:300]


def letter(walk: Walk, person: str, case: str, kind: str) -> bytes:
    """Have a letter made; returns the document."""
    page = walk.at(person)
    page.goto(case)
    with page.expect_download() as waiting:
        page.locator(f"form:has(input[name=brief][value={kind}]) button").click()
    path = waiting.value.path()
    return path.read_bytes()


def visit(walk: Walk, person: str, case: str, moment: str) -> None:
    """Nobody home, looks inhabited; alone at the door."""
    page = walk.at(person)
    page.goto(case)
    page.locator("#moment").fill(moment)
    page.locator("input[name=getroffen][value=niemand]").check()
    page.locator("input[name=sporen]").check()
    page.locator("#bevinding").fill("Gordijnen dicht, brievenbus leeg, fiets in de tuin.")
    with page.expect_navigation():
        page.locator("form.bezoek button[type=submit]").click()
    assert page.locator(".bezoekregel").count() == 1, page.locator("main").inner_text()[:400]


def second_of(walk: Walk, handler: str, case: str) -> str:
    """Who has to agree: never the handler."""
    for person in SECONDS:
        page = walk.at(person)
        page.goto("/onderzoeken")
        if person != handler and page.locator(f".zaak--uw a[href='{case}']").count():  # it is up to them
            return person
    raise AssertionError("nobody is asked for a second pair of eyes")
