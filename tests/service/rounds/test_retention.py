"""A plan goes with all that hangs under it, triggers or not; a younger one stays."""

from __future__ import annotations

from sqlalchemy import func, select

from service.logs.bewaren import Bewaren
from service.logs.entry import Trace
from service.logs.retention import clean
from service.rounds.fixing import fix
from service.rounds.retention import RULES
from service.rounds.tables import plannen, ronden, stop_adressen
from tests.service.rounds.planning import TODAY, Field, at_the_door, question


def test_a_plan_goes_after_its_term(made: Field) -> None:
    at_the_door(made, 1, 2)
    old = made.plan(question(), vast=(made.opaque(1),))
    fix(made.desk, made.planner, Trace(), old.id, old.versie)
    made.clock.forward(days=62)
    day = made.clock().date()
    young = made.plan(question(eerste_dag=day, laatste_dag=day))
    assert day > TODAY and young.ronden
    gone = {one.tabel: one.rijen for one in clean(made.desk.database, RULES, Bewaren(plannen=2))}
    assert (
        gone["plannen"] == 1 and gone["plan_adressen"] == 2 and gone["plan_wensen"] == 1 and gone["stop_adressen"] == 2
    )
    with made.desk.database.looking() as connection:
        assert connection.execute(select(plannen.c.id)).scalars().all() == [young.id]
        assert set(connection.execute(select(ronden.c.plan_id)).scalars()) == {young.id}
        assert connection.execute(select(func.count()).select_from(stop_adressen)).scalar_one() == 2
