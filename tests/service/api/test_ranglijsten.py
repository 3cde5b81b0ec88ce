from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.service.conftest import READER
from tests.service.publication import Written, write_publication
from tests.service.serving import Served, serving

LIST = "/v1/ranglijsten/spookbewoning/adressen"


def walk(client: httpx.Client, url: str) -> list[dict[str, object]]:
    """Every row, following Link: rel=next as a client would."""
    rows: list[dict[str, object]] = []
    while url:
        answer = client.get(url)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["rijen"]
        url = answer.links.get("next", {}).get("url", "")
    return rows


@pytest.mark.parametrize("query", ["aantal=7", "aantal=200", "aantal=50&buitengebied=true", "aantal=9&band=A&band=C"])
def test_all_rows_once_and_in_order(client: httpx.Client, written: Written, query: str) -> None:
    rows = walk(client, f"{LIST}?{query}")
    ranks = [row["stand"]["rang"] for row in rows]
    assert ranks == sorted(set(ranks))
    assert len(rows) == client.get(f"{LIST}?{query}").json()["totaal"]
    if "band" not in query and "buitengebied" not in query:
        assert ranks == list(range(1, len(written.addresses) + 1))


def test_a_row_says_what_was_published_and_no_more(client: httpx.Client, written: Written) -> None:
    body = client.get(f"{LIST}?aantal=1").json()
    row = body["rijen"][0]
    own = written.scores[(written.scores["doel"] == "spookbewoning") & (written.scores["rang"] == 1)].iloc[0]
    assert row["stand"]["kans"] == pytest.approx(own["kans"])
    assert row["adres"]["adresseerbaarobjectIdentificatie"] == own["adresseerbaarobject_identificatie"]
    assert (body["runId"], body["peildatum"], body["totaal"]) == (written.run_id, "2026-10-01", 300)
    assert set(row["adres"]) == {
        "id", "adresseerbaarobjectIdentificatie", "gemeente", "adres", "postcode", "woonplaats", "buitengebied",
        "soort", "gebruiksdoel", "oppervlakte", "bouwjaar", "ingeschrevenen", "afgeschermd", "geometrie",
    }  # fmt: skip


def test_no_address_and_no_bag_id_in_any_uri(client: httpx.Client, written: Written) -> None:
    answer = client.get(f"{LIST}?aantal=50")
    uris = answer.headers["link"] + str([row["adres"]["id"] for row in answer.json()["rijen"]])
    for row in answer.json()["rijen"]:
        assert row["adres"]["adresseerbaarobjectIdentificatie"] not in uris
        assert row["adres"]["postcode"] not in uris


def test_geometry_is_crs84_unless_asked_and_says_so(client: httpx.Client) -> None:
    degrees, metres = client.get(f"{LIST}?aantal=1"), client.get(f"{LIST}?aantal=1&crs=EPSG:28992")
    assert degrees.headers["content-crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    assert metres.headers["content-crs"] == "<http://www.opengis.net/def/crs/EPSG/0/28992>"
    longitude, latitude = degrees.json()["rijen"][0]["adres"]["geometrie"]["coordinates"]
    x, y = metres.json()["rijen"][0]["adres"]["geometrie"]["coordinates"]
    # Around (231, 515) km RD: 76 km east of the origin at 5.3876 E and 52 km north of 52.1562 N; 1 degree of latitude
    # is 111.2 km, of longitude 111.3 cos(52.6) = 67.6 km.
    assert longitude == pytest.approx(5.3876 + (x - 155000) / 67600, abs=0.02)
    assert latitude == pytest.approx(52.1562 + (y - 463000) / 111200, abs=0.02)


def test_all_faults_at_once_as_a_problem(client: httpx.Client) -> None:
    answer = client.get(f"{LIST}?aantal=0&buitengebied=misschien&band=Z&gemeente=12&crs=WGS84&onbekend=1")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], bool(body["title"]), bool(body["detail"])) == (400, True, True)
    assert {fault["name"].split(".")[0] for fault in body["errors"]} == {
        "aantal", "buitengebied", "band", "gemeente", "crs", "onbekend",
    }  # fmt: skip
    assert all(fault["in"] == "query" and fault["name"] in fault["detail"] for fault in body["errors"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/ranglijsten/iets-anders/adressen", 404),
        ("/v1/ranglijsten/spookbewoning", 404),
        ("/v1/adressen/niet-een-id", 404),
        ("/v1/adressen/" + "0" * 32, 404),
        (LIST + "?cursor=onzin", 400),
    ],
)
def test_other_faults_are_problems_too(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_method_or_a_media_type_that_we_do_not_give(client: httpx.Client) -> None:
    wrong = client.delete(LIST)
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET")
    assert client.get(LIST, headers={"Accept": "text/csv"}).status_code == 406
    assert client.get(LIST, headers={"Accept": "text/html, application/*;q=0.8"}).status_code == 200


def test_a_cursor_is_good_for_its_own_list_and_filters_only(client: httpx.Client) -> None:
    following = client.get(f"{LIST}?aantal=5&band=A").links["next"]["url"]
    cursor = following.split("cursor=")[1]
    assert client.get(f"{LIST}?band=A&cursor={cursor}").status_code == 200
    for other in (f"{LIST}?cursor={cursor}", f"/v1/ranglijsten/schijnbewoning/adressen?band=A&cursor={cursor}"):
        answer = client.get(other)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["name"] == "cursor"


def test_a_run_that_changes_while_paging(tmp_path: Path) -> None:
    """The walk goes on in its own run, also when that was cleared away where it was published; once retention took it
    off the shelf, it is told so (410), never given a mixture.
    """
    write_publication(tmp_path, "run-1", n=30)
    with serving(tmp_path) as served, served.client(*READER) as client:
        _walk_while_it_changes(tmp_path, served, client)


def _walk_while_it_changes(tmp_path: Path, served: Served, client: httpx.Client) -> None:
    first = client.get(f"{LIST}?aantal=10")
    write_publication(tmp_path, "run-2", n=30, seed=11)
    second = client.get(first.links["next"]["url"])
    assert [page.json()["runId"] for page in (first, second)] == ["run-1", "run-1"]
    assert [row["stand"]["rang"] for row in second.json()["rijen"]] == list(range(11, 21))
    assert client.get(LIST).json()["runId"] == "run-2"
    shutil.rmtree(tmp_path / "run-1")
    assert client.get(second.links["next"]["url"]).json()["runId"] == "run-1"
    shutil.rmtree(next(served.settings.plank.glob("run-1*")))
    for number in range(3, 8):  # those that were asked for last stay open
        write_publication(tmp_path, f"run-{number}", n=30, seed=number)
        client.get(LIST)
    gone = client.get(second.links["next"]["url"])
    assert gone.status_code == 410
    assert "opnieuw" in gone.json()["detail"]


def test_nothing_published_yet(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    client = client_of(tmp_path)
    assert client.get(LIST).status_code == 503
    assert client.get(LIST).headers["content-type"] == "application/problem+json"
    page = client.get("/ranglijsten/spookbewoning")
    assert page.status_code == 503
    assert "schijnwerper run" in page.text


def test_in_a_cold_start_there_is_no_chance(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=10, cold=True)
    rows = client_of(tmp_path).get(LIST).json()["rijen"]
    assert [row["stand"]["kans"] for row in rows] == [None] * 10
