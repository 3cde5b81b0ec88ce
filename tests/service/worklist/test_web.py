"""The werkvoorraad over the line: rights, one shape for every address, judging, rounds and signals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from service.people import Role
from service.signin.demo import accounts
from service.worklist.policy import Werkvoorraad
from service.worklist.tables import oordelen, rondes, werkitems
from tests.service.publication import write_publication
from tests.service.serving import GEMEENTE, Served, serving, someone
from tests.service.stopping import write_stopped
from tests.service.worklist.desks import ANNA, BILAL, ELSEWHERE, PIETER

DEMO = accounts(frozenset({GEMEENTE}))[0]
WHY = "De buren kennen de bewoners en de post komt aan."
SECRETS = ("risico", "verkenning", "steekproef", "selectiekans", "rondekans", "aanleiding")
MODEL = ("band", "rang", "score", "kans", "afwijking", "bijdrage", "gewicht", "weegt")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("werk")
    write_publication(folder, n=120)
    with serving(folder) as running:
        for person in (ANNA, BILAL):
            running.session_of(person)
        with running.client_of(PIETER) as planner:
            for doel in ("spookbewoning", "schijnbewoning"):
                assert (
                    planner.post("/v1/werkvoorraad/rondes", json={"gemeente": GEMEENTE, "doel": doel}).status_code
                    == 201
                )
        yield running


@pytest.fixture
def anna(served: Served) -> Iterator[httpx.Client]:
    with served.client_of(ANNA) as http:
        yield http


def first_open(http: httpx.Client) -> str:
    return str(http.get("/v1/werkvoorraad").json()["open"][0]["id"])


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {str(key) for key in value} | set().union(*map(keys, value.values()), set())
    return set().union(*map(keys, value), set()) if isinstance(value, list) else set()


def test_every_address_has_one_shape_and_says_nothing_of_why_or_of_the_model(
    served: Served, anna: httpx.Client
) -> None:
    with served.database.looking() as read:
        streams = {row.id: row.aanleiding for row in read.execute(select(werkitems.c.id, werkitems.c.aanleiding))}
    shapes, seen = set(), set()
    listed = anna.get("/v1/werkvoorraad")
    assert not keys(listed.json()) & {*SECRETS, *MODEL}
    for one in listed.json()["open"]:
        answer = anna.get(f"/v1/werkvoorraad/{one['id']}")
        page = anna.get(f"/werkvoorraad/{one['id']}").text
        told = answer.json()
        shapes.add((frozenset(keys(told)), frozenset(answer.headers), page.count("<section"), page.count("<form")))
        seen.add(streams[one["id"]])
        assert not keys(told) & {*SECRETS, *MODEL} and told["antwoord"] is None
        body = re.sub(r"(?s)<header.*?</header>", "", page).lower()
        assert not any(f"{word}" in body for word in SECRETS) and "data-rang" not in body and "/adressen/" not in body
    assert len(shapes) == 1 and seen == {"risico", "verkenning", "steekproef"}


def test_a_judgement_brings_the_answer_and_sending_it_again_changes_nothing(served: Served, anna: httpx.Client) -> None:
    id = first_open(anna)
    before = anna.get(f"/v1/werkvoorraad/{id}").json()
    given = {"oordeel": "niet_nodig", "motivering": WHY, "versie": 0, "getoond": before["getoond"]}
    done = anna.post(f"/v1/werkvoorraad/{id}/oordelen", json=given)
    assert done.status_code == 201
    told = done.json()
    assert told["antwoord"]["stand"]["band"] in "ABCDE" and told["antwoord"]["redenen"][0]["bijdrage"] != 0
    assert told["versie"] == 1 and [one["oordeel"] for one in told["oordelen"]] == ["niet_nodig"]
    assert anna.post(f"/v1/werkvoorraad/{id}/oordelen", json=given).status_code == 201
    stale = anna.post(f"/v1/werkvoorraad/{id}/oordelen", json={**given, "oordeel": "in_onderzoek"})
    assert stale.status_code == 409 and "intussen" in stale.json()["detail"]
    short = anna.post(f"/v1/werkvoorraad/{id}/oordelen", json={**given, "versie": 1, "motivering": "ja"})
    assert short.status_code == 400 and short.json()["errors"][0]["name"] == "motivering"
    with served.database.looking() as read:
        assert len(list(read.execute(select(oordelen).where(oordelen.c.item_id == id)))) == 1


def test_by_form_a_mistake_keeps_what_was_typed_and_a_judgement_shows_the_model(anna: httpx.Client) -> None:
    id = first_open(anna)
    page = anna.get(f"/werkvoorraad/{id}").text
    hidden = dict(re.findall(r'name="(versie|getoond)" value="([^"]*)"', page))
    wrong = anna.post(f"/werkvoorraad/{id}/oordeel", data={**hidden, "oordeel": "in_onderzoek", "motivering": "kort"})
    assert (
        wrong.status_code == 400
        and ">kort</textarea>" in wrong.text
        and 'value="in_onderzoek" data-toets="1" checked' in wrong.text
    )
    none = anna.post(f"/werkvoorraad/{id}/oordeel", data={**hidden, "motivering": WHY})
    assert none.status_code == 400 and "Kies een oordeel" in none.text and "Wat het model zegt" not in none.text
    good = anna.post(f"/werkvoorraad/{id}/oordeel", data={**hidden, "oordeel": "in_onderzoek", "motivering": WHY})
    assert good.status_code == 303 and good.headers["location"] == f"/werkvoorraad/{id}"
    after = anna.get(good.headers["location"]).text
    assert "Wat het model zegt" in after and WHY in after and "Er loopt een onderzoek" in after
    stale = anna.post(f"/werkvoorraad/{id}/oordeel", data={**hidden, "oordeel": "niet_nodig", "motivering": WHY})
    assert stale.status_code == 409 and "Er is niets vastgelegd" in stale.text


def test_what_is_not_yours_is_not_there(served: Served, anna: httpx.Client) -> None:
    id = first_open(anna)
    given = {"oordeel": "niet_nodig", "motivering": WHY}
    for other in (BILAL, ELSEWHERE):
        with served.client_of(other) as http:
            assert http.get(f"/v1/werkvoorraad/{id}").status_code == http.get(f"/werkvoorraad/{id}").status_code == 404
            assert http.post(f"/v1/werkvoorraad/{id}/oordelen", json=given).status_code == 404
            assert http.post(f"/v1/werkvoorraad/{id}/doorgeven").status_code == 404
    assert anna.post(f"/werkvoorraad/{id}/doorgeven").status_code == 303
    assert anna.post(f"/v1/werkvoorraad/{id}/doorgeven").status_code == 204  # twice is once
    assert anna.get(f"/v1/werkvoorraad/{id}").status_code == 404
    assert anna.post(f"/v1/werkvoorraad/{id}/oordelen", json=given).status_code == 409
    with served.client_of(BILAL) as http:
        assert http.get(f"/v1/werkvoorraad/{id}").status_code == 200


def test_a_round_too_early_is_refused_and_of_another_gemeente_not_found(served: Served) -> None:
    with served.client_of(PIETER) as planner:
        early = planner.post("/v1/werkvoorraad/rondes", json={"gemeente": GEMEENTE, "doel": "spookbewoning"})
        assert early.status_code == 409 and "loopt nog" in early.json()["detail"]
        assert (
            planner.post("/v1/werkvoorraad/rondes", json={"gemeente": "0999", "doel": "spookbewoning"}).status_code
            == 404
        )
        page = planner.post("/werkvoorraad/rondes", data={"gemeente": GEMEENTE, "doel": "spookbewoning"})
        assert page.status_code == 409 and "loopt nog" in page.text


def test_numbers_hold_no_address_and_no_stream(served: Served) -> None:
    with served.client(Role.AUDITOR) as http:
        told = http.get("/v1/werkvoorraad/aantallen")
        assert told.status_code == 200 and {one["bron"] for one in told.json()["werkvoorraad"]} == {"trekking"}
        assert not any(word in told.text for word in ("steekproef", "Dorpsstraat", "0175010"))
        assert "te weinig" in http.get("/werkvoorraad/overzicht").text
    with served.client_of(someone(Role.BEOORDELAAR, name="x", gemeenten=frozenset({"0999"}))) as http:
        assert http.get("/v1/werkvoorraad/aantallen").json()["werkvoorraad"] == []


def test_signals_come_in_as_csv_and_only_so(anna: httpx.Client) -> None:
    head = "signaal_id;bron;soort;adresseerbaarobject_identificatie;datum_ontvangst;datum_afgehandeld\n"
    body = head + "L-7;laa;retourpost;0175010000000119;2026-11-20;\nL-8;laa;retourpost;0175010000000118;gisteren;\n"
    csv = {"Content-Type": "text/csv; charset=utf-8"}
    done = anna.post("/v1/signalen", content=body.encode(), headers=csv)
    assert done.status_code == 201
    told = done.json()
    assert (told["gelezen"], told["nieuw"], told["afgekeurd"]) == (2, 1, 1)
    assert told["afgekeurdeRijen"][0]["rij"] == 3 and "gisteren" not in done.text
    assert anna.post("/v1/signalen", json={"a": 1}).status_code == 415
    assert anna.post("/v1/signalen", content=b"a;b\n1;2\n", headers=csv).status_code == 400
    assert anna.post("/v1/signalen", content=b"", headers=csv).status_code == 400
    with httpx.Client(base_url=anna.base_url) as nobody:
        assert nobody.post("/v1/signalen", content=body.encode(), headers=csv).status_code == 401


def test_while_the_model_is_stopped_the_list_goes_on_without_it(tmp_path: Path) -> None:
    write_stopped(tmp_path, n=60)
    with serving(tmp_path, demo=True) as running, running.client_of(DEMO) as http:
        id = first_open(http)  # a demo begins with a round of each target
        told = http.get(f"/v1/werkvoorraad/{id}").json()
        assert told["bewijs"]["modelStopgezet"] and told["bewijs"]["ervoor"] == []
        assert "Het model is stopgezet" in http.get(f"/werkvoorraad/{id}").text
        given = {"oordeel": "in_onderzoek", "motivering": WHY, "getoond": told["getoond"]}
        done = http.post(f"/v1/werkvoorraad/{id}/oordelen", json=given).json()
        assert done["antwoord"]["stand"] is None and done["antwoord"]["komtOvereen"] is None
        assert "geen antwoord om mee te vergelijken" in http.get(f"/werkvoorraad/{id}").text


def test_a_demo_draws_once(tmp_path: Path) -> None:
    write_publication(tmp_path, n=60)
    url = f"sqlite:///{tmp_path}/store.db"
    for _ in range(2):
        with serving(tmp_path, demo=True, database=url) as running, running.database.looking() as read:
            assert len(list(read.execute(select(rondes.c.id)))) == 2


def test_a_long_list_comes_in_pages_and_the_next_address_is_on_each(tmp_path: Path) -> None:
    write_publication(tmp_path, n=200)
    with serving(tmp_path, werkvoorraad=Werkvoorraad(capaciteit=60)) as running, running.client_of(ANNA) as anna:
        with running.client_of(PIETER) as planner:
            planner.post("/v1/werkvoorraad/rondes", json={"gemeente": GEMEENTE, "doel": "spookbewoning"})
        told = [one["id"] for one in anna.get("/v1/werkvoorraad").json()["open"]]
        pages = [anna.get("/werkvoorraad", params={"pagina": page}).text for page in (1, 2, 3)]
        shown = [
            re.findall(r'<th scope="row"[^>]*>\s*<a [^>]*href="/werkvoorraad/([0-9a-f]{32})"', page) for page in pages
        ]
        assert [len(page) for page in shown] == [25, 25, len(told) - 50] and [
            one for page in shown for one in page
        ] == told
        assert f"26 tot en met 50 van {len(told)}" in pages[1] and "Alles hoort op" in pages[1]
        first = f'rel="next" href="/werkvoorraad/{told[0]}"'
        assert all(page.index(first) < page.index("<table") for page in pages)  # what the key j goes to
        assert f"51 tot en met {len(told)} van {len(told)}" in anna.get("/werkvoorraad", params={"pagina": 9}).text
