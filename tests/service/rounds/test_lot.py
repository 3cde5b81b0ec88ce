"""The lot of a plan: no second draw for who asks again, what was drawn and not visited comes back, shares are exact."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from service.logs.entry import Trace
from service.rounds.fixing import fix
from service.rounds.tables import plan_adressen, plannen
from tests.service.rounds.planning import TODAY, Field, at_the_door, question, visited

UNIT = 10_000
SHARES = {"aandeel_verkenning": 0.2, "aandeel_steekproef": 0.3}


def chosen(made: Field, plan: str) -> dict[tuple[str, str], tuple[str, float | None]]:
    with made.desk.database.looking() as connection:
        rows = connection.execute(
            select(plan_adressen).where(plan_adressen.c.plan_id == plan, plan_adressen.c.gekozen)
        ).all()
    return {(row.adresseerbaarobject_identificatie, row.doel): (row.stroom, row.selectiekans) for row in rows}


def test_asking_again_gives_no_other_lot(made_here: Field) -> None:
    first = made_here.plan(question(gevelschouw=True, **SHARES))
    again = made_here.plan(question(gevelschouw=True, **SHARES))
    assert chosen(made_here, first.id) == chosen(made_here, again.id) != {}
    assert set(chosen(made_here, first.id)) <= {
        (door.identificatie, door.doel.value) for r in first.ronden for s in r.stops for door in s.adressen
    } | {(one.adres.identificatie, one.adres.doel.value) for one in first.over}


def test_what_goes_on_to_the_next_plan_is_exact(made: Field) -> None:
    """Drawn x UNIT + rest = share x doors planned, over two periods together; by hand for the random stream."""
    planned, drawn = Counter[str](), Counter[str]()
    before: dict[str, int] = {}
    for week in range(2):
        day = TODAY + timedelta(days=1 + week)
        plan = made.plan(question(gevelschouw=True, eerste_dag=day, laatste_dag=day, **SHARES))
        fix(made.desk, made.planner, Trace(), plan.id, plan.versie)
        with made.desk.database.looking() as connection:
            told = json.loads(connection.execute(select(plannen.c.loting).where(plannen.c.id == plan.id)).scalar_one())
        for ronde in plan.ronden:
            for door in [door for stop in ronde.stops for door in stop.adressen]:
                planned[door.doel.value] += door.identificatie not in told[door.doel.value]["gewacht"]
        for doel, about in told.items():
            drawn[doel] += about["getrokken"]["steekproef"]
            doors, owed = sum(about["getrokken"].values()), before.get(doel, 0)
            assert about["vorige"]["steekproef"] == owed
            assert about["getrokken"]["steekproef"] == min(max((3_000 * doors + owed) // UNIT, 0), doors)
            before[doel] = about["rest"]["steekproef"]
            assert drawn[doel] * UNIT + about["rest"]["steekproef"] == 3_000 * planned[doel]
        made.clock.forward(hours=1)


def test_a_sample_that_nobody_visited_is_in_the_next_plan_with_its_first_chance(made_here: Field) -> None:
    first = made_here.plan(question(gevelschouw=True, **SHARES))
    fix(made_here.desk, made_here.planner, Trace(), first.id, first.versie)
    before = chosen(made_here, first.id)
    made_here.clock.forward(days=3)
    day = TODAY + timedelta(days=5)
    second = made_here.plan(question(gevelschouw=True, eerste_dag=day, laatste_dag=day, **SHARES))
    after = chosen(made_here, second.id)
    assert before and {key: after[key] for key in before} == before


def test_a_case_that_the_desk_drew_by_chance_is_visited_however_far_it_is(made_here: Field) -> None:
    at_the_door(made_here, *range(1, 11))
    at_the_door(made_here, 12, aanleiding="steekproef")
    plan = made_here.plan(question(aandeel_verkenning=0.0, aandeel_steekproef=0.0))
    assert set(chosen(made_here, plan.id)) == {("0175010000000012", "spookbewoning")}
    assert "0175010000000012" in visited(plan)
    assert not any(stop.vast for ronde in plan.ronden for stop in ronde.stops)  # it does not look pinned
