"""Recording a visit: when, with whom, whether the door opened, and on what terms anybody went in.

Awbi art. 1: whoever enters a dwelling identifies themselves and says what for, first; without consent nobody goes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import insert

from service.cases.acting import held
from service.cases.clocks import WALL
from service.cases.codes import Deel
from service.cases.policy import Policy
from service.cases.records import Case
from service.cases.rules import Act, check
from service.cases.steps import RULES, Stap
from service.cases.tables import bezoeken
from service.cases.write import change, entry, step
from service.db.database import Unit
from service.faults import InputFault
from service.people import Person
from service.web.teksten import text
from service.workdays import free

FIRST, LAST = time(7), time(22)  # of a day, on the wall


class Getroffen(StrEnum):
    """Who was met at the door."""

    NIEMAND = "niemand"
    BEWONER = "bewoner"
    ANDER = "ander"


class Toestemming(StrEnum):
    """Whether somebody who lives there let us in."""

    NIET_GEVRAAGD = "niet_gevraagd"
    GEGEVEN = "gegeven"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt as written down. metgezel: who went along, "" = nobody. bevinding: what was seen of the dwelling; no
    names, and nothing at all where a resident has secrecy (07.70).
    """

    moment: datetime
    metgezel: str
    getroffen: Getroffen
    gelegitimeerd: bool
    toestemming: Toestemming
    binnen: bool
    sporen: bool
    bevinding: str
    opmerking: str = ""  # why in a weekend or on a holiday


def record(
    unit: Unit,
    person: Person,
    id: str,
    asked: Act,
    attempt: Attempt,
    policy: Policy,
    *,
    afgeschermd: bool,
    gezelschap: frozenset[str] = frozenset(),
) -> int:
    """Write a visit down as a step; the number of the case's last step afterwards. gezelschap: who may have gone along
    besides the case's own people: those of the same round.

    Raises as `acting.act`, and InputFault on a visit that cannot have been one or is not written down in full.
    """
    case = held(unit, person, id, asked)
    if case is None:
        return asked.versie
    check(unit.connection, case, asked, person.id, unit.now, policy)
    check_attempt(case, person.id, attempt, unit.now, policy, afgeschermd=afgeschermd, gezelschap=gezelschap)
    return add(unit, case, attempt, asked.sleutel, bezoeker=person.id, door=person.id)


def check_attempt(
    case: Case,
    bezoeker: str,
    attempt: Attempt,
    now: datetime,
    policy: Policy,
    *,
    afgeschermd: bool,
    gezelschap: frozenset[str],
) -> None:
    """Raises InputFault on a visit that cannot have been one, or is not written down in full."""
    _check_moment(case, attempt, now, policy)
    _check_door(attempt)
    if attempt.metgezel and attempt.metgezel not in ({*companions(case, bezoeker)} | gezelschap) - {bezoeker}:
        raise InputFault("metgezel", text("onderzoek_fout.bezoek_metgezel"))
    if afgeschermd and attempt.bevinding.strip():
        raise InputFault("bevinding", text("onderzoek_fout.afgeschermd"))


def add(unit: Unit, case: Case, attempt: Attempt, sleutel: str, *, bezoeker: str, door: str) -> int:
    """Write a checked visit down in the case as it stands; the number of its step. door: who writes it down.

    Raises Conflict when somebody else was first.
    """
    nr = case.versie + 1
    change(unit, case, 1, {})
    step(
        unit,
        case.id,
        nr,
        Stap.BEZOEK,
        case.toestand,
        case.toestand,
        persoon=door,
        motivering=attempt.opmerking.strip(),
        sleutel=sleutel,
    )
    row = {name: value for name, value in vars(attempt).items() if name != "opmerking"}
    unit.connection.execute(
        insert(bezoeken),
        {
            **row,
            "onderzoek_id": case.id,
            "nr": nr,
            "bezoeker": bezoeker,
            "bevinding": attempt.bevinding.strip(),
            "getroffen": attempt.getroffen.value,
            "toestemming": attempt.toestemming.value,
        },
    )
    unit.log(entry(case.id, case.identificatie, Stap.BEZOEK, nr))
    return nr


def companions(case: Case, person: str) -> tuple[str, ...]:
    """Who of the case's handler and visitors may have gone along with `person`."""
    return tuple(sorted({*case.people(Deel.BEHANDELAAR), *case.people(Deel.BEZOEKER)} - {person, ""}))


def _check_moment(case: Case, attempt: Attempt, now: datetime, policy: Policy) -> None:
    began = (case.gestart or case.geopend).replace(second=0, microsecond=0)  # a form knows whole minutes
    if not began <= attempt.moment <= now:
        raise InputFault("moment", text("onderzoek_fout.bezoek_moment"))
    there = attempt.moment.astimezone(WALL)
    if not FIRST <= there.time() <= LAST:
        raise InputFault("moment", text("onderzoek_fout.bezoek_uren"))
    if free(there.date(), policy.gelijkgesteld) and not attempt.opmerking.strip():
        raise InputFault("opmerking", text("onderzoek_fout.bezoek_weekend"))


def _check_door(attempt: Attempt) -> None:
    met = attempt.getroffen is not Getroffen.NIEMAND
    if not met and (attempt.binnen or attempt.toestemming is not Toestemming.NIET_GEVRAAGD):
        raise InputFault("toestemming", text("onderzoek_fout.bezoek_niemand"))
    if met and not attempt.gelegitimeerd:
        raise InputFault("gelegitimeerd", text("onderzoek_fout.bezoek_legitimatie"))
    if attempt.binnen and attempt.toestemming is not Toestemming.GEGEVEN:
        raise InputFault("binnen", text("onderzoek_fout.bezoek_binnen"))


def may_record(case: Case, parts: frozenset[Deel]) -> bool:
    """Whether somebody with these parts may write a visit down where the case stands."""
    rule = RULES[Stap.BEZOEK]
    return case.toestand in rule.van and case.wacht_op is None and bool(rule.wie & parts)
