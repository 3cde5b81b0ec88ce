"""While the model is stopped nothing it said is given: not in a field, an order, a count, a cursor or a header."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pandas as pd
import pytest

from features.columns import Doel
from models.scores import BANDS
from service.faults import PublicationGone
from service.manifest import read_manifest
from service.people import Role
from service.ranking import page
from service.records import Filters
from service.settings import Settings
from service.store import Publications
from tests.service.publication import Written, write_publication
from tests.service.serving import serving
from tests.service.stopping import SINCE, WHY, lift_stop, set_stop, write_stopped
from tests.service.taken import taken

API = "/v1/ranglijsten/spookbewoning/adressen"
LIST = "/ranglijsten/spookbewoning"


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Written]]:
    folder = tmp_path_factory.mktemp("gestopt")
    written = write_stopped(folder)
    with serving(folder) as served, served.client(Role.BEOORDELAAR) as client:
        yield client, written


def walk(client: httpx.Client, url: str) -> list[httpx.Response]:
    answers = []
    while url:
        answers.append(client.get(url))
        assert answers[-1].status_code == 200
        url = answers[-1].links.get("next", {}).get("url", "")
    return answers


def every_answer(client: httpx.Client) -> Iterator[httpx.Response]:
    """All lists and all addresses, as pages and as JSON."""
    ids: dict[str, None] = {}
    for doel in Doel:
        for answer in walk(client, f"/v1/ranglijsten/{doel}/adressen?aantal=50"):
            ids |= dict.fromkeys(row["adres"]["id"] for row in answer.json()["rijen"])
            yield answer
        for number in range(1, 6):
            yield client.get(f"/ranglijsten/{doel}?pagina={number}")
    for opaque in ids:
        yield client.get(f"/v1/adressen/{opaque}")
        yield client.get(f"/adressen/{opaque}?doel=spookbewoning")
    for path in ("/over", "/kaart/raster", "/v1/openapi.json", LIST + "?band=A"):
        yield client.get(path)


def spellings(number: float) -> set[str]:
    """A figure as JSON writes it, and as a page would round it (3 decimals and more: fewer would hit by chance)."""
    forms = {repr(number), str(number), *(f"{number:.{d}f}" for d in (3, 4, 6))}
    return forms | {form.replace(".", ",") for form in forms}


def test_no_figure_of_the_model_is_in_any_answer(stopped: tuple[httpx.Client, Written]) -> None:
    client, written = stopped
    figures = [*written.scores["score"], *written.scores["kans"], *written.scores["afwijking"]]
    figures += list(written.reasons["bijdrage"])
    forbidden = {form for figure in figures if abs(figure) > 1e-6 for form in spellings(float(figure))}
    sentences = set(written.reasons["zin"]) - {""}
    number = re.compile(r"-?\d+[.,]\d+(?:e-?\d+)?")
    for answer in every_answer(client):
        assert answer.status_code == 200, answer.url
        body = answer.text + json.dumps(dict(answer.headers))
        assert not {found for found in number.findall(body) if len(found) > 4} & forbidden, answer.url
        assert not [zin for zin in sentences if zin in body], answer.url
        assert "data-band" not in body.replace('data-band="Band"', "")
        assert "band--" not in body
        if "/v1/adressen/" in str(answer.url):  # their presence would tell the band
            assert (answer.json()["tijdlijn"], answer.json()["energie"]) == ([], [])
        if not str(answer.url).endswith("openapi.json"):
            assert not re.search(r'"(rang|band|score|kans|afwijking|bijdrage|basis)"', body), answer.url


def test_the_order_is_neither_the_ranking_nor_the_registers(stopped: tuple[httpx.Client, Written]) -> None:
    client, written = stopped
    rows = [row["adres"] for answer in walk(client, f"{API}?aantal=30") for row in answer.json()["rijen"]]
    names = [row["adresseerbaarobjectIdentificatie"] for row in rows]
    assert sorted(names) == sorted(written.addresses["adresseerbaarobject_identificatie"])
    place = pd.Series(np.arange(len(names)), index=names)
    for doel in Doel:
        own = written.scores[written.scores["doel"] == doel].set_index("adresseerbaarobject_identificatie")["rang"]
        assert abs(place.corr(own.loc[names].reset_index(drop=True).set_axis(names), method="spearman")) < 0.25
    assert abs(np.corrcoef(np.argsort(np.argsort(names)), place)[0, 1]) < 0.25
    other = [
        row["adres"]["id"]
        for answer in walk(client, "/v1/ranglijsten/schijnbewoning/adressen?aantal=200")
        for row in answer.json()["rijen"]
    ]
    assert other == [row["id"] for row in rows]  # one order for both: nothing of a target is in it


def test_the_order_does_not_change_when_the_scores_do(tmp_path: Path) -> None:
    write_stopped(tmp_path, "run-1", n=40)

    def order() -> list[str]:
        found = page(
            taken(tmp_path / "run-1"),
            Doel.SPOOKBEWONING,
            Filters(rechten=frozenset({"0175"})),
            limit=40,
        )
        return [row.adres.identificatie for row in found.rijen]

    before = order()
    file = tmp_path / "run-1" / "scores.parquet"
    frame = pd.read_parquet(file)
    frame["rang"] = frame["rang"].to_numpy()[::-1].copy()
    frame["score"] = -frame["score"]
    frame.iloc[::-1].to_parquet(file, index=False)
    assert order() == before


def test_a_cursor_holds_a_neutral_number(stopped: tuple[httpx.Client, Written]) -> None:
    client, written = stopped
    answer = client.get(f"{API}?aantal=7")
    cursor = answer.links["next"]["url"].split("cursor=")[1]
    raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    place = json.loads(raw[16:])[2]
    assert place == 7  # the seventh of a neutral order
    last = answer.json()["rijen"][-1]["adres"]["adresseerbaarobjectIdentificatie"]
    own = written.scores[(written.scores["adresseerbaarobject_identificatie"] == last)]
    assert place not in set(own["rang"])


def test_the_stop_is_said_with_its_reason(stopped: tuple[httpx.Client, Written]) -> None:
    client, _ = stopped
    body: dict[str, Any] = client.get(API).json()
    assert (body["stop"]["reden"], body["stop"]["sinds"][:16]) == ([WHY], SINCE[:16])
    assert body["rijen"][0]["stand"] is None
    assert body["rijen"][0]["redenen"] == []
    opaque = body["rijen"][0]["adres"]["id"]
    about = client.get(f"/v1/adressen/{opaque}").json()
    assert (about["doelen"], about["tijdlijn"], about["energie"]) == ([], [], [])
    for path in (LIST, f"/adressen/{opaque}", "/over"):
        html = client.get(path).text
        assert "Het model is stopgezet sinds 20 november 2026" in html
        assert WHY in html


def test_what_stands_apart_by_band_is_refused(stopped: tuple[httpx.Client, Written]) -> None:
    client, _ = stopped
    for band in BANDS:
        answer = client.get(f"{API}?band={band}")
        assert answer.status_code == 400
        assert "geen banden" in answer.json()["errors"][0]["detail"]
    with_band, without = client.get(LIST + "?band=A&band=B").text, client.get(LIST).text
    assert "Het filter op band werkt nu niet" in with_band
    assert re.findall(r"/adressen/[0-9a-f]{32}", with_band) == re.findall(r"/adressen/[0-9a-f]{32}", without)


def test_other_filters_go_on_working(stopped: tuple[httpx.Client, Written]) -> None:
    client, written = stopped
    expected = int((written.addresses["woonplaats"] == "Broekdijk").sum())
    assert client.get(f"{API}?woonplaats=Broekdijk").json()["totaal"] == expected
    assert f"<strong>{expected} adressen</strong>" in client.get(LIST + "?woonplaats=Broekdijk").text


def test_a_flag_that_comes_and_goes_is_noticed_at_once(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=30)
    client = client_of(tmp_path)
    first = client.get(f"{API}?aantal=10")
    following = first.links["next"]["url"]
    assert first.json()["rijen"][0]["stand"]["rang"] == 1
    set_stop(tmp_path / "run-1")
    assert client.get(API).json()["rijen"][0]["stand"] is None
    assert client.get(following).status_code == 400  # a place in the ranking is no place in the neutral order
    lift_stop(tmp_path / "run-1")
    assert client.get(following).json()["rijen"][0]["stand"]["rang"] == 11


def test_an_older_run_is_no_way_around_the_stop(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=30)
    client = client_of(tmp_path)
    following = client.get(f"{API}?aantal=10").links["next"]["url"]
    write_publication(tmp_path, "run-2", n=30, seed=9)
    assert client.get(following).status_code == 200
    store = Publications(Settings(publicaties=tmp_path))
    assert store.run("run-1").manifest.run_id == "run-1"
    set_stop(tmp_path / "run-2")
    with pytest.raises(PublicationGone):
        store.run("run-1")
    assert store.run("run-2").gestopt
    assert client.get(following).status_code == 400
    assert client.get(LIST + "?run=run-1&pagina=2").text.count("data-rang") == 1  # the map's own label


@pytest.mark.parametrize("flag", [{}, True, {"sinds": "ooit"}, {"reden": "kort"}, "stop"])
def test_any_flag_stops(tmp_path: Path, flag: object) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({"run_id": "r", "peildatum": "2026-10-01", "stop": flag}))
    assert read_manifest(file).stop is not None
    file.write_text(json.dumps({"run_id": "r", "peildatum": "2026-10-01", "stop": None}))
    assert read_manifest(file).stop is None


def test_a_manifest_that_breaks_while_served_takes_the_ranking_away(
    client_of: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    write_publication(tmp_path, "run-1", n=10)
    client = client_of(tmp_path)
    assert client.get(API).status_code == 200
    (tmp_path / "run-1" / "manifest.json").write_text("{")
    assert client.get(API).status_code == 503


def test_the_flag_that_monitoring_writes_is_the_flag_that_is_obeyed(
    client_of: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    """The two edges meet in the manifest alone."""
    from datetime import UTC, datetime

    from pipelines import stop

    write_publication(tmp_path, "run-1", n=10)
    client = client_of(tmp_path)
    stop.set_stop(tmp_path, ["Spookbewoning: 12 kenmerken zien er anders uit."], datetime(2026, 11, 24, 8, tzinfo=UTC))
    body = client.get(API).json()
    assert body["stop"] == {
        "sinds": "2026-11-24T08:00:00Z",
        "reden": ["Spookbewoning: 12 kenmerken zien er anders uit."],
    }
    assert body["rijen"][0]["stand"] is None
    stop.lift(tmp_path, "A. Bakker", "hersteld", datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert client.get(API).json()["rijen"][0]["stand"]["rang"] == 1
