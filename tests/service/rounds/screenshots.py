"""The README picture of a plan: `python -m tests.service.rounds.screenshots docs/screenshots`; the paper beside it.

Made-up visits on a made-up countryside. ronde.pdf is the printed round of the first team, to be turned into a picture.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from service.rounds.policy import Planning
from tests.service.rounds.pages import countryside
from tests.service.walk.browser import chromium, page_of

WIDE = (1440, 1180)
CASES = range(0, 300, 5)


def shoot(folder: Path) -> None:
    """plan.png and ronde.pdf."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        publicaties = Path(place) / "publicaties"
        publicaties.mkdir()
        planning = Planning(eerste=1.0, grondig=4.0, opnieuw=1.0, processen=0)
        with countryside(publicaties, planning, n=300, places=CASES) as made:
            page = page_of(browser, made.served, made.planner, WIDE)
            _ask(page)
            page.locator(".ronde").first.wait_for(timeout=30_000)
            page.locator(".stop").nth(2).get_by_role("button", name="Zet vast").click()
            page.locator(".stopmerk--vast").first.wait_for()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / "plan.png")
            page.get_by_role("link", name="Bekijk en print").first.click()
            with page.expect_download() as paper:
                page.get_by_role("link", name="Papier (PDF)").click()
            paper.value.save_as(folder / "ronde.pdf")
            page.context.close()


def _ask(page: Page) -> None:
    """Two teams on one day, the whole gemeente."""
    page.goto("/plannen/nieuw")
    page.get_by_label("De hele gemeente").check()
    page.get_by_text("Nog een team").first.click()
    for team, people, start in ((1, (0, 2), "Oosterveen"), (2, (1, 3), "Westerveen")):
        for person in people:
            page.locator(f"input[name=team{team}_lid]").nth(person).check()
        page.locator(f"#team{team}_start").select_option(start)
        page.locator(f"#team{team}_einde").fill("12:30")
    page.get_by_role("button", name="Maak het plan").click()


if __name__ == "__main__":
    shoot(Path(sys.argv[1]))
