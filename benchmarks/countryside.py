"""A made-up buitengebied to plan in: villages and scattered farms, teams that differ, windows that bind some visits."""

from __future__ import annotations

import numpy as np

from service.planning.problem import Problem, Shift, Stop, Window

DAY, HOUR = 86_400.0, 3_600.0
SPEED, DETOUR = 12.0, 1.35  # metres per second, and by how much a road is longer than a line


def countryside(candidates: int, teams: int, days: int, seed: int = 1) -> Problem:
    """7 in 10 visits at any working hour, 2 in the morning of some days, 1 late in the afternoon; 15% need two persons,
    one in 200 is pinned. Teams of one person and short days are among them. Place 0 is the office.
    """
    rng = np.random.default_rng(seed)
    villages = rng.integers(-1, 2, (candidates, 2)) * 4_000
    at = np.concatenate([[[0.0, 0.0]], rng.normal(0, 6_000, (candidates, 2)) + villages])
    shifts = tuple(
        Shift(
            id=f"dag {day} team {team}",
            start=0,
            finish=0,
            begin=day * DAY + 9 * HOUR,
            end=day * DAY + (16 if team % 2 else 17) * HOUR,
            offers=frozenset() if team == 1 else frozenset({"twee_personen"}),
        )
        for day in range(days)
        for team in range(teams)
    )
    stops = tuple(
        Stop(
            id=str(i),
            place=i,
            service=float(rng.choice([900, 1200, 1800])),
            prize=float(rng.beta(1.2, 5)),
            windows=_windows(rng, days),
            needs=frozenset({"twee_personen"}) if rng.random() < 0.15 else frozenset(),
            pinned=bool(rng.random() < 0.005),
        )
        for i in range(1, candidates + 1)
    )
    return Problem(
        stops=stops,
        shifts=shifts,
        travel=np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=-1)) * DETOUR / SPEED,
    )


def _windows(rng: np.random.Generator, days: int) -> tuple[Window, ...]:
    kind = rng.random()
    begin, end = (7, 22) if kind < 0.7 else (7, 12) if kind < 0.9 else (15, 22)
    chosen = [day for day in range(days) if not 0.7 <= kind < 0.9 or rng.random() < 0.8]
    return tuple(Window(begin=day * DAY + begin * HOUR, end=day * DAY + end * HOUR) for day in chosen)
