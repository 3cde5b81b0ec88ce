from __future__ import annotations

import httpx
import pytest


def test_one_address_explains_its_score(client: httpx.Client) -> None:
    row = client.get("/v1/ranglijsten/schijnbewoning/adressen?aantal=1").json()["rijen"][0]
    body = client.get(f"/v1/adressen/{row['adres']['id']}").json()
    assert body["adres"] == row["adres"]
    for target in body["doelen"]:
        summed = target["basis"] + sum(reason["bijdrage"] for reason in target["redenen"])
        assert summed == pytest.approx(target["stand"]["score"], abs=1e-9)
    assert {target["stand"]["doel"] for target in body["doelen"]} == {"spookbewoning", "schijnbewoning"}


def test_pictures_are_there_for_the_highest_bands_only(client: httpx.Client) -> None:
    def bodies(band: str) -> list[dict[str, object]]:
        rows = client.get(f"/v1/ranglijsten/spookbewoning/adressen?band={band}&aantal=40").json()["rijen"]
        return [client.get(f"/v1/adressen/{row['adres']['id']}").json() for row in rows]

    assert all(body["energie"] for body in bodies("A"))
    low = [b for b in bodies("E") if all(target["stand"]["band"] in "DE" for target in b["doelen"])]
    assert low
    assert all(body["energie"] == [] and body["tijdlijn"] == [] for body in low)


def test_the_coordinate_system_is_said(client: httpx.Client) -> None:
    row = client.get("/v1/ranglijsten/spookbewoning/adressen?aantal=1").json()["rijen"][0]
    answer = client.get(f"/v1/adressen/{row['adres']['id']}?crs=EPSG:28992")
    assert answer.headers["content-crs"] == "<http://www.opengis.net/def/crs/EPSG/0/28992>"
    assert answer.json()["adres"]["geometrie"]["coordinates"][0] > 100_000
