"""Computing a plan: a first one within seconds, a better one behind it, each stored whole or not at all.

One plan at a time per process, in a thread of its own; the search itself runs where service/planning/solve.py lets it.
A planner who wishes something in the meantime is right: what was computed from the older plan is then thrown away.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import cache

import structlog
from sqlalchemy import select, update

from service.desk import Desk
from service.faults import Conflict, StoreUnavailable
from service.logs.entry import Entry, Trace
from service.people import Person
from service.planning.effort import Effort, Progress, Watch
from service.planning.problem import Plan, Why
from service.planning.propose import Proposal
from service.planning.solve import solve
from service.rounds.keep import OBJECT, compared, keep, take
from service.rounds.make import LEASE, planning_of
from service.rounds.policy import Planning
from service.rounds.pose import before, posed
from service.rounds.progress import note
from service.rounds.read import CONCEPT
from service.rounds.tables import plannen
from service.travel.contract import Travel, TravelFault
from service.travel.reistijd import Reistijd
from service.travel.reistijd import travel as made
from service.web.teksten import text

ROUND = 2.2  # seconds of one round of search: Effort.good has 9 in 20 s
log = structlog.get_logger()
PATIENCE = 5.0  # seconds that the service waits for it when it stops
_turn = threading.Semaphore(1)
_running: dict[str, threading.Event] = {}  # plan id -> set it to have the search broken off


def begin(desk: Desk, plan_id: str) -> threading.Thread:
    """Compute it in the background; the thread, for who wants to wait."""
    event = _running[plan_id] = threading.Event()
    thread = threading.Thread(target=_safely, args=(desk, plan_id, event), name=f"plan-{plan_id[:8]}", daemon=True)
    thread.start()
    return thread


def stop() -> None:
    """When the service stops: what runs ends with the best so far, what waits is not begun."""
    break_off()
    until = time.monotonic() + PATIENCE
    for thread in [one for one in threading.enumerate() if one.name.startswith("plan-")]:
        thread.join(max(until - time.monotonic(), 0.0))


def compute(desk: Desk, plan_id: str) -> None:
    """A first plan, then a better one. Raises TravelFault, StoreUnavailable; a plan that changed meanwhile is left."""
    planning = planning_of(desk)
    task = _task(desk, plan_id)
    rest, whole = planning.grondig, planning.eerste + planning.grondig
    effort = _effort(planning, planning.eerste, task.seed)
    plan = solve(task.proposal.problem, effort, task.first, _watch(plan_id, 0.0, whole))
    figures = compared(task.proposal, plan, task.figures)
    versie = _keep(desk, plan_id, task.versie, task.proposal, plan, figures, last=not rest)
    note(plan_id, planning.eerste / whole)
    if rest:
        effort = _effort(planning, rest, task.seed)
        better = solve(task.proposal.problem, effort, plan, _watch(plan_id, planning.eerste, whole))
        plan = max(plan, better, key=_good)
        _keep(desk, plan_id, versie, task.proposal, plan, compared(task.proposal, plan, figures), last=True)


def _good(plan: Plan) -> tuple[int, float]:
    """What was pinned goes before what is worth more."""
    return -sum(why is Why.PAST_NIET for _, why in plan.left_out), plan.prize


def again(desk: Desk, person: Person, trace: Trace, plan_id: str, versie: int) -> int:
    """From the last solution with the wishes since, while the planner waits; the plan's versie afterwards.

    Raises Conflict on a stale versie, TravelFault.
    """
    break_off(plan_id)
    planning = planning_of(desk)
    task = _task(desk, plan_id)
    plan = solve(task.proposal.problem, _effort(planning, planning.opnieuw, task.seed), task.first)
    figures = compared(task.proposal, plan, task.figures)
    with desk.database.unit(person, trace) as unit:
        values = {"bezig_tot": None, "fout": "", "reis": travel_of(desk).name, "vergelijking": figures}
        return keep(unit, plan_id, versie, task.proposal, plan, values)


def claim(desk: Desk, person: Person, trace: Trace, plan_id: str, versie: int) -> int:
    """Mark a plan as being computed, before `begin`; its versie afterwards. Raises Conflict on a stale versie."""
    with desk.database.unit(person, trace) as unit:
        after = take(unit, plan_id, versie, {"bezig_tot": unit.now + LEASE, "fout": ""})
        unit.log(Entry(handeling="plan.oplossen", object_soort=OBJECT, object_id=plan_id))
        return after


def travel_of(desk: Desk) -> Travel:
    """What travel times are computed with; read once."""
    return _travel(desk.settings.reistijd)


@cache
def _travel(chosen: Reistijd) -> Travel:
    return made(chosen)


@dataclass(frozen=True, kw_only=True)
class _Task:
    """first: where to begin. versie: what it was made from. seed: of the search. figures: the last comparison."""

    proposal: Proposal
    first: Plan | None
    versie: int
    seed: int
    figures: str


def _task(desk: Desk, plan_id: str) -> _Task:
    travel = travel_of(desk)
    with desk.database.looking() as read:
        row = read.execute(select(plannen).where(plannen.c.id == plan_id)).one()
        proposal = posed(read, row, travel)
        return _Task(
            proposal=proposal,
            first=before(read, row, proposal),
            versie=row.versie,
            seed=int(row.zaad[:5], 16),
            figures=row.vergelijking,
        )


def break_off(plan_id: str = "") -> None:
    """Have the search for a plan (default: every search) end with the best so far."""
    for known, event in list(_running.items()):
        if plan_id in ("", known):
            event.set()


def _effort(planning: Planning, seconds: float, seed: int) -> Effort:
    return Effort(seconds=seconds, rounds=max(1, round(seconds / ROUND)), workers=planning.processen, seed=seed)


def _watch(plan_id: str, done: float, whole: float) -> Watch:
    def told(progress: Progress) -> None:
        note(plan_id, min((done + progress.seconds) / whole, 0.99))

    event = _running.get(plan_id, threading.Event())
    return Watch(told=told, broken_off=event.is_set)


def _keep(desk: Desk, plan_id: str, versie: int, proposal: Proposal, plan: Plan, figures: str, *, last: bool) -> int:
    values = {"fout": "", "reis": travel_of(desk).name, "vergelijking": figures}
    with desk.database.unit(None, Trace()) as unit:
        return keep(unit, plan_id, versie, proposal, plan, {**values, **({"bezig_tot": None} if last else {})})


def _safely(desk: Desk, plan_id: str, event: threading.Event) -> None:
    """Whatever goes wrong, the plan says so and does not stay busy."""
    try:
        with _turn:
            if not event.is_set():
                compute(desk, plan_id)
    except Conflict:
        log.info("plan changed while it was computed", plan=plan_id)
    except TravelFault as fault:
        _failed(desk, plan_id, fault.detail)
    except StoreUnavailable as fault:
        log.error("plan could not be stored", plan=plan_id, fault=str(fault))
    except Exception:
        log.exception("plan could not be computed", plan=plan_id)
        _failed(desk, plan_id, text("plan_fout.rekenfout"))
    finally:
        if _running.get(plan_id) is event:
            _running.pop(plan_id)
            note(plan_id, 1.0)


def _failed(desk: Desk, plan_id: str, why: str) -> None:
    try:
        with desk.database.unit(None, Trace()) as unit:
            where = (plannen.c.id == plan_id, plannen.c.toestand == CONCEPT)
            unit.connection.execute(update(plannen).where(*where).values(bezig_tot=None, fout=why))
            unit.log(Entry(handeling="plan.mislukt", object_soort=OBJECT, object_id=plan_id))
    except StoreUnavailable as fault:
        log.error("plan could not be marked as failed", plan=plan_id, fault=str(fault))
