"""The README picture of the field page: `python -m tests.service.field.screenshots docs/screenshots`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from service.cases.steps import Stap
from tests.service.field import phone as at
from tests.service.publication import write_publication
from tests.service.walk.browser import chromium

GAP = 40
SEEN = "Gordijnen dicht, licht aan boven."


def shoot(folder: Path) -> None:
    """Three phones side by side: the round without a network, a door, and a visit that clashed."""
    taken: list[bytes] = []
    with tempfile.TemporaryDirectory() as kept, pytest.MonkeyPatch.context() as patch, chromium() as browser:
        published = Path(kept) / "publicaties"
        published.mkdir()
        write_publication(published, n=20)
        with at.site(published, patch) as site:
            site.more(5)
            at.hire_visitors(site)
            context = at.phone(browser, site)
            page = at.opened(context.new_page())
            at.kept_shell(page)
            context.set_offline(True)
            at.nobody_home(page, "1-1", photo=True, words=SEEN)
            at.ready(page)
            at.nobody_home(page, "2-1", words=SEEN)
            at.ready(page)
            site.work.take(site.cases[1], Stap.NADERE_INLICHTINGEN)
            page.evaluate("location.hash = '#ronde'")
            page.locator(".stops").wait_for()
            taken.append(page.screenshot())
            at.no_tie(page, "4-1")
            page.evaluate("scrollTo(0, 0)")
            taken.append(page.screenshot())
            context.set_offline(False)
            page.get_by_text("Alles is verstuurd").wait_for()
            page.evaluate("location.hash = '#verstuurd'")
            page.locator(".verstuurd li").first.wait_for()
            taken.append(page.screenshot())
            context.close()
    pictures = [Image.open(io.BytesIO(one)) for one in taken]
    width, height = pictures[0].size
    beside = Image.new("RGB", ((width + GAP) * len(pictures) + GAP, height + 2 * GAP), "#d5dce3")
    for nr, picture in enumerate(pictures):
        beside.paste(picture, (GAP + nr * (width + GAP), GAP))
    beside.save(folder / "veld.png", optimize=True)


if __name__ == "__main__":
    shoot(Path(sys.argv[1]))
