"""What each step changes besides being written down. All that may refuse has been asked by then (rules.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.cases.again import draw_again
from service.cases.assigning import free, handlers_ever
from service.cases.clocks import local_day
from service.cases.codes import WITHDRAWN, Deel, Toestand, Wacht
from service.cases.draw import Draw, draw
from service.cases.policy import Policy
from service.cases.records import Case
from service.cases.rules import Act, seconds
from service.cases.steps import AGREEMENTS, BYPASSES, RULES, Stap
from service.cases.write import change, declare, drawn, join, leave, step
from service.db.database import Unit

CLEARED = {"wacht_op": "", "voorstel": "", "tweede": ""}


def take(unit: Unit, person: str, case: Case, asked: Act, policy: Policy) -> int:
    """Change the case and write the step; how many steps were written (the service's draws included)."""
    if asked.stap is Stap.WEL_BAND:
        return _pass_on(unit, person, case, asked)
    if asked.stap is Stap.HUISBEZOEK:
        return _with_draws(unit, person, case, asked, {}, ((Deel.BEZOEKER, _visitor(unit, case)),))
    if asked.stap is Stap.ANDERE_GOEDKEURDER:
        return _other_second(unit, person, case, asked)
    if (laid := RULES[asked.stap].legt) is not None:
        proposal = asked.uitkomst or (WITHDRAWN if laid is Wacht.INTREKKING else "")
        lot = draw(seconds(unit.connection, case))
        values = {"wacht_op": laid.value, "voorstel": proposal, "tweede": lot.gekozen}
        return _with_draws(unit, person, case, asked, values, ((Deel.GOEDKEURDER, lot),))
    taken = _with_draws(unit, person, case, asked, _values(unit, case, asked), ())
    if asked.stap is Stap.GEEN_BAND:
        declare(unit, case.id, person)
    if asked.stap is Stap.AFRONDEN:
        draw_again(unit, case, policy)
    return taken


def _values(unit: Unit, case: Case, asked: Act) -> dict[str, Any]:
    """The columns that the step changes."""
    ended = {"afgerond": unit.now, "datum_afgerond": local_day(unit.now)}
    if asked.stap is Stap.AFRONDEN:
        return ended
    if asked.stap is Stap.MELDER_INLICHTEN:
        return {"melder_ingelicht": unit.now}
    if asked.stap not in (*AGREEMENTS, *BYPASSES):
        return CLEARED if asked.stap.endswith("_teruggeven") else {}
    match case.wacht_op:
        case Wacht.START:
            return {**CLEARED, "gestart": unit.now}
        case Wacht.INTREKKING:
            return {**CLEARED, **ended, "uitkomst": WITHDRAWN}
        case Wacht.CORRECTIE:
            again = {"correctie": case.correctie + 1, "datum_afgerond": local_day(unit.now)}
            return {**CLEARED, **again, "uitkomst": case.voorstel}
        case _:
            return {**CLEARED, "uitkomst": case.voorstel}


def _with_draws(
    unit: Unit,
    person: str,
    case: Case,
    asked: Act,
    values: Mapping[str, Any],
    draws: tuple[tuple[Deel, Draw], ...],
) -> int:
    """Write the change, the step, and a step for each draw. Raises Conflict when somebody else was first."""
    after = RULES[asked.stap].naar or case.toestand
    change(unit, case, 1 + len(draws), {**values, "toestand": after.value})
    outcome = asked.uitkomst or (case.voorstel if asked.stap in (*AGREEMENTS, *BYPASSES) else "")
    step(
        unit,
        case.id,
        case.versie + 1,
        asked.stap,
        case.toestand,
        after,
        persoon=person,
        motivering=asked.motivering.strip(),
        uitkomst=outcome,
        gegevens={"zorg": asked.zorg} if asked.stap is Stap.ZORG_OVERDRAGEN else None,
        sleutel=asked.sleutel,
    )
    for nr, (deel, lot) in enumerate(draws, start=case.versie + 2):
        if lot.gekozen:
            join(unit, case.id, lot.gekozen, deel)
        drawn(unit, case.id, nr, after, deel, lot)
    return 1 + len(draws)


def _visitor(unit: Unit, case: Case) -> Draw:
    """Somebody to visit besides the handler; rather not who agreed to the start, unless there is nobody else."""
    handlers, approvers = handlers_ever(unit.connection, case.id), frozenset(case.people(Deel.GOEDKEURDER))
    able = free(unit.connection, case.id, case.gemeente, Deel.BEZOEKER, handlers)
    return draw({person: load for person, load in able.items() if person not in approvers} or able)


def _pass_on(unit: Unit, person: str, case: Case, asked: Act) -> int:
    """Somebody has a tie: all their parts end, and each is drawn anew among the others. Nobody asks why."""
    mine = {part.deel for part in case.parts_of(person)}
    draws: list[tuple[Deel, Draw]] = []
    values: dict[str, Any] = {}
    if case.behandelaar == person:
        others = {person, case.tweede, *case.people(Deel.BEZOEKER)}
        lot = draw(free(unit.connection, case.id, case.gemeente, Deel.BEHANDELAAR, frozenset(others)))
        draws.append((Deel.BEHANDELAAR, lot))
        values["behandelaar"] = lot.gekozen
    if case.tweede == person:
        lot = draw({one: load for one, load in seconds(unit.connection, case).items() if one != person})
        draws.append((Deel.GOEDKEURDER, lot))
        values["tweede"] = lot.gekozen
    if Deel.BEZOEKER in mine and case.toestand is Toestand.HUISBEZOEK:
        able = free(
            unit.connection, case.id, case.gemeente, Deel.BEZOEKER, handlers_ever(unit.connection, case.id) | {person}
        )
        draws.append((Deel.BEZOEKER, draw(able)))
    taken = _with_draws(unit, person, case, asked, values, tuple(draws))
    leave(unit, case.id, person, tie=True)
    return taken


def _other_second(unit: Unit, person: str, case: Case, asked: Act) -> int:
    able = {one: load for one, load in seconds(unit.connection, case).items() if one != case.tweede}
    lot = draw(able)
    taken = _with_draws(unit, person, case, asked, {"tweede": lot.gekozen}, ((Deel.GOEDKEURDER, lot),))
    if case.tweede:
        leave(unit, case.id, case.tweede, Deel.GOEDKEURDER)
    return taken
