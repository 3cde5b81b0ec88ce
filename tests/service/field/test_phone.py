"""The field page on a phone: a day without a network, and everything arrives once."""

from __future__ import annotations

import base64
import json
import os
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from service.cases.steps import Stap
from service.field.codes import Botsing, Uitslag
from service.people import Role
from tests.service.field import phone as at
from tests.service.field.at_door import address_id, jpeg
from tests.service.field.phone import DAILY, Site, kept_shell, nobody_home, opened, ready
from tests.service.publication import write_publication
from tests.service.serving import someone
from tests.service.walk.browser import AXE, chromium, needs_browser
from tests.service.web.test_browser import WCAG

pytestmark = needs_browser
VERA = someone(Role.VELD, name="vera")

RAW = """async () => {
  const done = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  const letters = (bytes) => [...bytes].map((b) => String.fromCharCode(b)).join("");
  const plainly = (value) => value instanceof ArrayBuffer ? letters(new Uint8Array(value))
    : value instanceof Uint8Array ? letters(value)
    : value instanceof CryptoKey ? { extractable: value.extractable } : value;
  const database = await done(indexedDB.open("veld"));
  const told = [];
  for (const name of database.objectStoreNames) {
    const rows = await done(database.transaction(name).objectStore(name).getAll());
    for (const row of rows) {
      const pairs = Object.entries(row).map(([key, value]) => [key, plainly(value)]);
      told.push({ winkel: name, ...Object.fromEntries(pairs) });
    }
  }
  database.close();
  return told;
}"""

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) {
      found.push([new URL(one.url).pathname, await (await cache.match(one)).text()]);
    }
  }
  return found;
}"""
LEFT = "async () => (await import('/static/veld/vault.js')).count('bezoek')"
SEND = """async () => {
  const courier = await import("/static/veld/courier.js");
  courier.send().catch(() => {});
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    folder = tmp_path / "publicaties"
    folder.mkdir()
    write_publication(folder, n=20)
    with at.site(folder, monkeypatch) as made:
        made.more(5)
        at.hire_visitors(made)
        yield made


def test_a_day_without_a_network(browser: Browser, site: Site, tmp_path: Path) -> None:
    context = at.phone(browser, site)
    page = opened(context.new_page())
    kept_shell(page)
    context.set_offline(True)
    page.reload()
    expect(page.locator(".stops li")).to_have_count(4)
    nobody_home(page, "1-1", photo=True)
    page.reload()  # in the middle of a visit, before it is ready
    expect(page.locator("#bevinding")).to_have_value(DAILY)
    expect(page.locator(".fotos img")).to_be_attached()
    if page.locator('[data-naar="3"]').is_visible():  # it was quicker than the note of which step was on the screen
        page.locator('[data-naar="3"]').click()
    ready(page)
    nobody_home(page, "2-1")
    ready(page)
    nobody_home(page, "3-2")
    page.locator("#voorstel").select_option("niemand_aangetroffen_sporen")
    page.locator("#motivering").fill(DAILY)
    ready(page)
    expect(page.locator("#stand")).to_contain_text("3 bezoeken nog niet verstuurd")
    assert site.rows() == ()
    _only_ciphertext(page)
    site.work.take(site.cases[1], Stap.NADERE_INLICHTINGEN)  # the desk goes on meanwhile
    context.set_offline(False)
    expect(page.locator("#stand")).to_contain_text("Alles is verstuurd", timeout=15_000)
    found = {row.bezoek.onderzoek_id: row for row in site.rows()}
    assert len(found) == len(site.rows()) == 3
    states = [found[site.cases[nr].id].toestand for nr in (0, 1, 3)]
    assert states == [Uitslag.VERWERKT, Uitslag.BOTST, Uitslag.VERWERKT]
    assert found[site.cases[1].id].botsing is Botsing.VERDER
    assert len(found[site.cases[0].id].fotos) == 1
    assert [len(site.case(nr).bezoeken) for nr in range(5)] == [1, 0, 0, 1, 0]
    kinds = {row.get("soort") for row in page.evaluate(RAW)}
    assert "bezoek" not in kinds and "foto" not in kinds and "concept" not in kinds
    page.evaluate("location.hash = '#verstuurd'")
    expect(page.get_by_text("Het onderzoek ging intussen verder.")).to_be_visible()
    expect(page.locator(".kanten:visible")).to_contain_text(DAILY)
    expect(page.locator(".kanten:visible")).to_contain_text("Nadere inlichtingen gevraagd.")
    context.close()
    _desk_sees_both_sides(browser, site)


def _only_ciphertext(page: Page) -> None:
    """Nothing that can be read: not in the database, not beside it, not in the address, not in the cache."""
    rows = page.evaluate(RAW)
    assert {row.get("soort") for row in rows} >= {"ronde", "bezoek", "foto", "eigenaar"}
    told = json.dumps(rows, ensure_ascii=False)
    canaries = ("kanarie", "Zandweg", "Veerle", "p-veerle", "01750100", "JFIF", "spook")
    assert [word for word in canaries if word in told] == []
    assert [row["key"] for row in rows if row["winkel"] == "sleutels"] == [{"extractable": False}]
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert all(word not in page.url for word in ("kanarie", "Zandweg", "017501"))
    kept = page.evaluate(KEPT)
    assert len(kept) > 10
    for path, content in kept:
        assert path in ("/veld", "/veld.webmanifest") or path.startswith("/static/"), path
        assert all(word not in content for word in ("Zandweg", "Veerle", "kanarie", "017501"))


def _desk_sees_both_sides(browser: Browser, site: Site) -> None:
    case = site.case(1)
    context = at.phone(browser, site, workers=False, size={"width": 1280, "height": 900})
    at.sign_in(context, site, site.work.people[case.behandelaar])
    page = context.new_page()
    page.goto("/veldbezoeken")
    expect(page.locator(".botsing")).to_contain_text(DAILY)
    page.goto(f"/onderzoeken/{case.id}")
    block = page.locator(".botsing")
    expect(block).to_contain_text("Het onderzoek ging intussen verder.")
    expect(block).to_contain_text("Intussen in het onderzoek")
    page.evaluate(AXE.read_text())
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
    assert [fault["id"] for fault in found["violations"]] == []
    block.locator("input[value=toevoegen]").check()
    block.locator("textarea").fill("Het bezoek was voor de brief.")
    with page.expect_navigation():
        block.locator("button").click()
    expect(page.locator("#veld")).to_contain_text("Later toegevoegd aan het onderzoek")
    assert len(site.case(1).bezoeken) == 1
    context.close()


def test_killed_fifty_times_while_sending_every_visit_arrives_once(browser: Browser, site: Site) -> None:
    draw = random.Random(50)
    killed = 0
    context = at.phone(browser, site, workers=False)
    page = opened(context.new_page())
    page.evaluate("location.hash = '#stop-1-1'")
    page.locator('[data-doet="geen_band"]').click()
    expect(page.locator("form.bezoek")).to_be_visible()
    for round_ in range(50):
        _written(page, site, round_)
        page.evaluate(SEND)
        page.wait_for_timeout(draw.uniform(0, 60))
        killed += page.evaluate(LEFT) > 0
        page.close(run_before_unload=False)
        page = context.new_page()
        page.goto("/veld-sw.js")  # ours, and nothing runs
    opened(page)
    expect(page.locator("#stand")).to_contain_text("Alles is verstuurd", timeout=30_000)
    rows = site.rows()
    assert len(rows) == 50 and len({row.id for row in rows}) == 50
    assert all(row.toestand is Uitslag.VERWERKT and len(row.fotos) == 1 for row in rows)
    assert sum(len(site.case(nr).bezoeken) for nr in range(5)) == 50
    assert not [row for row in page.evaluate(RAW) if row.get("soort") in ("bezoek", "foto")]
    assert killed >= 25  # or it was no test of being cut off
    context.close()


def _written(page: Page, site: Site, number: int) -> None:
    """One more visit and its photo, put on the phone as the form does."""
    case = site.cases[number % 5]
    about = {"adresId": address_id(case.identificatie), "onderzoekId": case.id, "versie": case.versie}
    page.evaluate(
        """async ([about, moment, photo]) => {
          const vault = await import("/static/veld/vault.js");
          const { digest } = await import("/static/veld/photo.js");
          const bytes = Uint8Array.from(atob(photo), (one) => one.charCodeAt(0));
          const id = crypto.randomUUID(), foto = crypto.randomUUID(), tot = vault.hence(96);
          const visit = { id, rondeId: "ronde1", moment, geenBand: true, getroffen: "niemand", metgezel: "",
            gelegitimeerd: false, toestemming: "niet_gevraagd", binnen: false, sporen: true, waarnemingen: [],
            bevinding: "dicht", voorstel: "", motivering: "", opmerking: "",
            fotos: [{ id: foto, sha256: await digest(bytes) }], fout: "", tot, ...about };
          const photos = [{ soort: "foto", id: foto, waarde: bytes, tot }];
          await vault.write([{ soort: "bezoek", id, waarde: visit, tot }, ...photos]);
        }""",
        [about, site.clock.now.isoformat(), base64.b64encode(jpeg(64, 48)).decode()],
    )


def test_a_session_that_ended_loses_nothing(browser: Browser, site: Site) -> None:
    context = at.phone(browser, site)
    page = opened(context.new_page())
    kept_shell(page)
    context.set_offline(True)
    nobody_home(page, "1-1")
    ready(page)
    context.clear_cookies()
    context.set_offline(False)
    expect(page.locator("#stand")).to_contain_text("Log opnieuw in", timeout=15_000)
    assert page.locator("#opnieuw").get_attribute("href") == "/inloggen?naar=/veld" and site.rows() == ()
    at.sign_in(context, site, VERA)  # a colleague neither sees nor sends it
    page.goto("/veld")
    expect(page.get_by_role("heading", name="Gegevens van een collega")).to_be_visible()
    assert "Zandweg" not in page.content() and site.rows() == ()
    at.sign_in(context, site)
    page.goto("/veld")
    expect(page.locator("#stand")).to_contain_text("Alles is verstuurd", timeout=15_000)
    assert [row.persoon for row in site.rows()] == ["p-veerle"]
    context.close()


def test_signing_out_and_time_take_everything_away(browser: Browser, site: Site) -> None:
    context = at.phone(browser, site)
    page = opened(context.new_page())
    at.no_tie(page, "1-1")
    context.clock.set_fixed_time(site.clock.now + timedelta(hours=15))
    context.set_offline(True)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("async () => !(await (await import('/static/veld/vault.js')).count('ronde'))")
    context.set_offline(False)
    context.clock.set_fixed_time(site.clock.now)
    opened(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/uitgelogd")
    assert len(asked) == 1 and "niet verstuurd" in asked[0]
    page.wait_for_function("async () => !(await indexedDB.databases()).length && !(await caches.keys()).length")
    context.close()


def test_every_screen_for_everybody(browser: Browser, site: Site, tmp_path: Path) -> None:
    context = at.phone(browser, site)
    page = opened(context.new_page())
    _look(page, "ronde")
    page.evaluate("location.hash = '#stop-3'")
    expect(page.locator(".deuren li")).to_have_count(2)
    assert (page.locator('[data-veld="route"]').get_attribute("href") or "").startswith("geo:52.")
    _look(page, "stop")
    page.evaluate("location.hash = '#stop-1-1'")
    _look(page, "band")
    at.no_tie(page, "1-1")
    assert page.locator("input[name=binnen]").is_hidden()
    page.locator("input[name=getroffen][value=bewoner]").check()
    page.locator("input[name=toestemming][value=gegeven]").check()
    assert page.locator("input[name=binnen]").is_hidden()  # first say who you are
    page.locator('[data-naar="2"]:visible').click()
    expect(page.locator(".fouten")).to_contain_text("Laat eerst zien wie u bent")
    page.locator("input[name=gelegitimeerd]").check()
    page.locator("input[name=binnen]").check()
    _look(page, "deur-1")
    page.locator("input[name=toestemming][value=geweigerd]").check()
    assert page.locator("input[name=binnen]").is_hidden() and not page.locator("input[name=binnen]").is_checked()
    page.locator('[data-naar="2"]:visible').click()
    _look(page, "deur-2")
    page.locator('[data-naar="3"]:visible').click()
    _look(page, "deur-3")
    ready(page)
    expect(page.locator("#stand")).to_contain_text("Alles is verstuurd", timeout=15_000)
    _look(page, "klaar")
    page.evaluate("location.hash = '#verstuurd'")
    expect(page.locator(".verstuurd li")).not_to_have_count(0)
    _look(page, "verstuurd")
    for word in ("score", "band A", "rang", "steekproef", "verkenning", "selectiekans"):
        assert word not in page.evaluate("fetch('/v1/veldrondes').then((answer) => answer.text())")
    context.close()


def _look(page: Page, name: str) -> None:
    """axe (WCAG 2.2 AA) and reflow at two widths; a picture where SCHIJNWERPER_BEELDEN says so."""
    page.wait_for_timeout(50)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if folder := os.environ.get("SCHIJNWERPER_BEELDEN"):
            page.screenshot(path=Path(folder) / f"veld-{name}-{width}.png", full_page=True)
    page.evaluate(AXE.read_text())
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
    told = [(fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in found["violations"]]
    assert told == [] and len(found["passes"]) > 10, name
    unsure = [node for fault in found["incomplete"] for node in fault["nodes"] if fault["id"] == "color-contrast"]
    assert [node["html"][:120] for node in unsure if "equalRatio" in json.dumps(node)] == [], name  # text nobody sees
    page.set_viewport_size({"width": 390, "height": 844})
