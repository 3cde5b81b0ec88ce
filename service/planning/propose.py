"""From doors and duties to a Problem for the solver, and from its Plan back to doors.

Every candidate is in the Problem, or in the complaints with the reason. What is pinned, or chosen by lot, is in the
plan whatever it is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from service.planning.calendar import at
from service.planning.doors import Candidate, Duty, Pin, Visiting
from service.planning.erven import erven
from service.planning.hours import Hours, windows_of
from service.planning.problem import Problem, Seconds, Stop


class TravelTimes(Protocol):
    """What service/travel offers."""

    def seconds(self, points: NDArray[np.float64]) -> Seconds:
        """(n, n) seconds between (n, 2) points, RD metres."""


class Fault(StrEnum):
    """What cannot be meant, about a door or a duty. The words for people are in the catalogue of texts."""

    DIENST_LEEG = "dienst_leeg"  # a shift of zero, or one that ends before it begins
    DIENST_DUBBEL = "dienst_dubbel"  # the same team twice on one day
    DIENST_ONBEKEND = "dienst_onbekend"  # pinned to a shift that is not there
    TIJDEN_STRIJDIG = "tijden_strijdig"  # no wish lies within the hours that are allowed
    PLAATS_ONBEKEND = "plaats_onbekend"  # no place on the map
    VASTGEZET_NIET_GEVONDEN = "vastgezet_niet_gevonden"  # pinned, and no candidate


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A fault and what it is about: an identificatie, or the id of a duty."""

    over: str
    fout: Fault


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """problem: for the solver. doors: stop -> its candidates, in the order in which they are called at. points: the
    places of the travel matrix, (n, 2) RD metres. begin: the moment of second 0. complaints: everything that is not in
    the problem, or not as it was asked, and why.
    """

    problem: Problem
    doors: Mapping[str, tuple[Candidate, ...]]
    duties: Mapping[str, Duty]
    points: NDArray[np.float64]
    begin: datetime
    complaints: tuple[Complaint, ...] = ()
    pinned: frozenset[str] = frozenset()  # doors that the planner pinned; those chosen by lot are not among them


def propose(
    candidates: Sequence[Candidate],
    duties: Sequence[Duty],
    travel: TravelTimes,
    visiting: Visiting | None = None,
    *,
    pins: Iterable[Pin] = (),
    bans: Iterable[str] = (),
    group: bool = True,
) -> Proposal:
    """The Problem. bans: identificaties that are left out. group: False = every door a stop of its own."""
    visiting = visiting or Visiting()
    shifts, complaints = _duties(duties)
    banned, wanted = frozenset(bans), {pin.identificatie: pin for pin in pins}
    usable = [one for one in candidates if one.identificatie not in banned and np.isfinite([one.x, one.y]).all()]
    there = {one.identificatie for one in usable}
    lost = {one.identificatie for one in candidates if one.identificatie not in banned} - there
    complaints += [Complaint(over=name, fout=Fault.PLAATS_ONBEKEND) for name in sorted(lost)]
    complaints += [
        Complaint(over=name, fout=Fault.VASTGEZET_NIET_GEVONDEN)
        for name in sorted(wanted)
        if name not in there and name not in lost
    ]
    begin = at(min((duty.dag for duty in shifts.values()), default=date(1970, 1, 1)), time())
    stops_doors = _grouped(usable, group, wanted)
    offices = list(dict.fromkeys((duty.team.start_x, duty.team.start_y) for duty in shifts.values()))
    stops, kept, places = [], {}, list(offices)
    hours = Hours(shifts=shifts, begin=begin)
    for doors in stops_doors:
        stop, faults = _stop(doors, len(places), hours, visiting, wanted)
        complaints += faults
        if stop is not None:
            stops.append(stop)
            kept[stop.id] = doors
            places.append((doors[0].x, doors[0].y))
    points = np.array(places, dtype=np.float64).reshape(-1, 2)
    problem = Problem(
        stops=tuple(stops),
        shifts=tuple(hours.shift(duty, offices) for duty in shifts.values()),
        travel=travel.seconds(points) if len(points) else np.zeros((0, 0)),
    )
    return Proposal(
        problem=problem,
        doors=kept,
        duties=shifts,
        points=points,
        begin=begin,
        complaints=tuple(complaints),
        pinned=frozenset(wanted) & there,
    )


def _duties(duties: Sequence[Duty]) -> tuple[dict[str, Duty], list[Complaint]]:
    found: dict[str, Duty] = {}
    complaints = []
    for duty in duties:
        if duty.einde <= duty.begin:
            complaints.append(Complaint(over=duty.id, fout=Fault.DIENST_LEEG))
        elif duty.id in found:
            complaints.append(Complaint(over=duty.id, fout=Fault.DIENST_DUBBEL))
        else:
            found[duty.id] = duty
    return dict(sorted(found.items())), complaints


def _grouped(candidates: Sequence[Candidate], group: bool, wanted: Mapping[str, Pin]) -> list[tuple[Candidate, ...]]:
    """The candidates of each stop, by door. Doors of a yard with other wishes, or pinned elsewhere, are stops apart."""
    by_door: dict[str, list[Candidate]] = {}
    for one in sorted(candidates, key=lambda one: (one.identificatie, one.doel.value)):
        by_door.setdefault(one.identificatie, []).append(one)
    first = [found[0] for found in by_door.values()]
    labels: Sequence[int] = range(len(first))
    if group:
        labels = erven(
            np.array([(one.x, one.y) for one in first], dtype=np.float64).reshape(-1, 2),
            [f"{one.postcode.replace(' ', '').upper()} {one.huisnummer}" if one.postcode else "" for one in first],
            np.array([one.buitengebied for one in first], dtype=np.bool_),
            list(by_door),
        ).tolist()
    stops: dict[tuple[object, ...], list[Candidate]] = {}
    for label, (name, found) in zip(labels, by_door.items(), strict=True):
        wishes = tuple(sorted({(wish.van, wish.tot) for one in found for wish in one.windows}))
        into = wanted[name].dienst if name in wanted else ""
        stops.setdefault((label, wishes, into), []).extend(found)
    return [tuple(found) for found in stops.values()]


def _stop(
    doors: tuple[Candidate, ...], place: int, hours: Hours, visiting: Visiting, wanted: Mapping[str, Pin]
) -> tuple[Stop | None, list[Complaint]]:
    names = list(dict.fromkeys(one.identificatie for one in doors))
    pins = [wanted[name] for name in names if name in wanted]
    into = frozenset(pin.dienst for pin in pins if pin.dienst)
    faults = [
        Complaint(over=pin.identificatie, fout=Fault.DIENST_ONBEKEND)
        for pin in pins
        if pin.dienst and pin.dienst not in hours.shifts
    ]
    must = bool(pins) or any(one.gekozen for one in doors)
    needs = frozenset[str]().union(*(one.nodig for one in doors))
    service = _service(doors, visiting)
    windows, prize = windows_of(doors, hours, visiting, must, into, service)
    if not windows and hours.pieces:
        return None, [*faults, *(Complaint(over=name, fout=Fault.TIJDEN_STRIJDIG) for name in names)]
    return (
        Stop(
            id=min(names),
            place=place,
            service=service,
            prize=prize,
            windows=windows,
            needs=needs,
            pinned=must,
            shifts=into,
        ),
        faults,
    )


def _service(doors: tuple[Candidate, ...], visiting: Visiting) -> float:
    """Seconds at the stop: parking and the first door, and each further door."""
    own = {one.identificatie: one.minuten for one in doors}
    minutes = 0.0
    for n, given in enumerate(own.values()):
        minutes += given if given is not None else visiting.minuten_verder if n else visiting.minuten_eerste
    return minutes * 60.0
