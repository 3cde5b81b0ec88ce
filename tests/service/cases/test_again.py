"""The blind second look: drawn once for every closed case, opened later, by others, and like any other case."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from service.cases.codes import Wacht
from service.cases.listing import mine
from service.cases.policy import Policy
from service.cases.records import Case
from service.cases.steps import Stap
from service.cases.tables import herbezoeken
from tests.service.cases.working import MORNING, Clock, Work

ALWAYS = Policy(herbezoek_aandeel=1.0, herbezoek_na_dagen=(10, 10))


def closed(work: Work, **how: object) -> Case:
    case = work.two(work.started(**how), Wacht.BESLUIT, "in_orde")  # type: ignore[arg-type]
    return work.take(case, Stap.AFRONDEN)


def test_it_opens_along_with_another_case_by_somebody_else_and_looks_like_any(work: Work, clock: Clock) -> None:
    work.policy = ALWAYS
    first = closed(work, aanleiding="steekproef")
    clock.forward(days=9)
    work.open("0175010000000002")
    again = ["0175010000000001"]
    assert not _cases(work, again)
    clock.forward(days=1)
    other = work.open("0175010000000003")
    (second,) = _cases(work, again)
    assert second.herhaling_van == first.id and second.behandelaar not in ("", first.behandelaar)
    assert (second.aanleiding, second.selectiekans, second.bron) == ("verkenning", None, "herbezoek")
    seen = {step.stap for step in second.stappen}
    assert seen == {step.stap for step in other.stappen}  # nothing in its steps tells it apart
    clock.forward(days=1)
    work.open("0175010000000004")
    assert len(_cases(work, again)) == 1  # once


def test_the_share_is_the_settings_and_both_draws_are_kept(work: Work) -> None:
    work.policy = replace(ALWAYS, herbezoek_aandeel=0.0)
    closed(work)
    with work.database.looking() as read:
        (row,) = read.execute(select(herbezoeken)).all()
    assert (row.aandeel, row.vanaf) == (0.0, None) and 0 < row.getrokken <= 1


def _cases(work: Work, addresses: list[str]) -> list[Case]:
    found = []
    with work.database.looking() as read:
        for person in work.people.values():
            for item in mine(read, person, MORNING.date(), work.policy):
                if item.zaak.identificatie in addresses:
                    found.append(item.zaak.id)
    return [work.case(id) for id in dict.fromkeys(found)]
