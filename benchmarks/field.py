"""Twenty simulated days in three rural gemeenten: confirmed findings per inspector-hour, by who plans the day.

    python -m benchmarks.field [--addresses 20000] [--seeds 61 62 63] [--doors 1000] [--write]

Two inspectors, one car, shifts of 6.5 hours, one of them a week in the evening. The desk hands over a quarter of the
doors each Monday. All policies get the same doors with the same calibrated chances, the same travel times to plan with,
and meet the same world (benchmarks/field_life.py): who is at home, what is found, how long the road takes. What cannot
be reached any more is left for another day. Intervals are of redrawn towns and weeks, the same draws for all.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from benchmarks.field_life import Life, Outcome
from benchmarks.field_policies import DAYS, VISITING, Day, State, Straight, day_of, duty, in_rank, ours, top
from benchmarks.field_town import Field, field
from benchmarks.results import Section, write_section
from pipelines.settings import load
from service.planning.calendar import at

PEOPLE, SHIFT = 2, 6.5
DRAWS, WEEK = 2000, 5
BAR = 1.5  # times TOP's rule
SAME = 30.0  # metres: the car stays where it is
OURS = "our plan"
POLICIES: Mapping[str, Day] = {
    "rank order as it comes": in_rank,
    "TOP: two levels of priority, a list of 8 a day": top(again=False, levels=True),
    "TOP: our chances as priority, a list of 8 a day": top(again=False),
    "TOP: two levels, a next list when done": top(levels=True),
    "TOP: our chances, a next list when done": top(),
    "our plan, every door a stop of its own": ours(group=False),
    "our plan, without retry policy": ours(retry=False),
    OURS: ours(),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Month:
    """One policy in one town; per day: findings, hours out, doors called at, doors that opened, doors not reached."""

    findings: NDArray[np.float64]
    hours: NDArray[np.float64]
    doors: NDArray[np.float64]
    opened: NDArray[np.float64]
    lost: NDArray[np.float64]
    seconds: float


def worked(place: Field, policy: Day) -> Month:
    """Twenty days."""
    state, life, begin = State(place=place), Life(place), time.perf_counter()
    rows = np.array([_day(state, life, policy, day) for day in range(DAYS)])
    return Month(
        findings=rows[:, 0],
        hours=rows[:, 1],
        doors=rows[:, 2],
        opened=rows[:, 3],
        lost=rows[:, 4],
        seconds=(time.perf_counter() - begin) / DAYS,
    )


def _day(state: State, life: Life, policy: Day, day: int) -> tuple[float, float, float, float, float]:
    """One day on the road. Before each leg they look at the clock: what does not fit in the shift any more is left."""
    where = {one.identificatie: (one.x, one.y) for one in state.place.candidates} | {"": state.place.office}
    today, travel = duty(state, day), Straight()
    start, end = at(day_of(day), today.begin), at(day_of(day), today.einde)
    now, here, back = start, "", start
    findings = doors = opened = lost = 0

    def planned(one: str, other: str) -> float:
        return float(travel.seconds(np.array([where[one], where[other]]))[0, 1])

    def same(one: str, other: str) -> bool:
        return bool(one) and float(np.hypot(*np.subtract(where[one], where[other]))) <= SAME

    for call in policy(state, day):
        stay = 60 * (VISITING.minuten_verder if same(here, call.door) else VISITING.minuten_eerste)
        arrival = now + timedelta(seconds=planned(here, call.door))
        begin = max(arrival, call.after or arrival)
        if begin + timedelta(seconds=stay + planned(call.door, "")) > end:
            lost += 1
            if end - now < timedelta(minutes=20):
                break
            continue
        first = not same(here, call.door)
        arrival = now + timedelta(seconds=life.road(planned(here, call.door), here, call.door, day))
        begin = max(arrival, call.after or arrival)
        answer = life.visit(call.door, begin, day)
        now = begin + timedelta(minutes=life.minutes(call.door, day, answer.opened, first))
        here = call.door
        back = now + timedelta(seconds=life.road(planned(here, ""), here, "", day))
        doors, opened, findings = doors + 1, opened + answer.opened, findings + len(answer.found)
        if answer.outcome is Outcome.NIEMAND:
            state.attempts.setdefault(call.door, []).append(begin)
            state.last[call.door] = day
        else:
            state.done.add(call.door)
    return findings, (back - start).total_seconds() / 3600, doors, opened, lost


def main(arguments: Sequence[str] | None = None) -> None:
    """Simulate, print, and with --write put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[61, 62, 63])
    parser.add_argument("--doors", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=Path("data/bench-field"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    settings, run = load(), Parallel(n_jobs=given.jobs)
    places = run(delayed(_field)(given.folder, given.addresses, seed, given.doors, settings) for seed in given.seeds)
    asked = [(name, i) for name in POLICIES for i in range(len(places))]
    months = run(delayed(_worked)(places[i], name) for name, i in asked)
    done = dict(zip(asked, months, strict=True))
    found = {name: [done[name, i] for i in range(len(places))] for name in POLICIES}
    section = _section(found, places, given.doors, given.addresses)
    print(section.text())
    if given.write:
        write_section("field", section)


def _field(folder: Path, addresses: int, seed: int, doors: int, settings: object) -> Field:
    warnings.filterwarnings("ignore", message="Missing values detected")
    return field(folder, addresses, seed, doors, settings)  # type: ignore[arg-type]


def _worked(place: Field, name: str) -> Month:
    return worked(place, POLICIES[name])


def _section(found: Mapping[str, Sequence[Month]], places: Sequence[Field], doors: int, addresses: int) -> Section:
    draws = _redrawn(len(places))
    rates = {name: _rates(months, draws) for name, months in found.items()}
    seeds = ", ".join(str(place.seed) for place in places)
    return Section(
        title="The field: 20 days of two inspectors",
        command="make bench-field",
        heading=(
            "who plans",
            "findings per inspector-hour of shift (90%)",
            "our plan beside it (90%)",
            "findings",
            "doors a day",
            "opened",
            "not reached",
            "hours out",
            "findings per inspector-hour out",
            "s to plan a day",
        ),
        rows=tuple(_row(name, months, rates[name], rates[OURS]) for name, months in found.items()),
        notes=(
            *(_bar(name, rates[OURS] / rate) for name, rate in rates.items() if name.startswith("TOP")),
            *_by_town(found, places),
            f"{len(places)} towns of {addresses:,} addresses (seeds {seeds}); the {doors} likeliest doors outside the "
            "built-up area of each, a quarter ready each Monday; one shift of five is in the evening.",
            "TOP knows two levels of priority (here: the first tenth of the doors is high) and gives a list of 8. With "
            "our chances as priority, and list after list, it has our model and our hours, not our planning.",
        ),
    )


def _bar(name: str, gain: NDArray[np.float64]) -> str:
    return f"Bar, ours at least {BAR} x {name}: {_figure(gain)}: {'holds' if gain[0] >= BAR else 'does not hold'}."


def _by_town(found: Mapping[str, Sequence[Month]], places: Sequence[Field]) -> tuple[str, ...]:
    """What there was to find: the model's sum of chances beside the truth, and what each policy found of it."""
    return tuple(
        f"seed {place.seed}: {sum(one.kans for one in place.candidates):.0f} findings expected by the model's chances, "
        f"{sum(sum(t.values()) for t in place.truth.values())} true; found, in the order of the table: "
        + ", ".join(f"{months[i].findings.sum():.0f}" for months in found.values())
        + "."
        for i, place in enumerate(places)
    )


def _row(name: str, months: Sequence[Month], rate: NDArray[np.float64], mine: NDArray[np.float64]) -> tuple[str, ...]:
    def mean(what: str) -> float:
        return float(np.mean([getattr(month, what).mean() for month in months]))

    return (
        name,
        _figure(rate, 3),
        _figure(mine / rate),
        f"{sum(month.findings.sum() for month in months):.0f}",
        f"{mean('doors'):.1f}",
        f"{mean('opened') / max(mean('doors'), 1e-9):.0%}",
        f"{mean('lost'):.1f}",
        f"{mean('hours'):.1f}",
        f"{mean('findings') / (PEOPLE * mean('hours')):.3f}",
        f"{np.mean([month.seconds for month in months]):.2f}",
    )


def _rates(months: Sequence[Month], draws: NDArray[np.intp]) -> NDArray[np.float64]:
    """Findings per inspector-hour: first as they are, then of every redraw."""
    days = np.concatenate([month.findings for month in months])
    return np.r_[days.mean(), days[draws].mean(axis=1)] / (PEOPLE * SHIFT)


def _redrawn(towns: int) -> NDArray[np.intp]:
    """(draws, town-days): towns with replacement, and of each its weeks with replacement."""
    rng = np.random.default_rng(20)
    weeks = DAYS // WEEK
    town = rng.integers(0, towns, (DRAWS, towns, 1, 1))
    week = rng.integers(0, weeks, (DRAWS, towns, weeks, 1))
    return (town * DAYS + week * WEEK + np.arange(WEEK)).reshape(DRAWS, -1)


def _figure(values: NDArray[np.float64], digits: int = 2) -> str:
    low, high = np.quantile(values[1:], [0.05, 0.95])
    return f"{values[0]:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


if __name__ == "__main__":
    main()
