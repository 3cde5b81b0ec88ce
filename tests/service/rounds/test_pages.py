from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pypdf
import pytest
from sqlalchemy import select

from service.logs.tables import audit
from service.people import Person, Role
from tests.service.rounds.made_up import CANARIES
from tests.service.rounds.pages import PLACES, Countryside, countryside
from tests.service.serving import someone
from tests.service.stopping import lift_stop, set_stop
from tests.service.walk.browser import chromium, keep, look, needs_browser, page_of

RUN = "20261001-0001"
FORM = {
    "gemeente": "0175", "eerste_dag": "2026-11-26", "laatste_dag": "2026-11-26", "ligging": "alles",
    "minuten_eerste": "15", "minuten_verder": "7", "aandeel_verkenning": "10", "aandeel_steekproef": "10",
    "team1_lid": ["p-anna", "p-veerle"], "team1_naam": "Noord", "team1_begin": "09:00", "team1_einde": "16:00",
    "team1_start": "Oosterveen", "team2_lid": ["p-vincent"], "team2_naam": "Zuid", "team2_begin": "09:00",
    "team2_einde": "13:00", "team2_punt": "231000,517000",
}  # fmt: skip
STOP = re.compile(r'<tr class="[^"]*\bstop\b[^"]*".*?</tr>', re.S)


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Countryside]:
    folder = tmp_path_factory.mktemp("land") / "publicaties"
    folder.mkdir()
    with countryside(folder) as made:
        yield made


@pytest.fixture(scope="module")
def planner(land: Countryside) -> Iterator[httpx.Client]:
    with land.served.client_of(land.planner) as http:
        yield http


def new_plan(planner: httpx.Client, **changed: object) -> str:
    """The path of a plan that was computed."""
    answer = planner.post("/plannen", data={**FORM, **changed})
    assert answer.status_code == 303, re.findall(r'role="alert".*?</div>', answer.text, re.S)
    path = answer.headers["location"]
    until = time.monotonic() + 20
    while "refresh" in planner.get(path).headers and time.monotonic() < until:
        time.sleep(0.1)
    return str(path)


def fields(html: str, text: str) -> dict[str, list[str]]:
    """The hidden fields of the first form with a button of this text."""
    form = next(part for part in re.findall(r"<form.*?</form>", html, re.S) if f">{text}" in part)
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def press(planner: httpx.Client, path: str, html: str, text: str, to: str = "wensen", **more: str) -> str:
    """Press the button; the page that follows."""
    answer = planner.post(f"{path}/{to}", data={**fields(html, text), **more})
    assert answer.status_code == 303, answer.text[-600:]
    return planner.get(answer.headers["location"]).text


def test_a_plan_is_made_pinned_banned_moved_and_fixed_without_a_script(
    land: Countryside, planner: httpx.Client
) -> None:
    path = new_plan(planner)
    page = planner.get(path).text
    assert len(STOP.findall(page)) == len(PLACES) and "Niet in het plan" in page
    assert "Bovenaan de ranglijst" in page and page.count("planbalk__vulling--") == 2

    pinned = press(planner, path, page, "Zet vast")
    assert pinned.count("stopmerk--vast") == 1 and "Maak los" in pinned
    banned = press(planner, path, pinned, "Neem uit plan")
    assert len(STOP.findall(banned)) == len(PLACES) - 1
    assert "Door een planner uit het plan gehaald." in banned
    stale = planner.post(f"{path}/wensen", data=fields(page, "Zet vast"))
    assert stale.status_code == 409 and "intussen veranderd" in stale.text

    dienst, team = re.findall(r'<option value="([^"]+)">do 26 november, (\w+)</option>', banned)[0]
    target = fields(banned, "Verplaats naar deze ronde")["adres"]
    moved = press(planner, path, banned, "Verplaats naar deze ronde", dienst=dienst)
    there = next(part for part in moved.split('<section class="ronde ')[1:] if f'data-team="{team}"' in part)
    assert all(f'value="{one}"' in there for one in target)

    fixed = press(planner, path, moved, "Stel het plan vast", to="vaststellen")
    assert "Elk team ziet zijn eigen ronde." in fixed and "Zet vast" not in fixed
    _seen_by_its_own(land, fixed)
    back = press(planner, path, fixed, "Trek het plan in", to="intrekken")
    assert "Dit plan geldt niet meer." in back


def _seen_by_its_own(land: Countryside, page: str) -> None:
    noord = re.findall(r'id="ronde-([0-9a-f]{32})"[^>]*data-team="Noord"', page)[0]
    seen = {}
    for person in (*land.work.people.values(), someone(Role.DATATEAM), someone(Role.PLANNER, gemeenten=frozenset())):
        with land.served.client_of(person) as http:
            seen[person.id] = {
                http.get(f"/rondes/{noord}{end}").status_code for end in ("", "/export.pdf", "/export.ics")
            }
    assert seen.pop("p-anna") == seen.pop("p-veerle") == {200}
    assert all(codes <= {403, 404} for id, codes in seen.items() if id != "p-pieter")


def test_every_file_of_a_round_leaves_its_line_in_the_log(land: Countryside, planner: httpx.Client) -> None:
    page = planner.get(new_plan(planner)).text
    ronde = re.findall(r'id="ronde-([0-9a-f]{32})"', page)[0]
    kinds = {"pdf": "application/pdf", "gpx": "application/gpx+xml", "ics": "text/calendar; charset=utf-8",
             "geojson": "application/geo+json", "csv": "text/csv; charset=utf-8"}  # fmt: skip
    for kind, media in kinds.items():
        answer = planner.get(f"/rondes/{ronde}/export.{kind}")
        assert answer.status_code == 200 and answer.headers["content-type"] == media
        assert re.fullmatch(
            rf'attachment; filename="ronde-2026-11-26-\w+\.{kind}"', answer.headers["content-disposition"]
        )
        told = answer.content if kind != "pdf" else _text(answer.content).encode()
        assert not [word for word in (*CANARIES, "p-anna", "p-veerle", "Anna", "0175010") if word.encode() in told]
    assert planner.get(f"/rondes/{ronde}/export.docx").status_code in (400, 404)
    with land.served.database.looking() as read:
        query = select(audit.c.bijzonderheden, audit.c.aantal).where(
            audit.c.handeling == "bezoekronde.meenemen", audit.c.object_id == ronde
        )
        lines = read.execute(query).all()
    assert sorted(str(line.bijzonderheden) for line in lines) == sorted(f'{{"bestand":"{kind}"}}' for kind in kinds)
    assert len({line.aantal for line in lines}) == 1 and lines[0].aantal > 0


def _text(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_no_page_tells_why_the_lot_or_the_model_chose(planner: httpx.Client) -> None:
    path = new_plan(planner, gevelschouw="ja")
    page = planner.get(path).text
    ronde = planner.get(re.findall(r'href="(/rondes/[0-9a-f]{32})"', page)[0]).text
    for html in (page, ronde):
        words = re.sub(r"<(script|link)[^>]*>", "", html).lower()
        assert not [
            w for w in ("steekproef", "verkenning", "risico", "selectiekans", "band--", "data-rang") if w in words
        ]


def test_while_the_model_is_stopped_nothing_is_told_of_what_it_promised(
    land: Countryside, planner: httpx.Client
) -> None:
    path = new_plan(planner)
    ronde = re.findall(r'href="(/rondes/[0-9a-f]{32})"', planner.get(path).text)[0]
    assert "Verwachte vondsten" in planner.get(path).text and "Wat bekend is" in planner.get(ronde).text
    folder = land.served.settings.publicaties / RUN
    set_stop(folder)
    try:
        told = planner.get(path).text
        assert "Verwachte vondsten" not in told and "Bovenaan de ranglijst" not in told and STOP.findall(told)
        assert "Wat bekend is" not in planner.get(ronde).text
        assert "Kijk met open blik" in _text(planner.get(f"{ronde}/export.pdf").content)
    finally:
        lift_stop(folder)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"eerste_dag": ""}, "Vul bij de dagen een datum in."),
        ({"laatste_dag": "2026-11-25"}, "Kies een eerste en een laatste dag"),
        ({"team1_lid": [], "team2_lid": []}, "Stel ten minste een team samen"),
        ({"team1_begin": "x"}, "Noord: vul in hoe laat"),
        ({"team2_punt": "hier"}, "Zuid: kies waar het team vertrekt"),
        ({"team2_punt": "nan,nan"}, "De startplaats van team Zuid"),
        ({"minuten_eerste": "nan"}, "Vul bij minuten en aandelen een getal in."),
        ({"vlak": "1,1 2,2"}, "Geef ten minste drie punten"),
        ({"team1_lid": ["p-carla"]}, "In team Noord staat iemand"),
    ],
)
def test_what_is_wrong_is_told_beside_the_form(planner: httpx.Client, changed: dict[str, object], told: str) -> None:
    answer = planner.post("/plannen", data={**FORM, **changed})
    assert answer.status_code == 400
    alert = re.findall(r'role="alert".*?</div>', answer.text, re.S)[0]
    assert told in alert
    assert 'value="Zuid"' in answer.text  # what was filled in is still there


def test_only_who_plans_there_comes_in(land: Countryside, planner: httpx.Client) -> None:
    path = new_plan(planner)
    stranger = Person(id="p-elders", naam="Elders", rollen=frozenset({Role.PLANNER}), gemeenten=frozenset({"0193"}))
    with land.served.client_of(stranger) as http:
        assert path.removeprefix("/plannen/") not in http.get("/plannen").text
        assert http.get(path).status_code == 404
        for deed in ("wensen", "berekenen", "genoeg", "vaststellen", "intrekken"):
            data = {"versie": "1", "soort": "vast", "adres": "0" * 32}
            assert http.post(f"{path}/{deed}", data=data).status_code == 404, deed


@pytest.mark.skipif(needs_browser[0].args[0] or needs_browser[1].args[0], reason="no chromium or no assets")
def test_every_screen_for_everybody_and_by_keyboard(land: Countryside, planner: httpx.Client, tmp_path: Path) -> None:
    path = new_plan(planner)
    with chromium() as browser:
        page = page_of(browser, land.served, land.planner)
        page.goto(path)
        page.locator("#plankaart[data-klaar]").wait_for()
        assert page.locator(".planspeld:not(.planspeld--start)").count() == len(PLACES)
        assert look(page) == []
        keep(page, tmp_path, "plan")
        page.goto(path)
        first = page.locator(".stop").first
        first.get_by_role("button", name="Zet vast").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # opens "Verplaats"
        assert first.get_by_label("Naar welke ronde").is_visible()
        first.get_by_role("button", name="Zet vast").focus()
        page.keyboard.press("Enter")
        page.locator(".stopmerk--vast").first.wait_for()
        page.get_by_role("link", name=re.compile("Bekijk en print")).first.click()
        assert look(page) == []
        keep(page, tmp_path, "ronde")
        page.goto("/plannen/nieuw")
        page.get_by_text("Gebied tekenen").click()
        page.locator("#planvlak.leaflet-container").wait_for()
        for x, y in ((60, 60), (200, 60), (200, 200)):
            page.locator("#planvlak").click(position={"x": x, "y": y})
        assert re.fullmatch(r"\d+,\d+ \d+,\d+ \d+,\d+", page.locator("#vlak").input_value())
        assert look(page) == []
        page.context.close()
