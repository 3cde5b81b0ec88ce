from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pandas as pd
import pytest

from service.web.render import TEMPLATES
from tests.service.publication import Written, write_publication

LIST = "/ranglijsten/spookbewoning"


def rows(html: str) -> list[int]:
    return [int(rank) for rank in re.findall(r'data-rang="(\d+)"', html)]


def first_address(client: httpx.Client, query: str = "") -> str:
    found = re.search(r'href="(/adressen/[0-9a-f]{32}\?doel=\w+)"', client.get(LIST + query).text)
    assert found
    return found[1]


def test_the_list_tells_what_it_is_and_is_not(client: httpx.Client, written: Written) -> None:
    html = client.get(LIST).text
    for words in (
        "Een hoge plaats is geen bewijs",
        "1 oktober 2026",
        written.run_id,
        "boosted 3",
        "signalen: geen grondslag",
    ):
        assert words in html
    assert rows(html) == list(range(1, 26))


def test_turning_pages_shows_every_row_once(client: httpx.Client) -> None:
    seen: list[int] = []
    url: str = LIST
    while url:
        html = client.get(url).text
        seen += rows(html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        url = following[1].replace("&amp;", "&") if following else ""
    assert seen == list(range(1, 301))


@pytest.mark.parametrize(
    ("query", "keep"),
    [
        ("?woonplaats=&ligging=buiten", lambda f: f["buitengebied"] == "J"),
        ("?woonplaats=Broekdijk&ligging=", lambda f: f["woonplaats"] == "Broekdijk"),
        ("?band=A&band=B&ligging=binnen", lambda f: f["band"].isin(["A", "B"]) & (f["buitengebied"] == "N")),
    ],
)
def test_filters(client: httpx.Client, written: Written, query: str, keep: Callable[[pd.DataFrame], pd.Series]) -> None:
    frame = written.scores[written.scores["doel"] == "spookbewoning"].merge(
        written.addresses.drop(columns="gemeente"), on="adresseerbaarobject_identificatie"
    )
    expected = sorted(frame[keep(frame)]["rang"])
    html = client.get(LIST + query).text
    assert rows(html) == expected[:25]
    assert f"<strong>{len(expected)} adressen</strong>" in html


def test_no_address_left_is_said_in_words(client: httpx.Client) -> None:
    html = client.get(LIST + "?woonplaats=Nergens").text
    assert "Geen adressen gevonden" in html
    assert rows(html) == []


def test_who_turns_a_page_in_a_replaced_run_begins_again_and_is_told(
    client_of: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    write_publication(tmp_path, "run-1", n=60)
    client = client_of(tmp_path)
    assert rows(client.get(f"{LIST}?pagina=2&run=run-1").text)[0] == 26
    write_publication(tmp_path, "run-2", n=60, seed=9)
    html = client.get(f"{LIST}?pagina=2&run=run-1").text
    assert "Er is een nieuwe lijst" in html
    assert "run-1" in html
    assert rows(html)[0] == 1


def test_an_address_page_says_everything_that_the_pictures_show(client: httpx.Client) -> None:
    html = client.get(first_address(client)).text
    for words in (
        "Spreekt ervoor",
        "Spreekt ertegen",
        "Zo komt de score tot stand",
        "Van 100 adressen",
        "Stroom",
        "Gas",
    ):
        assert words in html
    assert html.count("<polyline") >= 4
    assert html.count("<table") >= 3  # each picture has its table


def test_the_other_target_is_a_link_away(client: httpx.Client) -> None:
    path = first_address(client)
    assert "Wat spreekt voor spookbewoning" in client.get(path).text
    other = path.replace("doel=spookbewoning", "doel=schijnbewoning")
    assert "Wat spreekt voor schijnbewoning" in client.get(other).text


def test_empty_states_in_words(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    written = write_publication(tmp_path, "run-1", n=120, cold=True)
    client = client_of(tmp_path)
    assert "nog niet geleerd van onderzoeken" in client.get(LIST).text
    cold = client.get(first_address(client)).text
    assert "nog geen kans berekend" in cold
    low = written.scores.groupby("adresseerbaarobject_identificatie")["band"].apply(lambda b: set(b) <= {"D", "E"})
    plain = written.addresses.set_index("adresseerbaarobject_identificatie")
    pages = {True: "band A, B of C", False: "geheimhouding"}
    listed = client.get("/v1/ranglijsten/spookbewoning/adressen?aantal=200").json()["rijen"]
    by_name = {row["adres"]["adresseerbaarobjectIdentificatie"]: row["adres"]["id"] for row in listed}
    hidden = plain.index[plain["afgeschermd"] == "J"][0]
    quiet = next(name for name in low.index[low] if plain.loc[name, "afgeschermd"] == "N")
    assert pages[True] in client.get(f"/adressen/{by_name[quiet]}").text
    shielded = client.get(f"/adressen/{by_name[hidden]}").text
    assert pages[False] in shielded
    assert '<rect class="verblijf' not in shielded


def test_what_was_published_is_escaped(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=5)
    for table, column in (("adressen", "adres"), ("redenen", "zin")):
        file = tmp_path / "run-1" / f"{table}.parquet"
        frame = pd.read_parquet(file)
        frame[column] = '<script>alert(1)</script>"'
        frame.to_parquet(file, index=False)
    client = client_of(tmp_path)
    for html in (client.get(LIST).text, client.get(first_address(client)).text):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("path", [LIST + "?pagina=0", LIST + "?band=Z", LIST + "?ligging=elders"])
def test_a_wrong_filter_is_a_dutch_page(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "De vraag klopt niet" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_about_tells_sources_and_what_was_missing(client: httpx.Client) -> None:
    html = client.get("/over").text
    for words in (
        "BRP: wie staat waar ingeschreven",
        "geen grondslag in levering.toml",
        "0,52",
        "Wet BRP",
        "persoonslijsten.csv",
    ):
        assert words in html


def test_no_template_has_anything_inline_that_the_policy_would_block() -> None:
    for file in TEMPLATES.glob("*.html"):
        html = file.read_text()
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|https?://", html), file.name
        # A block of data (type="application/json") is not run, so the policy lets it through.
        assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/json\")", html), file.name


def test_the_map_background_is_counts_only(client: httpx.Client, written: Written) -> None:
    body = client.get("/kaart/raster").json()
    assert sum(cell[2] for cell in body["cellen"]) == len(written.addresses)
    assert all(len(cell) == 3 for cell in body["cellen"])
    assert {place["naam"] for place in body["plaatsen"]} == set(written.addresses["woonplaats"])
