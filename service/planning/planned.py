"""From the solver's plan back to doors and moments: what is stored of it, and what may be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.planning.doors import Candidate, Duty
from service.planning.hours import moment
from service.planning.problem import Plan, Route, Why
from service.planning.propose import Proposal

DRAWN_OUT = Why.MINDER_WAARDE  # what is told of a door that the lot put in and that does not fit


@dataclass(frozen=True, kw_only=True)
class PlannedStop:
    """One stop of a round. nr: 1, 2 …; stop: its id in the Problem; vast: pinned by the planner (not by lot)."""

    stop: str
    nr: int
    deuren: tuple[Candidate, ...]
    aankomst: datetime
    begin: datetime
    einde: datetime
    vast: bool


@dataclass(frozen=True, kw_only=True)
class PlannedRound:
    """One duty with its stops in order."""

    dienst: Duty
    vertrek: datetime
    terug: datetime
    stops: tuple[PlannedStop, ...]


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A candidate in no round. waarom: the true reason, for the store; gezegd: what a screen may say (see `told`)."""

    deur: Candidate
    waarom: Why
    gezegd: Why


def rounds(proposal: Proposal, plan: Plan) -> tuple[PlannedRound, ...]:
    """One per duty that visits anything, in the order of the duties."""
    return tuple(_round(proposal, route) for route in plan.routes if route.visits)


def left_out(proposal: Proposal, plan: Plan) -> tuple[LeftOut, ...]:
    """Every candidate of a stop that is in no round."""
    return tuple(
        LeftOut(deur=one, waarom=why, gezegd=told(why, pinned=_pinned(proposal, stop)))
        for stop, why in plan.left_out
        for one in proposal.doors[stop]
    )


def told(why: Why, *, pinned: bool) -> Why:
    """The reason as a screen may give it: `past_niet` on what nobody pinned would tell that the lot did."""
    return why if pinned or why is not Why.PAST_NIET else DRAWN_OUT


def carried(proposal: Proposal, plan: Plan) -> tuple[Candidate, ...]:
    """What the lot put in and did not fit: in the next period again, with the chance with which it was drawn.

    Never replaced by another: whoever swaps the ones that are hard to reach has no random sample any more.
    """
    return tuple(left.deur for left in left_out(proposal, plan) if left.deur.gekozen)


def expected(proposal: Proposal, plan: Plan) -> float:
    """Expected findings (each counted for what it is worth) of the stops in the plan, by the plan's own reckoning."""
    prize = {stop.id: stop.prize for stop in proposal.problem.stops}
    return sum(prize[visit.stop] for route in plan.routes for visit in route.visits)


def hours(plan: Plan) -> float:
    """Hours from leaving to being back, of all rounds together."""
    return sum(route.back - route.departure for route in plan.routes if route.visits) / 3600.0


def doors(proposal: Proposal, plan: Plan) -> int:
    """Different addresses in the rounds."""
    visited: Sequence[str] = [visit.stop for route in plan.routes for visit in route.visits]
    return len({one.identificatie for stop in visited for one in proposal.doors[stop]})


def _round(proposal: Proposal, route: Route) -> PlannedRound:
    return PlannedRound(
        dienst=proposal.duties[route.shift],
        vertrek=moment(route.departure, proposal.begin),
        terug=moment(route.back, proposal.begin),
        stops=tuple(
            PlannedStop(
                stop=visit.stop,
                nr=nr,
                deuren=proposal.doors[visit.stop],
                aankomst=moment(visit.arrival, proposal.begin),
                begin=moment(visit.begin, proposal.begin),
                einde=moment(visit.end, proposal.begin),
                vast=_pinned(proposal, visit.stop),
            )
            for nr, visit in enumerate(route.visits, start=1)
        ),
    )


def _pinned(proposal: Proposal, stop: str) -> bool:
    return any(one.identificatie in proposal.pinned for one in proposal.doors[stop])
