"""The pages in a real browser: axe-core (WCAG 2.2 AA), keyboard, 320 px, no other origin, no breach of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from service.assets import MODULES, VENDOR
from service.people import Role
from tests.service.serving import Served

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = ("/ranglijsten/spookbewoning", "/ranglijsten/schijnbewoning?band=A", "/over", "/bestaat-niet")

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


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=served.url, viewport={"width": 1280, "height": 900})
    made.add_cookies(served.cookies(Role.BEOORDELAAR))
    yield made
    made.close()


def address_path(page: Page, band: str = "A") -> str:
    page.goto(f"/ranglijsten/spookbewoning?band={band}")
    return page.locator(".lijst__adres a").first.get_attribute("href") or ""


def opened(page: Page, path: str) -> None:
    """Go there, wait until all is drawn, open every details element."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    axe = (MODULES / "axe-core" / "axe.min.js").read_text()
    for path in (*PATHS, address_path(page), address_path(page, "E")):
        opened(page, path)
        page.evaluate(axe)  # through the debugger: the page's own policy lets no inline script in
        found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
        told = [(fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in found["violations"]]
        assert told == [], path
        assert len(found["passes"]) > 10


def test_nothing_from_another_origin_no_breach_and_no_error(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "window.breaches = [];"
        "document.addEventListener('securitypolicyviolation', (e) => breaches.push(e.violatedDirective))"
    )
    for path in (*PATHS[:3], address_path(page)):
        opened(page, path)
        assert page.evaluate("window.breaches") == []
    assert said == []
    assert len(asked) > 20
    assert [url for url in asked if not url.startswith((base, "data:"))] == []


@pytest.mark.parametrize("width", [320, 768])
def test_reflow_without_scrolling_sideways(context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    for path in (*PATHS, address_path(page)):
        opened(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_row_of_the_list_runs_over_the_next(context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/ranglijsten/spookbewoning")
    spilled = page.evaluate(
        "[...document.querySelectorAll('.lijst__rij')].filter((row) => [...row.querySelectorAll('*')].some((part) =>"
        " part.getBoundingClientRect().bottom > row.getBoundingClientRect().bottom + 1)).length"
    )
    assert spilled == 0


def test_by_keyboard_alone_from_the_skip_link_to_an_address(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/ranglijsten/spookbewoning")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    assert page.locator(".utrecht-skip-link").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        tag, name, outline = page.evaluate(
            "(() => { const e = document.activeElement; const style = getComputedStyle(e);"
            " return [e.tagName, e.getAttribute('href') || e.name || e.type, style.outlineStyle] })()"
        )
        assert outline == "solid", (tag, name)  # what has the focus shows it
        reached.append(str(name))
        if str(name).startswith("/adressen/"):
            break
    assert {"woonplaats", "ligging", "band", "submit"} <= set(reached)
    page.keyboard.press("Enter")
    page.wait_for_url("**/adressen/**")
    assert page.locator("h1").is_visible()


def test_the_filter_form_works_without_javascript(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    context.add_cookies(served.cookies(Role.BEOORDELAAR))
    page = context.new_page()
    page.goto("/ranglijsten/spookbewoning")
    assert "JavaScript nodig" in page.locator("#kaart").inner_text()
    page.select_option("#woonplaats", "Broekdijk")
    page.get_by_role("button", name="Toon adressen").click()
    assert "woonplaats=Broekdijk" in page.url
    assert set(page.locator(".lijst__plaats").all_inner_texts()) == {"Broekdijk"}
    context.close()


def test_the_map_shows_the_rows_of_the_table(context: BrowserContext) -> None:
    page = context.new_page()
    opened(page, "/ranglijsten/spookbewoning?band=A")
    ranks = page.locator(".lijst__rang").all_inner_texts()[1:]
    assert sorted(page.locator(".speld").all_inner_texts()) == sorted(ranks)
    assert page.locator(".plaatsnaam").count() == 3
    page.locator(".lijst__adres a").first.focus()
    assert page.locator(".speld--aan").all_inner_texts() == [ranks[0]]
    page.locator(".speld").first.dispatch_event("click")
    assert page.locator(".leaflet-popup-content a").get_attribute("href")


def test_a_band_is_told_by_its_letter_and_not_by_colour_alone(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/ranglijsten/spookbewoning")
    assert {text.strip() for text in page.locator(".lijst__band .band").all_text_contents()} <= {
        f"Band {letter}" for letter in "ABCDE"
    }
