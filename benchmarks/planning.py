"""The planner on public team orienteering instances, and its speed and memory on made-up days in the buitengebied.

    python -m benchmarks.planning [--folder DATA/chao_top] [--seconds 20] [--only p4.2.j ...] [--vary|--quick] [--write]

Everything goes through service.planning.solve. --vary: other numbers of teams and other lengths of the same instances,
the plan of --seconds beside the best of three times as long with other seeds. --quick: a few seconds, for the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.countryside import countryside
from benchmarks.memory import measure
from benchmarks.orienteering import Instance, instances
from benchmarks.results import Section, write_section
from service.planning.effort import Effort
from service.planning.problem import Plan, Problem
from service.planning.solve import solve

DATA = Path(os.environ.get("SCHIJNWERPER_OFFICIAL_DATA", "../shared/data")) / "chao_top"
DAY, WEEK = (400, 3, 1), (2_000, 5, 5)  # candidates, teams, days
GIB = 1 << 30


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with --write put both tables into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--folder", type=Path, default=DATA, help="of instance files, with best_known.csv if there is")
    parser.add_argument("--seconds", type=float, default=20.0, help="per instance")
    parser.add_argument("--only", nargs="*", default=[], help="names of instances")
    parser.add_argument("--vary", action="store_true", help="other team numbers and lengths, against longer runs")
    parser.add_argument("--quick", action="store_true", help="half a second each, no speed")
    parser.add_argument("--speed", choices=["day", "week"], help="only this, in this process, as JSON")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    if given.speed:
        print(json.dumps(_day() if given.speed == "day" else _week()))
        return
    if not given.folder.is_dir():
        parser.error(f"no folder {given.folder}: give --folder or set SCHIJNWERPER_OFFICIAL_DATA")
    chosen = [one for one in instances(given.folder) if not given.only or one.name in given.only]
    effort = replace(Effort.good(), seconds=given.seconds - 0.5)
    if given.quick:
        effort = replace(effort, seconds=1.0, rounds=1)
    sections = [("planning-top", varied(chosen, effort) if given.vary else orienteering(chosen, effort))]
    if not given.quick and not given.vary:
        sections.append(("planning-speed", speed()))
    for name, section in sections:
        print(section.text())
        if given.write:
            write_section(name, section)


def orienteering(chosen: Sequence[Instance], effort: Effort) -> Section:
    """Each instance once: the plan's score, checked apart from the planner, beside the best known."""
    rows, gaps, slowest = [], [], 0.0
    for one in chosen:
        score, seconds = _solved(one, effort)
        gap = None if one.best is None else 100 * (one.best - score) / one.best
        gaps += [] if gap is None else [gap]
        slowest = max(slowest, seconds)
        best = "-" if one.best is None else f"{one.best:g}"
        rows.append((one.name, best, f"{score:g}", "-" if gap is None else f"{gap:.2f}%", f"{seconds:.1f} s"))
        print(*rows[-1], flush=True)
    notes = (f"One run each with seed {effort.seed}, {effort.workers} processes; slowest {slowest:.1f} s.", _load())
    if gaps:
        bar = "met" if np.mean(gaps) <= 1.0 and max(gaps) <= 3.0 else "NOT MET"
        notes = (f"Mean gap {np.mean(gaps):.2f}%, worst {max(gaps):.2f}% (bar: 1.0% and 3%): {bar}.", *notes)
    return Section(
        title="Team orienteering: public instances through the planner",
        command="make bench-planning",
        heading=("Instance", "Best known", "Found", "Gap", "Time"),
        rows=tuple(rows),
        notes=notes,
    )


def varied(chosen: Sequence[Instance], effort: Effort) -> Section:
    """Instances of our own making out of these; the yardstick is the best of a long run with another seed and this."""
    rows = []
    for one, teams, part in [(one, teams, part) for one in chosen for teams, part in ((1, 0.5), (3, 0.8), (4, 1.3))]:
        other = one.varied(teams, one.tmax * part)
        score, _ = _solved(other, effort)
        longer, _ = _solved(other, replace(effort, seconds=effort.seconds * 3, rounds=effort.rounds * 3, seed=7))
        best = max(score, longer)
        rows.append((other.name, f"{score:g}", f"{longer:g}", f"{100 * (best - score) / max(best, 1):.2f}%"))
        print(*rows[-1], flush=True)
    return Section(
        title="Team orienteering: variations",
        command="python -m benchmarks.planning --vary",
        heading=("Instance", "Found", "In three times as long", "Gap"),
        rows=tuple(rows),
        notes=("Both are this planner's, with other seeds: what it always misses does not show here.", _load()),
    )


def speed() -> Section:
    """A day and a week, each in processes of its own so that its memory is its own."""
    day, day_peak = _apart("day")
    week, week_peak = _apart("week")
    rows = (
        ("first plan", "400, 3 teams, 1 day", f"{day['first']:.1f} s", "3 s", f"{day['first_short']:.1f}% short"),
        (
            "good plan",
            "400, 3 teams, 1 day",
            f"{day['good']:.1f} s",
            "20 s",
            f"{day['good_short']:.1f}% short (bar 2%)",
        ),
        ("again after a pin", "400, 3 teams, 1 day", f"{day['again']:.1f} s", "2 s", f"{day['kept']:.0%} as it was"),
        (
            "week",
            "2,000, 5 teams, 5 days",
            f"{week['week']:.1f} s",
            "60 s",
            f"{week['short']:.1f}% short of twice as long",
        ),
        ("again after a pin", "2,000, 5 teams, 5 days", f"{week['again']:.1f} s", "-", f"{week['kept']:.0%} as it was"),
    )
    return Section(
        title="Planning: speed",
        command="make bench-planning",
        heading=("What", "Candidates", "Time", "Bar", "Prize"),
        rows=rows,
        notes=(
            f"Peak memory of all processes together: day {day_peak / GIB:.2f} GiB, week {week_peak / GIB:.2f} GiB.",
            "Short: of the best this planner found here (the day: 60 s with other seeds), which need not be the best.",
            _load(),
        ),
    )


def _apart(what: str) -> tuple[dict[str, float], int]:
    measured = measure([sys.executable, "-m", "benchmarks.planning", "--speed", what], Path(os.devnull))
    figures: dict[str, float] = json.loads(measured.output)
    return figures, measured.peak


def _day() -> dict[str, float]:
    problem = countryside(*DAY)
    first, first_took = _timed(problem, Effort.first())
    good, good_took = _timed(problem, Effort.good())
    again, again_took = _timed(_with_a_pin(problem, good), Effort.again(), good)
    best = max(
        good.prize, *(solve(problem, replace(Effort.good(), seconds=30, rounds=12, seed=seed)).prize for seed in (2, 3))
    )
    return {
        "first": first_took,
        "good": good_took,
        "again": again_took,
        "kept": _kept(good, again),
        "first_short": 100 * (1 - first.prize / best),
        "good_short": 100 * (1 - good.prize / best),
    }


def _week() -> dict[str, float]:
    problem = countryside(*WEEK)
    effort = Effort.week()
    plan, took = _timed(problem, effort)
    again, again_took = _timed(_with_a_pin(problem, plan), Effort.again(), plan)
    longer = solve(problem, replace(effort, seconds=110.0, rounds=24, seed=2))
    best = max(plan.prize, longer.prize)
    return {
        "week": took,
        "again": again_took,
        "kept": _kept(plan, again),
        "short": 100 * (1 - plan.prize / best),
    }


def _with_a_pin(problem: Problem, plan: Plan) -> Problem:
    """The stop worth least of those left out is pinned."""
    left = {name for name, _ in plan.left_out}
    pin = min((stop for stop in problem.stops if stop.id in left), key=lambda stop: stop.prize).id
    return replace(problem, stops=tuple(replace(s, pinned=True) if s.id == pin else s for s in problem.stops))


def _kept(before: Plan, after: Plan) -> float:
    """The share of the visits that stay on the same day with the same team."""
    where = {visit.stop: route.shift for route in after.routes for visit in route.visits}
    visits = [(visit.stop, route.shift) for route in before.routes for visit in route.visits]
    return float(np.mean([where.get(stop) == shift for stop, shift in visits]))


def _load() -> str:
    return f"Load average of the machine at the end: {os.getloadavg()[1]:.1f} (5 minutes)."


def _timed(problem: Problem, effort: Effort, first: Plan | None = None) -> tuple[Plan, float]:
    begun = time.perf_counter()
    plan = solve(problem, effort, first)
    return plan, time.perf_counter() - begun


def _solved(one: Instance, effort: Effort) -> tuple[float, float]:
    plan, seconds = _timed(one.problem(), effort)
    return one.checked(plan), seconds


if __name__ == "__main__":
    main()
