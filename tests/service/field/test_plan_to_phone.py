"""The whole way, nothing put in its place: a plan is made and fixed, its round is on the phone, begun and walked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from service.field.codes import Uitslag
from service.logs.entry import Trace
from service.rounds.fixing import fix
from service.rounds.tables import ronden
from tests.service.cases.working import Clock
from tests.service.field import phone as at
from tests.service.publication import write_publication
from tests.service.rounds.planning import at_the_door, field, question
from tests.service.serving import serving
from tests.service.walk.browser import chromium, needs_browser

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def test_from_a_plan_to_a_visit(browser: Browser, tmp_path: Path, migrated_sqlite: Path) -> None:
    folder, copy = tmp_path / "publicaties", tmp_path / "schijnwerper.db"
    folder.mkdir()
    write_publication(folder, n=60)
    shutil.copyfile(migrated_sqlite, copy)
    clock, url = Clock(), f"sqlite:///{copy}"
    made = field(folder, url, clock)
    at_the_door(made, 1, 2, 3, 4)
    plan = made.plan(question())
    fix(made.desk, made.planner, Trace(), plan.id, plan.versie)
    clock.now = datetime.fromisoformat("2026-11-26T10:00:00+01:00")
    with serving(folder, clock=clock, database=url) as served:
        site = at.Site(served=served, work=made.work, clock=clock)
        context = at.phone(browser, site)
        page = at.opened(context.new_page())
        at.kept_shell(page)
        page.get_by_role("button", name="Begin de ronde").click()
        expect(page.get_by_role("button", name="Begin de ronde")).to_have_count(0)
        with served.database.looking() as read:
            assert read.execute(select(ronden.c.begonnen_door)).scalar_one() == "p-veerle"
        context.set_offline(True)
        at.nobody_home(page, "1-1")
        place = page.locator("h1").inner_text()
        page.get_by_role("button", name="Bezoek is klaar").click()
        expect(page.get_by_role("heading", name=place)).to_be_visible()
        context.set_offline(False)
        expect(page.locator("#stand")).to_contain_text("Alles is verstuurd", timeout=15_000)
        (row,) = site.rows()
        assert (row.toestand, row.persoon) == (Uitslag.VERWERKT, "p-veerle")
        (seen,) = made.work.case(row.bezoek.onderzoek_id).bezoeken
        assert (seen.bezoeker, seen.metgezel) == ("p-veerle", "p-anna")
        context.close()
    made.desk.publications.close()
    made.desk.database.close()
