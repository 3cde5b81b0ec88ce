"""The table of steps against a plain list of what may follow what, written out by hand."""

from __future__ import annotations

import pytest
from fastapi import HTTPException

from service.cases.codes import Deel, Toestand, Wacht
from service.cases.steps import RULES, TABLE, Stap
from service.faults import Conflict, Forbidden, InputFault
from service.logs.verify import verify
from tests.service.cases.working import Work

# state -> the states that a handler's step alone reaches; the ends are reached by two.
AFTER = {
    "vooronderzoek": {"aanschrijven", "nadere_inlichtingen", "huisbezoek"},
    "aanschrijven": {"nadere_inlichtingen", "huisbezoek", "voornemen"},
    "nadere_inlichtingen": {"huisbezoek", "voornemen"},
    "huisbezoek": {"aanschrijven", "nadere_inlichtingen", "voornemen"},
    "voornemen": {"nadere_inlichtingen"},
    "besluit": {"afgerond"},
    "afgerond": set(),
    "ingetrokken": set(),
}


def test_the_table_is_what_was_agreed() -> None:
    for state in Toestand:
        alone = {r.naar.value for r in TABLE if state in r.van and r.naar and r.wacht == {""}}
        assert alone == AFTER[state], state
        two = {r.naar for r in TABLE if state in r.van and r.naar and r.wacht != {""}}
        working = state not in (Toestand.BESLUIT, Toestand.AFGEROND, Toestand.INGETROKKEN)
        assert two == ({Toestand.BESLUIT, Toestand.INGETROKKEN} if working else set()), state
    assert set(RULES) == set(Stap) - {Stap.OPENEN, Stap.TOEWIJZEN}  # those two are the service's own
    for rule in TABLE:  # what the second person does is the second person's, the rest never
        assert (rule.wie == {Deel.GOEDKEURDER}) == rule.stap.endswith(("_akkoord", "_teruggeven"))


def test_a_whole_case_as_two_people(work: Work) -> None:
    case = work.started(aanleiding="melding")
    assert case.gestart is not None and case.wacht_op is None and case.tweede == ""
    case = work.take(case, Stap.AANSCHRIJVEN)
    with pytest.raises(Conflict, match="voornemen"):
        work.take(case, Stap.BESLUIT_VOORLEGGEN, motivering="weg", uitkomst="vertrokken_onbekend_waarheen")
    case = work.take(case, Stap.VOORNEMEN, motivering="geen antwoord")
    case = work.two(case, Wacht.BESLUIT, "vertrokken_onbekend_waarheen")
    assert (case.toestand, case.uitkomst, case.afgerond) == (Toestand.BESLUIT, "vertrokken_onbekend_waarheen", None)
    with pytest.raises(Conflict, match="melder"):
        work.take(case, Stap.AFRONDEN)
    work.take(case, Stap.MELDER_INLICHTEN)
    case = work.take(case, Stap.AFRONDEN)
    assert case.toestand is Toestand.AFGEROND and str(case.datum_afgerond) == "2026-11-25"
    assert [step.nr for step in case.stappen] == list(range(1, case.versie + 1))
    for before, after in zip(case.stappen, case.stappen[1:], strict=False):
        assert after.van == before.naar
    with work.database.looking() as read:
        assert verify(read).fout is None


def test_each_step_asks_for_what_it_needs(work: Work) -> None:
    case = work.open()
    with pytest.raises(Conflict, match="band"):  # before the declaration nothing
        work.take(case, Stap.START_VOORLEGGEN, motivering="x")
    work.declare(case, case.behandelaar)
    with pytest.raises(InputFault, match="waarom"):
        work.take(case, Stap.START_VOORLEGGEN, motivering="  ")
    with pytest.raises(Conflict, match="akkoord zijn met de start"):
        work.take(case, Stap.AANSCHRIJVEN)
    put = work.take(case, Stap.START_VOORLEGGEN, motivering="x")
    with pytest.raises(Conflict, match="kan nu niet"):  # it lies with somebody else
        work.take(case, Stap.AANSCHRIJVEN)
    with pytest.raises(Forbidden):
        work.take(put, Stap.START_AKKOORD, by=put.behandelaar)
    other = next(id for id in ("p-carla", "p-cem") if id != put.tweede)
    with pytest.raises(HTTPException):  # not drawn: it does not exist for them
        work.take(put, Stap.START_AKKOORD, by=other)
    work.declare(put, put.tweede)
    back = work.take(put, Stap.START_TERUGGEVEN, motivering="te dun")
    assert back.wacht_op is None and back.gestart is None
    assert [s.motivering for s in back.stappen if s.stap == Stap.START_TERUGGEVEN] == ["te dun"]


def test_a_desk_case_gets_no_visit(work: Work) -> None:
    case = work.open(desk=True)
    work.declare(case, case.behandelaar)
    work.two(case, Wacht.START)
    with pytest.raises(Conflict, match="niet toegestaan"):
        work.take(case, Stap.HUISBEZOEK, motivering="x")


def test_withdrawing_and_the_care_signal_need_two_as_well(work: Work) -> None:
    case = work.open()
    work.declare(case, case.behandelaar)
    with pytest.raises(InputFault):
        work.take(case, Stap.ZORG_OVERDRAGEN, zorg="anders")
    put = work.take(case, Stap.ZORG_OVERDRAGEN, zorg="schuld")
    work.declare(put, put.tweede)
    done = work.take(put, Stap.INTREKKING_AKKOORD)
    assert (done.toestand, done.uitkomst) == (Toestand.INGETROKKEN, "ingetrokken")
    told = next(step for step in done.stappen if step.stap == Stap.ZORG_OVERDRAGEN)
    assert (told.gegevens, told.motivering) == ({"zorg": "schuld"}, "")


def test_a_correction_is_decided_by_two_and_keeps_what_was(work: Work) -> None:
    case = work.started()
    case = work.two(case, Wacht.BESLUIT, "in_orde")
    case = work.take(case, Stap.AFRONDEN)
    case = work.two(case, Wacht.CORRECTIE, "leegstand_bevestigd")
    assert (case.uitkomst, case.correctie, case.toestand) == ("leegstand_bevestigd", 1, Toestand.AFGEROND)
    decided = [s.uitkomst for s in case.stappen if s.stap in (Stap.BESLUIT_AKKOORD, Stap.CORRECTIE_AKKOORD)]
    assert decided == ["in_orde", "leegstand_bevestigd"]
