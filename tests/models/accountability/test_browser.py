"""The documents in a real browser: axe-core (WCAG 2.2 AA), no sideways scrolling, nothing asked of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from models.accountability.monitoring_page import monitoring_page
from models.accountability.pack import documents
from service.assets import MODULES
from tests.models.accountability.facts_made_up import made_up
from tests.models.accountability.test_monitoring_page import told
from tests.service.web.test_browser import ARGUMENTS, CHROMIUM, WCAG
from tests.service.web.test_browser import pytestmark as pytestmark

PAGES = ("modelkaart.html", "kenmerken.html", "dpia.html", "iama.html", "brief.html", "index.html", "bewaking.html")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verantwoording")
    for name, content in documents(made_up()):
        (folder / name).write_bytes(content)
    (folder / "bewaking.html").write_text(monitoring_page(told(0)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_document_can_be_read_by_everybody_and_asks_nothing(pack: Path, page: Page, name: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((pack / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
    faults = [(fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in found["violations"]]
    assert faults == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})
    assert {url for url in asked if not url.startswith("file:")} == set()
