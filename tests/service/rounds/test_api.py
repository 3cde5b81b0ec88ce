"""Plans over HTTP: from asking to starting, what an answer may never hold, and what it leaves in the logs (law 9)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from service.logs.tables import audit
from service.people import Role
from service.rounds.policy import Planning
from service.rounds.tables import plan_adressen, plannen
from tests.service.cases.working import Clock, Work
from tests.service.publication import Written
from tests.service.rounds.planning import QUICK, on_the_day
from tests.service.serving import Served, serving, someone

ASKED: dict[str, Any] = {
    "gemeente": "0175",
    "eersteDag": "2026-11-26",
    "laatsteDag": "2026-11-26",
    "teams": [
        {"naam": "Noord", "leden": ["p-veerle"], "start": {"coordinates": [231000, 517000]}, "begin": "09:00"},
    ],
    "crs": "EPSG:28992",
}
FORBIDDEN = {"stroom", "aanleiding", "selectiekans", "kans", "band", "score", "rang", "gekozen", "eigenlijk"}


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def there(countryside: Path, written_here: Written, clock: Clock) -> Iterator[Served]:
    with serving(countryside, clock=clock, planning=Planning(**{**vars(QUICK), "grondig": 0.2})) as running:
        work = Work(running.database)
        for name in ("anna", "bilal"):
            work.hire(Role.BEOORDELAAR, name=name)
        for name in ("carla", "cem"):
            work.hire(Role.GOEDKEURDER, name=name)
        work.hire(Role.VELD, name="veerle")
        for number, why in ((1, "risico"), (2, "steekproef"), (3, "verkenning"), (4, "signaal")):
            work.at_the_door(work.started(identificatie=f"017501{number:010d}", aanleiding=why))
        yield running


@pytest.fixture
def planner(there: Served) -> Iterator[httpx.Client]:
    with there.client(Role.PLANNER, name="pieter") as client:
        yield client


def done(client: httpx.Client, id: str) -> dict[str, Any]:
    """The plan once nobody computes any more."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        answer = client.get(f"/v1/plannen/{id}")
        plan: dict[str, Any] = answer.raise_for_status().json()
        if not plan["bezig"]:
            return plan
        assert 0 <= plan["voortgang"] < 1
        time.sleep(0.05)
    raise AssertionError("still busy")


def names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(names(part) for part in value.values()))
    return set().union(*(names(part) for part in value)) if isinstance(value, list) else set()


def test_from_asking_to_starting(there: Served, planner: httpx.Client, clock: Clock) -> None:
    made = planner.post("/v1/plannen", json=ASKED)
    assert made.status_code == 202 and made.headers["Location"] == f"/v1/plannen/{made.json()['id']}"
    plan = done(planner, made.json()["id"])
    doors = [door for ronde in plan["rondes"] for stop in ronde["stops"] for door in stop["adressen"]]
    assert len(doors) == 4 and not plan["mislukt"] and plan["fout"] == ""
    assert names(plan) & FORBIDDEN == set()
    lon, lat = doors[0]["geometrie"]["coordinates"]
    assert 6 < lon < 7 and 52 < lat < 53

    path, other = f"/v1/plannen/{plan['id']}", {"versie": plan["versie"] - 1}
    wish = {"versie": plan["versie"], "wensen": [{"soort": "weren", "adres": doors[0]["id"]}]}
    stale = planner.post(f"{path}/wensen", json={**wish, **other})
    assert stale.status_code == 409 and stale.headers["content-type"] == "application/problem+json"
    versie = planner.post(f"{path}/wensen", json=wish).raise_for_status().json()["versie"]
    versie = planner.post(f"{path}/_oplossen", json={"versie": versie}).raise_for_status().json()["versie"]
    plan = planner.get(path, params={"crs": "EPSG:28992"}).json()
    assert [(one["adres"]["id"], one["waarom"]) for one in plan["over"]] == [(doors[0]["id"], "geweerd")]
    assert plan["over"][0]["uitleg"] == "Door een planner uit het plan gehaald."
    assert {one["naam"] for one in plan["vergelijking"]} == {"plan", "lijst"}
    planner.post(f"{path}/_vaststellen", json={"versie": versie}).raise_for_status()

    ronde = plan["rondes"][0]["id"]
    on_the_day(clock)
    with there.client_of(someone(Role.VELD, name="veerle")) as veerle:
        mine = veerle.get("/v1/rondes").json()["rondes"]
        assert [one["id"] for one in mine] == [ronde] and names(mine) & FORBIDDEN == set()
        started = veerle.post(f"/v1/rondes/{ronde}/_starten", json={"versie": 1}).raise_for_status().json()
        assert started["ronde"]["begonnen"] and started["gecontroleerd"] == 0
        assert veerle.get("/v1/plannen").status_code == 403
    with there.client_of(someone(Role.VELD, name="vreemd")) as stranger:
        assert stranger.get(f"/v1/rondes/{ronde}").status_code == 404
        assert stranger.get("/v1/rondes").json() == {"rondes": []}
    with there.client(Role.PLANNER, name="elders", gemeenten=frozenset({"0999"})) as elsewhere:
        assert elsewhere.get(path).status_code == elsewhere.get(f"/v1/rondes/{ronde}").status_code == 404
        assert elsewhere.post("/v1/plannen", json=ASKED).status_code == 400
    with there.database.looking() as connection:
        told = connection.execute(select(audit.c.handeling, audit.c.aantal)).all()
    counts = {name: max(n for what, n in told if what == name) for name, _ in told}
    assert counts["plan.maken"] == 4 and counts["plan.lezen"] == 4 and counts["bezoekronde.lezen"] == 3
    assert {"plan.berekenen", "plan.wens", "plan.vaststellen", "bezoekronde.starten"} <= set(counts)


def test_nothing_in_an_answer_depends_on_the_stream(there: Served, planner: httpx.Client) -> None:
    """The same plan with every stream and chance swapped in the store: the same bytes."""
    id = planner.post("/v1/plannen", json={**ASKED, "eersteDag": "2026-11-27", "laatsteDag": "2026-11-27"}).json()["id"]
    done(planner, id)
    before = planner.get(f"/v1/plannen/{id}").content
    engine, dialect = there.database.engine, there.database.engine.dialect.name
    assert dialect == "sqlite"
    with engine.begin() as connection:
        connection.exec_driver_sql("drop trigger plan_adressen_niet_wijzigen")
        connection.execute(
            plan_adressen.update()
            .where(plan_adressen.c.plan_id == id)
            .values(stroom="risico", selectiekans=None, gekozen=False)
        )
    assert planner.get(f"/v1/plannen/{id}").content == before


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"eersteDag": "2020-01-01"}, "eersteDag"),
        ({"gebied": {"vlak": {"coordinates": [[[0, 0], [9, 9], [9, 0], [0, 9], [0, 0]]]}}}, "gebied.vlak"),
        ({"vast": ["0" * 32]}, "vast"),
        ({"crs": "OGC:CRS84"}, "coordinates"),
    ],
)
def test_what_cannot_be_meant_is_400_with_the_field(planner: httpx.Client, about: dict[str, Any], field: str) -> None:
    answer = planner.post("/v1/plannen", json={**ASKED, "eersteDag": "2026-11-27", "laatsteDag": "2026-11-27", **about})
    assert answer.status_code == 400
    assert [fault["name"] for fault in answer.json()["errors"]] == [field]


def test_a_plan_whose_computing_was_cut_off_says_so_and_can_be_asked_again(
    there: Served, planner: httpx.Client, clock: Clock
) -> None:
    asked = {**ASKED, "eersteDag": "2026-11-30", "laatsteDag": "2026-11-30"}
    id = planner.post("/v1/plannen", json=asked).json()["id"]
    plan = done(planner, id)
    with there.database.engine.begin() as connection:
        connection.execute(plannen.update().where(plannen.c.id == id).values(bezig_tot=clock()))
    clock.forward(seconds=1)
    assert (planner.get(f"/v1/plannen/{id}").json()["mislukt"], plan["mislukt"]) == (True, False)
    begun = planner.post(f"/v1/plannen/{id}/_oplossen", json={"versie": plan["versie"], "grondig": True})
    assert begun.json()["bezig"] and not done(planner, id)["mislukt"]
    listed = planner.get("/v1/plannen").json()["plannen"]
    assert id in {one["id"] for one in listed} and "adres" not in json.dumps(listed)
    assert all(date.fromisoformat(one["eersteDag"]) for one in listed)
