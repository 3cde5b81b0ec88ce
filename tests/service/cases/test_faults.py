"""A decision under kill -9 at any statement, and two who decide at once: nothing lost or doubled, a clear answer."""

from __future__ import annotations

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from service.cases.acting import act
from service.cases.codes import Toestand, Wacht
from service.cases.records import Case, load
from service.cases.rules import Act
from service.cases.steps import Stap
from service.cases.tables import onderzoeken, stappen
from service.db.database import Database
from service.faults import Conflict
from service.logs.entry import Trace
from service.logs.tables import audit
from service.logs.verify import verify
from service.people import Person, Role
from tests.service.cases.working import MORNING, NEVER, Work
from tests.service.killing import Killing
from tests.service.serving import KEY, someone

ROUNDS = {"sqlite": 200, "postgresql": 30}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the child does: one step, as somebody."""

    url: str
    id: str
    versie: int
    persoon: str
    stap: Stap


def decide(decision: Decision) -> None:
    """One step in a store that is opened for it, as a worker process would."""
    person = Person(
        id=decision.persoon,
        naam="",
        rollen=frozenset({Role.GOEDKEURDER, Role.BEOORDELAAR}),
        gemeenten=frozenset({"0175"}),
    )
    database = Database(decision.url, key=KEY, clock=lambda: MORNING)
    asked = Act(stap=decision.stap, versie=decision.versie, sleutel=f"form-{decision.versie}", motivering="omdat")
    with database.unit(person, Trace()) as unit:
        act(unit, person, decision.id, asked, NEVER)
    database.close()


def whole(connection: Connection, case: Case) -> None:
    """Steps without a gap, as many as the case counts, each logged once, the case where its last step left it."""
    assert [step.nr for step in case.stappen] == list(range(1, case.versie + 1))
    assert case.stappen[-1].naar is case.toestand
    logged = connection.execute(
        select(audit.c.handeling).where(audit.c.object_id == case.id, audit.c.handeling.like("onderzoek.%"))
    ).scalars()
    taken = Counter(f"onderzoek.{step.stap}" for step in case.stappen)
    del taken["onderzoek.toewijzen"]  # the service's own, with the step they belong to
    assert Counter(logged) == taken


def test_killed_between_any_two_writes_of_a_decision_it_was_done_or_it_was_not(work: Work, database_url: str) -> None:
    killing = Killing()
    chance = random.Random(20261125)
    rounds = ROUNDS[work.database.engine.dialect.name]
    # Handing over, the decision itself and closing: the steps that end a case, each on a case of its own in turn.
    case, done, killed = work.started(), 0, 0
    todo = _next(work, case)
    most = killing.statements(decide, _decision(database_url, work, todo[0], todo[1]))
    case = work.case(case.id)
    assert most >= 8
    for _ in range(rounds):
        stap, before = _next(work, case)
        died = killing.run(
            decide, _decision(database_url, work, stap, before), before=chance.randint(1, most + most // 8)
        )
        case = work.case(before.id)
        with work.database.looking() as read:
            whole(read, case)
            assert verify(read).fout is None
        killed += died
        done += case.versie > before.versie
        assert died or case.versie > before.versie  # who was not killed was done
        if not case.loopt:
            case = work.started(identificatie=f"01750100{done:08}")
    assert killed > rounds / 2 and done > rounds / 30
    # Who comes back after a kill sends the same form again, and it is done.
    stap, before = _next(work, case)
    decide(_decision(database_url, work, stap, before))
    assert work.case(case.id).versie > before.versie


def _next(work: Work, case: Case) -> tuple[Stap, Case]:
    """The step that comes next for a case on its way to its end, its second person ready."""
    now = work.case(case.id)
    if now.wacht_op is Wacht.INTREKKING:
        work.declare(now, now.tweede)
        return Stap.INTREKKING_AKKOORD, work.case(case.id)
    return Stap.INTREKKING_VOORLEGGEN, now


def _decision(url: str, work: Work, stap: Stap, case: Case) -> Decision:
    person = case.tweede if stap.endswith("_akkoord") else case.behandelaar
    return Decision(url=url, id=case.id, versie=case.versie, persoon=person, stap=stap)


def test_two_who_decide_at_once_one_wins_and_the_other_hears_so(work: Work) -> None:
    for round_ in range(10):
        case = work.started(identificatie=f"01750100{round_:08}")
        put = work.take(case, Stap.BESLUIT_VOORLEGGEN, motivering="x", uitkomst="in_orde")
        work.declare(put, put.tweede)
        now, carla = work.case(case.id), work.people[put.tweede]
        start = threading.Barrier(4)

        def try_(nr: int, now: Case = now, carla: Person = carla, start: threading.Barrier = start) -> str:
            stap = Stap.BESLUIT_AKKOORD if nr % 2 else Stap.BESLUIT_TERUGGEVEN
            asked = Act(stap=stap, versie=now.versie, sleutel=f"scherm-{nr}", motivering="x")
            start.wait()
            try:
                with work.database.unit(carla, Trace()) as unit:
                    act(unit, carla, now.id, asked, NEVER)
            except Conflict as fault:
                return fault.detail
            return stap

        with ThreadPoolExecutor(4) as threads:
            said = list(threads.map(try_, range(4)))
        won = [answer for answer in said if answer in set(Stap)]
        assert len(won) == 1 and all("u voor" in answer for answer in said if answer not in won), said
        after = work.case(case.id)
        assert after.versie == now.versie + 1
        assert after.toestand is (Toestand.BESLUIT if won == [Stap.BESLUIT_AKKOORD] else Toestand.VOORONDERZOEK)
        with work.database.looking() as read:
            whole(read, after)
            assert verify(read).fout is None


def test_two_who_open_the_same_address_at_once_open_one(work: Work) -> None:
    start = threading.Barrier(4)

    def try_(_: int) -> str:
        start.wait()
        try:
            return work.open("0175010000000009").id
        except Conflict as fault:
            return fault.detail

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(try_, range(4)))
    assert sum("loopt al" in answer for answer in said) == 3
    with work.database.looking() as read:
        assert read.execute(select(func.count()).select_from(onderzoeken)).scalar_one() == 1
        assert read.execute(select(func.count()).select_from(stappen)).scalar_one() == 2
        assert load(read, next(answer for answer in said if len(answer) == 16)) is not None
        assert verify(read).fout is None


def test_the_same_form_sent_by_two_windows_at_once_is_done_once(work: Work) -> None:
    case = work.open()
    anna = work.people[case.behandelaar]
    start = threading.Barrier(4)

    def try_(_: int) -> str:
        start.wait()
        try:
            with work.database.unit(anna, Trace()) as unit:
                act(unit, anna, case.id, Act(stap=Stap.GEEN_BAND, versie=2, sleutel="een-formulier"), NEVER)
        except Conflict as fault:
            return fault.detail
        return "gedaan"

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(try_, range(4)))
    assert "gedaan" in said and all(answer == "gedaan" or "u voor" in answer for answer in said)
    assert work.case(case.id).versie == 3
    assert someone(Role.BEOORDELAAR).gemeenten == anna.gemeenten
