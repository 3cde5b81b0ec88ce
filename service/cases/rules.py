"""The rules of an investigation that are more than a row of the table, each in words and each a function that refuses.

Four eyes: what bites is put before a second person, drawn by lot, who is never somebody that handled the case.
Not alone: nobody agrees to an end of an investigation of an address that he alone visited, nor ends it by himself.
Nobody else: without a second person only when the roster has none, with a motivation, and it stays visible as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from features.sources.onderzoeken import UITKOMSTEN
from service.cases.assigning import free, handlers_ever
from service.cases.codes import MAY, NEEDS_INTENTION, NEEDS_VISIT, WITHDRAWN, Deel, Toestand, Wacht
from service.cases.policy import Policy
from service.cases.records import Case, Visit
from service.cases.steps import AGREEMENTS, BYPASSES, RULES, Stap
from service.faults import Conflict, InputFault
from service.signin import roster
from service.web.teksten import text

BEFORE_START = frozenset(
    {
        Stap.GEEN_BAND,
        Stap.WEL_BAND,
        *(stap for stap in Stap if stap.startswith(("start_", "intrekking_"))),
        Stap.ZORG_OVERDRAGEN,
        Stap.ANDERE_GOEDKEURDER,
    }
)  # the only steps that are possible before a second person agreed to the start
ZORG = ("zorg", "schuld")


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody asks to be done. versie: the last step they saw. sleutel: of the form, the same when sent again."""

    stap: Stap
    versie: int
    sleutel: str
    motivering: str = ""
    uitkomst: str = ""
    zorg: str = ""


def visited_alone(visits: tuple[Visit, ...], person: str) -> bool:
    """Whether the address was visited, and every time by this person alone."""
    return bool(visits) and all(visit.bezoeker == person and not visit.metgezel for visit in visits)


def check(connection: Connection, case: Case, act: Act, person: str, now: datetime, policy: Policy) -> None:
    """Raises Conflict when the step is not allowed from here, InputFault when something it needs is missing."""
    rule = RULES[act.stap]
    if case.toestand not in rule.van or (case.wacht_op or "") not in rule.wacht:
        raise Conflict(text("onderzoek_fout.stap_kan_niet"))
    if rule.motivering and not act.motivering.strip():
        raise InputFault("motivering", text("onderzoek_fout.motivering"))
    if case.gestart is None and case.loopt and act.stap not in BEFORE_START:
        raise Conflict(text("onderzoek_fout.niet_gestart"))
    if rule.uitkomst:
        _outcome(case, act.uitkomst)
    if act.stap is Stap.HUISBEZOEK and case.alleen_bureau:
        raise Conflict(text("onderzoek_fout.alleen_bureau"))
    if act.stap is Stap.ZORG_OVERDRAGEN and act.zorg not in ZORG:
        raise InputFault("zorg", text("onderzoek_fout.zorg"))
    if act.stap is Stap.MELDER_INLICHTEN and not case.melder_wacht:
        raise Conflict(text("onderzoek_fout.geen_melder"))
    if act.stap is Stap.AFRONDEN and case.melder_wacht:
        raise Conflict(text("onderzoek_fout.melder_wacht"))
    if (
        act.stap in (*AGREEMENTS, *BYPASSES)
        and case.wacht_op is not Wacht.START
        and visited_alone(case.bezoeken, person)
    ):
        raise Conflict(text("onderzoek_fout.alleen_bezocht"))
    if act.stap in BYPASSES and seconds(connection, case):
        raise Conflict(text("onderzoek_fout.er_is_een_tweede"))
    if act.stap is Stap.ANDERE_GOEDKEURDER:
        _replaceable(connection, case, now, policy)


def seconds(connection: Connection, case: Case) -> dict[str, int]:
    """Who may be the second person of what lies (or would lie) there: person -> how much lies with them.

    Never who handles the case or did, and for an end of it never who was its only visitor.
    """
    able = free(connection, case.id, case.gemeente, Deel.GOEDKEURDER, handlers_ever(connection, case.id))
    return {person: load for person, load in able.items() if not visited_alone(case.bezoeken, person)}


def _outcome(case: Case, outcome: str) -> None:
    if outcome not in UITKOMSTEN or outcome == WITHDRAWN:
        raise InputFault("uitkomst", text("onderzoek_fout.uitkomst"))
    if outcome in NEEDS_INTENTION and case.toestand not in (Toestand.VOORNEMEN, Toestand.AFGEROND):
        raise Conflict(text("onderzoek_fout.eerst_voornemen"))
    if outcome in NEEDS_VISIT and not case.bezoeken:
        raise Conflict(text("onderzoek_fout.eerst_bezoek"))


def replaceable(connection: Connection, case: Case, now: datetime, policy: Policy) -> bool:
    """Whether the second person may be replaced: there is none, they left, or it lies there too long."""
    if not case.tweede:
        return True
    here = {each.id for each in roster.active(connection, MAY[Deel.GOEDKEURDER], case.gemeente)}
    laid = max((step.tijd for step in case.stappen if step.stap == Stap.TOEWIJZEN), default=case.geopend)
    return case.tweede not in here or now - laid >= timedelta(days=policy.wissel_na_dagen)


def _replaceable(connection: Connection, case: Case, now: datetime, policy: Policy) -> None:
    if not replaceable(connection, case, now, policy):
        raise Conflict(text("onderzoek_fout.nog_even_wachten", dagen=policy.wissel_na_dagen))
    if not {person for person in seconds(connection, case) if person != case.tweede}:
        raise Conflict(text("onderzoek_fout.niemand_anders"))
