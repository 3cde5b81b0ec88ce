"""The past of the demo: every case as the rules would have had it, in every log, and one who stands out."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from features.sources.onderzoeken import UITKOMSTEN
from service.cases.assigning import handlers_ever
from service.cases.clocks import WALL
from service.cases.codes import ENDS, NEEDS_INTENTION, NEEDS_VISIT, TOLD, Deel, Toestand
from service.cases.demo import LEAST, SHUT, past_cases
from service.cases.draw import draw
from service.cases.records import Case, load
from service.cases.rules import BEFORE_START, visited_alone
from service.cases.steps import AGREEMENTS, BYPASSES, RULES, Stap
from service.cases.tables import herbezoeken, onderzoeken
from service.cases.visits import FIRST, LAST
from service.cases.watching import patterns
from service.db.database import Database
from service.desk import Desk
from service.logs.verify import verify
from service.signin import demo as accounts
from service.signin import roster
from service.workdays import free
from tests.service.publication import write_publication
from tests.service.serving import GEMEENTE
from tests.service.worklist.desks import desk_on

HERE = frozenset({GEMEENTE})


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dorp")
    write_publication(folder, n=2_400)
    return folder


@pytest.fixture
def desk(database: Database, town: Path) -> Desk:
    made = desk_on(database, town)
    object.__setattr__(made.settings, "demo", True)
    return made


def written(desk: Desk) -> list[Case]:
    with desk.database.looking() as read:
        ids = read.execute(select(onderzoeken.c.id).order_by(onderzoeken.c.id)).scalars().all()
        found = [load(read, id) for id in ids]
    return [case for case in found if case is not None]


def test_every_case_is_as_the_rules_would_have_had_it(desk: Desk) -> None:
    began = time.perf_counter()
    number = past_cases(desk)
    assert number > 390 and time.perf_counter() - began < 3
    assert past_cases(desk) == 0  # once
    cases = written(desk)
    assert len(cases) == number
    for case in cases:
        replayed(case)
    with desk.database.looking() as read:
        assert verify(read).fout is None
        for case in cases[:40]:
            assert not handlers_ever(read, case.id) & set(case.people(Deel.GOEDKEURDER))
        looks = read.execute(select(herbezoeken)).all()
    first = {case.id: case for case in cases if case.herhaling_van is None}
    again = {case.herhaling_van: case for case in cases if case.herhaling_van is not None}
    assert {row.onderzoek_id for row in looks} == {id for id, case in first.items() if case.uitkomst != "ingetrokken"}
    for row in looks:
        assert (row.getrokken <= row.aandeel) == (row.onderzoek_id in again) == (row.geopend_als is not None)
        if row.geopend_als:
            one, other = first[row.onderzoek_id], again[row.onderzoek_id]
            assert other.id == row.geopend_als and other.geopend > one.stappen[-1].tijd
            assert {part.persoon for part in one.delen}.isdisjoint({other.behandelaar, *other.people(Deel.BEZOEKER)})


def replayed(case: Case) -> None:
    """Walk the steps of `case` by the table of steps and the rules in words."""
    state, lies, started, outcome = Toestand.VOORONDERZOEK, "", False, ""
    handler, declared = "", set[str]()
    assert [step.nr for step in case.stappen] == list(range(1, case.versie + 1))
    assert all(a.tijd <= b.tijd for a, b in zip(case.stappen, case.stappen[1:], strict=False))
    for step in case.stappen:
        assert step.van is state
        if step.stap == Stap.OPENEN:
            assert step.nr == 1 and step.tijd == case.geopend
        elif step.stap == Stap.TOEWIJZEN:
            told = step.gegevens
            lot = draw(dict(told["kandidaten"]), told["zaad"])
            assert lot.gekozen == told["gekozen"]
            handler = lot.gekozen if told["deel"] == Deel.BEHANDELAAR else handler
            assert told["deel"] == Deel.BEHANDELAAR or handler not in dict(told["kandidaten"])
        else:
            rule = RULES[Stap(step.stap)]
            assert state in rule.van and lies in rule.wacht and step.naar is (rule.naar or state)
            assert started or step.stap in BEFORE_START
            assert bool(step.motivering) or not rule.motivering
            if rule.wie == frozenset({Deel.BEHANDELAAR}) and step.stap != Stap.WEL_BAND:
                assert step.persoon == handler
            if step.stap in (Stap.GEEN_BAND, Stap.WEL_BAND):
                declared |= {step.persoon}
            else:
                assert step.persoon in declared
            if rule.uitkomst:
                assert step.uitkomst in UITKOMSTEN
                assert state is Toestand.VOORNEMEN or step.uitkomst not in NEEDS_INTENTION
                assert case.bezoeken or step.uitkomst not in NEEDS_VISIT
            if step.stap in AGREEMENTS:
                assert step.persoon != handler and not visited_alone(case.bezoeken, step.persoon)
            lies = rule.legt or ("" if step.stap in (*AGREEMENTS, *BYPASSES) else lies)
            started = started or step.stap in (Stap.START_AKKOORD, Stap.START_ZONDER_TWEEDE)
            outcome = step.uitkomst or outcome
        state = step.naar
    assert state is case.toestand and state in ENDS and lies == "" and case.uitkomst == outcome
    assert case.behandelaar == handler and case.gestart and case.afgerond and not case.melder_wacht
    assert (case.melder_ingelicht is not None) == (case.aanleiding in TOLD)
    for visit in case.bezoeken:
        there = visit.moment.astimezone(WALL)
        assert case.gestart <= visit.moment and FIRST <= there.time() <= LAST and not free(there.date())


def test_one_stands_out_and_four_eyes_were_missing_now_and_then(desk: Desk) -> None:
    past_cases(desk)
    with desk.database.looking() as read:
        found = patterns(read, HERE, desk.database.clock(), desk.settings.onderzoek)
        names = {person.id for person in roster.active(read, "oordelen", GEMEENTE)}  # type: ignore[arg-type]
    for question, people in found.vergelijkingen:
        assert [one.persoon for one in people if one.afwijkend] == [SHUT], question
    assert found.herbezocht.known and found.gelijk < found.herbezocht.n and found.lopend == 0
    assert 0 < len(found.zonder_tweede) < 20 and found.doorgegeven > 0
    assert SHUT not in names


def test_the_same_town_gets_the_same_past_and_a_small_one_or_a_real_one_none(desk: Desk, tmp_path: Path) -> None:
    past_cases(desk)
    first = Counter((case.id, case.identificatie, case.uitkomst, case.behandelaar) for case in written(desk))
    other = Database(
        f"sqlite:///{tmp_path}/ander.db", key=b"another key, also 32 bytes long..", clock=desk.database.clock
    )
    from service.db.migrate import upgrade

    upgrade(other.engine)
    twin = Desk(settings=desk.settings, database=other, publications=desk.publications)
    assert past_cases(twin, least=10**6) == 0
    past_cases(twin)
    assert Counter((case.id, case.identificatie, case.uitkomst, case.behandelaar) for case in written(twin)) == first
    other.close()
    object.__setattr__(desk.settings, "demo", False)
    assert past_cases(desk) == 0 and LEAST >= 1_000


def test_who_left_stays_out_at_the_next_start(desk: Desk) -> None:
    past_cases(desk)
    with desk.database.engine.begin() as connection:
        accounts.enrol(connection, HERE)
        active = {one.id for one in roster.active(connection, "onderzoek.doen", GEMEENTE)}  # type: ignore[arg-type]
    assert "demo-anna" in active and SHUT not in active
