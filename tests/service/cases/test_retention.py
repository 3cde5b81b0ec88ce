"""What is over goes with all that hangs under it, triggers or not; what runs stays."""

from __future__ import annotations

from sqlalchemy import func, select

from service.cases.codes import Wacht
from service.cases.policy import Policy
from service.cases.retention import RULES
from service.cases.steps import Stap
from service.cases.tables import delen, herbezoeken, onderzoeken, stappen
from service.logs.bewaren import Bewaren
from service.logs.retention import clean
from tests.service.cases.working import Clock, Work


def test_an_ended_case_goes_after_its_term_and_its_second_look_first(work: Work, clock: Clock) -> None:
    work.policy = Policy(herbezoek_aandeel=1.0, herbezoek_na_dagen=(10, 10))
    first = work.take(work.two(work.started(), Wacht.BESLUIT, "in_orde"), Stap.AFRONDEN)
    clock.forward(days=11)
    runs = work.open("0175010000000002")  # opens the second look at the first address along with it
    with work.database.looking() as read:
        again = read.execute(select(onderzoeken.c.id).where(onderzoeken.c.herhaling_van == first.id)).scalar_one()
    clock.forward(days=80)
    gone = {one.tabel: one.rijen for one in clean(work.database, RULES, Bewaren(onderzoeken=2))}
    assert gone["onderzoeken"] == 0  # its second look still runs
    second = work.case(again)
    work.declare(second, second.behandelaar)
    second = work.two(second, Wacht.INTREKKING)
    clock.forward(days=80)
    for _ in range(2):  # children before parents: the second look first, the next day the first
        list(clean(work.database, RULES, Bewaren(onderzoeken=2)))
    with work.database.looking() as read:
        assert read.execute(select(onderzoeken.c.id)).scalars().all() == [runs.id]
        assert set(read.execute(select(stappen.c.onderzoek_id)).scalars()) == {runs.id}
        assert set(read.execute(select(delen.c.onderzoek_id)).scalars()) == {runs.id}
        assert read.execute(select(func.count()).select_from(herbezoeken)).scalar_one() == 0
