"""What the months tell: use in months without registration, none in months with it, and no answer to the cold.

Every month is set against what comparable inhabited dwellings use in that month (their year, spread as the gemeente's
inhabited dwellings spread theirs), so that season, weather and year drop out. Estimated months are left out: an
estimate repeats the past.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from features.landing import Sources
from features.peers import HOLIDAY, Peers
from features.per_address import Bools, Floats
from features.stays import Stays
from features.usage import MONTHS, Usage, residents_by_month, typical_shape

EMPTY = 0.2  # of what is usual in that month: a fridge and stand-by
IN_USE = 0.2  # quantile of comparable inhabited homes from which a home is in use (CBS)
FEWEST = 6  # measured months for a pattern
SMALL = 0.05  # added before a logarithm: a month of nothing is not infinitely far from usual


def plain_months(power: Usage) -> dict[str, Floats]:
    """Base load and change of an address by itself; without 3b none."""
    if power.measured is None:
        return {}
    year = power.measured[:, -12:]
    least = np.where(np.isnan(year), np.inf, year).min(axis=1)
    before, after = power.measured[:, -15:-12].sum(axis=1), power.measured[:, -3:].sum(axis=1)
    return {
        "basislast": np.where(_enough(year), least, np.nan),
        "laatste_3_maanden": np.minimum(after / _positive(before), 5.0),
    }


def compared_months(sources: Sources, power: Usage, gas: Usage, alike: Peers, s: Stays) -> dict[str, Floats]:
    """What needs comparable inhabited dwellings and the registrations; without 3b none."""
    if power.months is None or power.measured is None:
        return {}
    shape = typical_shape(power.months, alike.reference)
    relative = power.measured / _positive(np.outer(alike.quantile(power.year, 0.5), shape))
    low = alike.quantile(power.year, IN_USE)[:, None] * shape
    answer = cold_response(gas, alike)
    nobody = s.registered_on(s.today) == 0
    columns = _pattern(relative) | _with_registration(power.measured, relative, low, residents_by_month(s, power))
    columns["gas_antwoord_op_kou"] = answer
    columns["ingeschreven_gas_zonder_kou"] = np.where(nobody, 0.0, 100 * np.clip(1 - answer, 0.0, 1.0))
    if sources.omgeving is not None:
        recreation = (alike.kind == HOLIDAY) | (sources.omgeving["recreatiepark"] == 1).to_numpy()
        columns["winter_in_recreatie"] = _winter(power, relative, recreation & nobody)
    return columns


def _pattern(relative: Floats) -> dict[str, Floats]:
    """Empty months, steps and restlessness of the power use, against comparable homes."""
    year = relative[:, -12:]
    logs = np.log(np.maximum(relative, 0.0) + SMALL)
    return {
        "lege_maanden": np.where(_enough(year), (year < EMPTY).sum(axis=1), np.nan),
        "sprong": largest_step(logs),
        "schommeling": _spread(logs),
    }


def _enough(months: Floats) -> Bools:
    """Whether a row has measured months enough for a pattern."""
    return (~np.isnan(months)).sum(axis=1) >= FEWEST


def _with_registration(measured: Floats, relative: Floats, low: Floats, residents: Floats) -> dict[str, Floats]:
    """Months in which use and registration contradict each other, over two years."""
    known = ~np.isnan(relative)
    empty_paper, on_paper = known & (residents == 0), known & (residents > 0)
    some = known.sum(axis=1) >= FEWEST
    recent = _mean(relative[:, -3:], known[:, -3:])
    nobody = residents[:, -1] == 0
    return {
        "gebruiksmaanden_zonder_inschrijving": np.where(some, (empty_paper & (measured > low)).sum(axis=1), np.nan),
        "gebruik_tijdens_leegstand": np.where(
            some, np.where(empty_paper.sum(axis=1) >= 2, _mean(relative, empty_paper), 0.0), np.nan
        ),
        "lege_maanden_ingeschreven": np.where(some, (on_paper & (relative < EMPTY)).sum(axis=1), np.nan),
        "recent_te_laag_ingeschreven": np.where(nobody, 0.0, 100 * np.clip(1 - recent, 0.0, 1.0)),
    }


def cold_response(gas: Usage, alike: Peers) -> Floats:
    """How far gas follows the cold: slope of measured use on what comparable homes use that month; n.

    1 = as comparable inhabited dwellings, 0 = not at all. NaN without gas or with fewer than twelve measured months.
    """
    if gas.months is None or gas.measured is None:
        return np.full_like(gas.year, np.nan)
    usual = np.outer(alike.quantile(gas.year, 0.5), typical_shape(gas.months, alike.reference))
    known = ~np.isnan(gas.measured) & ~np.isnan(usual)
    x, y = np.where(known, usual, 0.0), np.where(known, gas.measured, 0.0)
    times = known.sum(axis=1)
    total = np.maximum(times, 1)
    centred = np.where(known, x - (x.sum(axis=1) / total)[:, None], 0.0)
    slope = (centred * y).sum(axis=1) / _positive((centred**2).sum(axis=1))
    return np.where(times >= 12, np.clip(slope, -1.0, 3.0), np.nan)


def largest_step(logs: Floats) -> Floats:
    """Largest lasting change: log of three months over the three before, signed (+ = up); NaN when never comparable."""
    means = (logs[:, :-2] + logs[:, 1:-1] + logs[:, 2:]) / 3
    steps = means[:, 3:] - means[:, :-3]
    size = np.where(np.isnan(steps), -1.0, np.abs(steps))
    largest = size.argmax(axis=1)
    rows = np.arange(len(logs))
    return np.where(size[rows, largest] >= 0, steps[rows, largest], np.nan)


def _winter(power: Usage, relative: Floats, empty_recreation: Bools) -> Floats:
    """Mean winter use (November to March of the last year), 1 = as an inhabited home; 0 elsewhere."""
    month = (power.first + np.arange(MONTHS)) % 12  # 0 = January
    winter = np.isin(month, (10, 11, 0, 1, 2)) & (np.arange(MONTHS) >= MONTHS - 12)
    use = relative[:, winter]
    return np.where(empty_recreation, _mean(use, ~np.isnan(use)), 0.0)


def _mean(values: Floats, chosen: Bools) -> Floats:
    """Mean per row of the chosen values, at most 10; NaN where none is chosen."""
    times = chosen.sum(axis=1)
    return np.minimum(np.where(chosen, values, 0.0).sum(axis=1) / np.where(times > 0, times, np.nan), 10.0)


def _spread(logs: Floats) -> Floats:
    """Standard deviation per row; NaN with fewer than twelve months."""
    known = ~np.isnan(logs)
    times = known.sum(axis=1)
    middle = np.where(known, logs, 0.0).sum(axis=1) / np.maximum(times, 1)
    squares = np.where(known, (logs - middle[:, None]) ** 2, 0.0).sum(axis=1)
    return np.where(times >= 12, np.sqrt(squares / np.maximum(times, 1)), np.nan)


def _positive(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """`values` with NaN for what cannot be divided by."""
    return np.where(values > 0, values, np.nan)
