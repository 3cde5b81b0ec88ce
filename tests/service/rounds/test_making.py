"""A plan is made from investigations at the door; what was chosen is stored before any route (law 8)."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from service.cases.visits import Getroffen
from service.faults import InputFault
from service.logs.entry import Trace
from service.rounds.asked import Area, Asked, read, told
from service.rounds.gather import house_number
from service.rounds.make import make
from service.rounds.records import Plangegevens
from service.rounds.tables import plan_adressen, ronden
from tests.service.publication import Written
from tests.service.rounds.planning import OFFICE, TODAY, Field, at_the_door, left, question, team, visited


def test_a_plan_visits_the_investigations_at_the_door(made: Field) -> None:
    cases = at_the_door(made, 1, 2, 3, 10, 20)
    made.work.started(identificatie="0175010000000030")  # not that far
    plan = made.plan(question())
    assert visited(plan) == {f"017501{n:010d}": case for n, case in zip((1, 2, 3, 10, 20), cases, strict=True)}
    assert plan.over == ()
    assert [ronde.leden for ronde in plan.ronden] == [("p-anna", "p-veerle")]
    assert not plan.bezig and plan.toestand == "concept" and plan.reis
    ours, by_rank = plan.vergelijkingen
    assert ours.naam == "plan" and ours.adressen == 5 and ours.vondsten >= by_rank.vondsten
    for ronde in plan.ronden:
        assert ronde.vertrek.hour >= 9 and (ronde.terug.hour, ronde.terug.minute) <= (16, 0)
        assert [stop.nr for stop in ronde.stops] == list(range(1, len(ronde.stops) + 1))


def test_what_was_chosen_is_stored_before_there_is_a_route_and_never_changes(made: Field) -> None:
    at_the_door(made, 1, 2)
    at_the_door(made, 3, aanleiding="steekproef")
    id = make(made.desk, made.planner, Trace(), question(), vast=())
    with made.desk.database.looking() as connection:
        assert connection.execute(select(ronden.c.id)).all() == []
        rows = connection.execute(select(plan_adressen).where(plan_adressen.c.plan_id == id)).all()
    by_chance = {row.adresseerbaarobject_identificatie: row for row in rows}["0175010000000003"]
    assert len(rows) == 3 and by_chance.gekozen and (by_chance.stroom, by_chance.selectiekans) == ("steekproef", 0.25)
    made.compute(id)
    for change in (update(plan_adressen).values(selectiekans=1.0), delete(plan_adressen)):
        with made.desk.database.engine.connect() as connection, pytest.raises(IntegrityError, match="append-only"):
            connection.execute(change)


def test_everybody_who_cannot_be_in_it_is_told_with_why(made: Field, written_here: Written) -> None:
    addresses = written_here.addresses.set_index("adresseerbaarobject_identificatie")
    town = addresses.loc["0175010000000001", "woonplaats"]
    elsewhere = next(int(name[6:]) for name, row in addresses.iterrows() if row["woonplaats"] != town)
    near, met = 1, next(n for n in range(2, 60) if addresses.loc[f"017501{n:010d}", "woonplaats"] == town)
    cases = at_the_door(made, near, met, elsewhere)
    made.clock.forward(hours=1)
    made.work.visit(
        made.work.case(cases[1]), by=made.visitor(cases[1]), getroffen=Getroffen.BEWONER, gelegitimeerd=True
    )
    plan = made.plan(question(gebied=Area(woonplaatsen=(town,))))
    assert set(visited(plan)) == {"0175010000000001"}
    assert left(plan) == {f"017501{met:010d}": "al_bezocht", f"017501{elsewhere:010d}": "buiten_gebied"}


def test_addresses_of_the_ranking_come_in_only_when_asked_for_and_are_not_told_one_by_one(made: Field) -> None:
    at_the_door(made, 1)
    plan = made.plan(question(gevelschouw=True))
    seen = visited(plan)
    assert "0175010000000001" in seen and len(seen) > 5
    assert {case for name, case in seen.items() if name != "0175010000000001"} == {""}
    assert plan.over == () and sum(number for _, number in plan.over_aantallen) > 5


def test_a_drawn_polygon_and_the_outside_bound_the_area(made: Field) -> None:
    x, y = OFFICE
    ring = ((x - 500, y - 500), (x + 500, y - 500), (x + 500, y + 500), (x - 500, y + 500), (x - 500, y - 500))
    for area in (Area(vlak=(ring,)), Area(buitengebied=True)):
        plan = made.plan(question(gevelschouw=True, gebied=area))
        for stop in [stop for ronde in plan.ronden for stop in ronde.stops]:
            for door in stop.adressen:
                about = made.address(door.identificatie)
                assert about.buitengebied if area.buitengebied else max(abs(door.x - x), abs(door.y - y)) <= 500
    bowtie = ((x, y), (x + 9, y + 9), (x + 9, y), (x, y + 9), (x, y))
    with pytest.raises(InputFault, match="vlak"):
        made.plan(question(gebied=Area(vlak=(bowtie,))))


def test_a_shift_of_zero_visits_nobody_and_says_so(made: Field) -> None:
    at_the_door(made, 1)
    plan = made.plan(question(teams=(team(begin=time(9), einde=time(9)),)), vast=(made.opaque(1),))
    assert plan.ronden == () and set(left(plan).values()) <= {"geen_tijd", "geen_team"}
    assert set(left(plan)) == {"0175010000000001"}


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"teams": (team(begin=time(12), einde=time(9)),)}, "eerder terug"),
        ({"teams": (team(begin=time(6)),)}, "7.00 tot 22.00"),
        ({"teams": (team(), team())}, "eigen naam"),
        ({"teams": (team(), team("Zuid", ("p-anna",)))}, "twee teams"),
        ({"teams": (team(leden=("p-carla",)),)}, "niet mag bezoeken"),
        ({"teams": (team(leden=()),)}, "zit niemand"),
        ({"teams": (team(start_x=5.0, start_y=52.0),)}, "startplaats"),
        ({"teams": (team(dagen=frozenset({TODAY})),)}, "buiten het plan"),
        ({"eerste_dag": TODAY - timedelta(days=1)}, "verleden"),
        ({"laatste_dag": TODAY + timedelta(days=8)}, "hooguit 7"),
        ({"gemeente": "0999"}, "niet plannen"),
    ],
)
def test_what_cannot_be_meant_is_refused(made_here: Field, about: dict[str, object], words: str) -> None:
    with pytest.raises(InputFault, match=words):
        make(made_here.desk, made_here.planner, Trace(), question(**about))


def test_the_same_question_gives_the_same_plan(made_here: Field) -> None:
    at_the_door(made_here, *range(1, 9))

    def order(plan: Plangegevens) -> list[list[str]]:
        return [[door.id for stop in ronde.stops for door in stop.adressen] for ronde in plan.ronden]

    assert order(made_here.plan(question())) == order(made_here.plan(question()))


def test_a_question_comes_back_from_the_store_as_it_went_in() -> None:
    asked: Asked = question(
        teams=(team(kan=frozenset({"politie"}), dagen=frozenset({TODAY})), team("Zuid", ("p-bilal",))),
        gebied=Area(buitengebied=False, woonplaatsen=("Broekdijk",), vlak=(((0.0, 1.5), (2.0, 3.0), (4.0, 5.0)),)),
        met_twee=True,
    )
    assert read(told(asked)) == asked and told(read(told(asked))) == told(asked)


@pytest.mark.parametrize(
    ("adres", "number"),
    [("Laan 1940-1945 12a", 12), ("Zandweg 8 bis", 8), ("Veenhof", 0), ("1e Dwarsweg 3", 3), ("Kerkweg 12-1", 12)],
)
def test_house_numbers(adres: str, number: int) -> None:
    assert house_number(adres) == number
