"""The field over HTTP: the shell, the worker, the API's edges, and what the desk and retention see."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from service.cases.steps import Stap
from service.field.policy import Veld
from service.logs.bewaren import Bewaren
from service.logs.retention import clean
from service.people import Role
from service.retained import RULES
from tests.service.field import phone as at
from tests.service.field.at_door import address_id, jpeg
from tests.service.field.conftest import Field
from tests.service.field.phone import VEERLE, Site
from tests.service.publication import write_publication
from tests.service.serving import someone


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    folder = tmp_path / "publicaties"
    folder.mkdir()
    write_publication(folder, n=20)
    with at.site(folder, monkeypatch) as made:
        made.more(2)
        at.hire_visitors(made)
        yield made


def body(site: Site, nr: int = 0, **about: object) -> dict[str, object]:
    case = site.cases[nr]
    return {
        "id": str(uuid.uuid4()),
        "rondeId": "ronde1",
        "adresId": address_id(case.identificatie),
        "onderzoekId": case.id,
        "versie": case.versie,
        "moment": site.clock.now.isoformat(),
        "geenBand": True,
        "getroffen": "niemand",
        **about,
    }


def test_a_visit_and_its_photo_by_api(site: Site) -> None:
    sent, foto = jpeg(), str(uuid.uuid4())
    told = body(site, fotos=[{"id": foto, "sha256": hashlib.sha256(sent).hexdigest()}])
    path = f"/v1/veldbezoeken/{told['id']}/fotos/{foto}"
    image = {"Content-Type": "image/jpeg"}
    with site.served.client_of(VEERLE) as phone:
        assert phone.put(path, content=sent, headers=image).status_code == 404  # the visit comes first
        first, again = (phone.post("/v1/veldbezoeken", json=told) for _ in range(2))
        assert (first.status_code, first.json()) == (201, again.json())
        assert (first.json()["toestand"], first.json()["fotosBinnen"]) == ("verwerkt", [])
        assert phone.post("/v1/veldbezoeken", json={**told, "sporen": True}).status_code == 409
        assert phone.put(path, content=sent[:-9], headers=image).status_code == 400
        assert phone.put(path, content=sent, headers={"Content-Type": "text/html"}).status_code == 415
        assert [phone.put(path, content=sent, headers=image).status_code for _ in range(2)] == [200, 200]
        seen = phone.get(path)
        assert seen.headers["content-type"] == "image/jpeg" and seen.headers["cache-control"] == "no-store"
        rounds = phone.get("/v1/veldrondes").json()["rijen"]
        assert [stop["nr"] for stop in rounds[0]["stops"]] == [1, 2]
        assert rounds[0]["stops"][0]["deuren"][0]["advies"].startswith("Niemand thuis?")
        assert phone.post("/v1/veldbezoeken", json=told, headers={"X-CSRF-Token": "x"}).status_code == 403
    with site.served.client_of(someone(Role.VELD, name="vera")) as other:
        assert other.get(path).status_code == 404  # of the same round, who declared nothing yet
        assert other.put(path, content=sent, headers=image).status_code == 404
        assert other.post("/v1/veldbezoeken", json=told).status_code == 409
    with site.served.client_of(site.work.people[site.cases[0].behandelaar]) as handler:
        assert handler.get(path).status_code == 200
        assert f"/fotos/{foto}" in handler.get(f"/onderzoeken/{site.cases[0].id}").text


def test_who_took_a_case_over_sees_no_clash_of_it_before_declaring(site: Site) -> None:
    site.work.take(site.cases[0], Stap.NADERE_INLICHTINGEN)
    with site.served.client_of(VEERLE) as phone:
        sent = phone.post("/v1/veldbezoeken", json=body(site, bevinding="Twee kamers.")).json()
    assert sent["toestand"] == "botst"
    first = site.cases[0].behandelaar
    site.work.hire(Role.BEOORDELAAR, name="chantal")
    site.work.take(site.cases[0], Stap.WEL_BAND, by=first)
    now = site.case(0)
    assert now.behandelaar not in ("", first)
    with site.served.client_of(site.work.people[now.behandelaar]) as handler:
        assert handler.get("/v1/veldbezoeken").json()["rijen"] == []
        site.work.declare(now, now.behandelaar)
        (row,) = handler.get("/v1/veldbezoeken").json()["rijen"]
        assert row["uwBesluit"] and row["botsing"]["reden"] == "verder"
        assert row["bezoek"]["bevinding"] == "Twee kamers."
        said = {"besluit": "toevoegen", "motivering": "Het was eerder."}
        path = f"/v1/veldbezoeken/{sent['id']}/besluiten"
        assert [handler.post(path, json=said).status_code for _ in range(2)] == [201, 409]
    assert len(site.case(0).bezoeken) == 1


def test_the_shell_is_the_same_for_everybody_and_nothing_of_anybody_is_in_it(site: Site) -> None:
    with site.served.client_of(VEERLE) as one, site.served.client_of(someone(Role.BEOORDELAAR)) as other:
        assert one.get("/veld").text == other.get("/veld").text
        assert one.get("/veld/sessie").json()["csrf"] != other.get("/veld/sessie").json()["csrf"]
    with site.served.client() as nobody:
        assert nobody.get("/veld/sessie").status_code == 303
        worker = nobody.get("/veld-sw.js")
        assert worker.headers["content-type"].startswith("text/javascript")
        kept = json.loads(worker.text.split("const KEPT = ", 1)[1].split(";\n", 1)[0])
        assert all(path == "/veld" or nobody.get(path).status_code == 200 for path in kept)
        manifest = nobody.get("/veld.webmanifest").json()
        assert all(nobody.get(icon["src"]).status_code == 200 for icon in manifest["icons"])
        assert (manifest["scope"], manifest["start_url"]) == ("/veld", "/veld")


def test_settings_that_erase_a_visit_before_its_round_are_refused() -> None:
    for wrong in ({"ronde_uren": 0}, {"ronde_uren": 20, "bezoek_uren": 10}, {"foto_bytes": 10}):
        with pytest.raises(ValueError):
            Veld(**wrong)


def test_visits_and_photos_go_with_their_investigation(field: Field) -> None:
    field.send(field.visit())
    terms = Bewaren()

    def gone() -> dict[str, int]:
        return {each.tabel: each.rijen for each in clean(field.work.database, RULES, terms)}

    field.clock.now += timedelta(days=5 * 366)
    assert gone()["veldbezoeken"] == 0  # it runs yet
    with field.work.database.engine.begin() as write:
        write.exec_driver_sql("update onderzoeken set afgerond = '2026-11-26T00:00:00.000000+00:00'")
    assert gone()["veldbezoeken"] == 1 and field.rows() == ()
