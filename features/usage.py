"""Energy use per address: a year's use, and the last 24 months side by side.

Monthly figures (3b) where they are, else the yearly ones (3a). A home with solar panels takes less from the grid than
it uses: of what panels make some 30% is used behind the meter (Milieu Centraal), so 0.3 / 0.7 of what was fed in is
added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.landing import Sources
from features.per_address import Bools, Floats
from features.stays import MONTH, Stays

MONTHS = 24
BEHIND_THE_METER = 0.3 / 0.7  # kWh used at once per kWh fed in
STALE = 30  # months: an older yearly figure says nothing of now
ELECTRICITY, GAS = "ELK", "GAS"


@dataclass(frozen=True, eq=False)
class Usage:
    """One product, n addresses.

    year: kWh or m3 a year; NaN = unknown or no connection. fed_in: kWh a year. known: the source tells of this address.
    live: 1 a connection in use, 0 only disconnected ones, NaN no connection known (3a).
    months: n x 24, the last month on the right; NaN = not delivered. measured: the same without estimates.
    first: number (year * 12 + month - 1) of the left column; months is None without 3b.
    """

    year: Floats
    fed_in: Floats
    live: Floats
    months: npt.NDArray[np.float64] | None
    measured: npt.NDArray[np.float64] | None
    first: int

    def middle(self, column: int) -> int:
        """Day number of the 15th of the month in `column`."""
        month = np.datetime64(self.first + column - 1970 * 12, "M")
        return int(month.astype("datetime64[D]").astype(np.int64)) + 14

    def january(self, year: int) -> slice:
        """The columns December to February around 1 January of `year`, as far as they are there."""
        at = year * 12 - self.first
        return slice(max(at - 1, 0), max(min(at + 2, MONTHS), 0))


def usage(sources: Sources, product: str) -> Usage | None:
    """What is known of `product` (ELK or GAS); None without 3a and 3b."""
    if sources.energie_jaar is None and sources.energie_maand is None:
        return None
    nothing = np.full(sources.size, np.nan)
    year, fed_in, live = nothing, nothing, nothing
    if sources.energie_jaar is not None:
        year, fed_in, live = _yearly(sources.energie_jaar, sources, product)
    if sources.energie_maand is None or not len(sources.energie_maand):
        return Usage(year, fed_in, live, None, None, 0)
    months, measured, fed, first = _monthly(sources.energie_maand, sources.size, product)
    summed, summed_fed = _last_year(months), _last_year(fed)
    return Usage(
        year=np.where(np.isnan(summed), year, summed),
        fed_in=np.where(np.isnan(summed_fed), fed_in, summed_fed),
        live=live,
        months=months,
        measured=measured,
        first=first,
    )


def _yearly(rows: pd.DataFrame, sources: Sources, product: str) -> tuple[Floats, Floats, Floats]:
    """(use, fed in, live) of the latest figure per connection, summed over an address's connections."""
    rows = rows[(rows["product"] == product).to_numpy() & (rows["adres"] >= 0).to_numpy()]
    fresh = rows["bekend"] > pd.Timestamp(sources.as_of) - pd.Timedelta(days=STALE * MONTH)
    rows = rows[fresh.to_numpy()]
    adres, connection = rows["adres"].to_numpy(), rows["aansluiting"].to_numpy()
    day = rows["bekend"].to_numpy().astype(np.int64)
    order = np.lexsort((rows["verbruik"].to_numpy(), day, connection, adres))
    adres, connection = adres[order], connection[order]
    last = np.append((connection[1:] != connection[:-1]) | (adres[1:] != adres[:-1]), True)[: len(adres)]
    adres, pick = adres[last], order[last]
    on = rows["in_bedrijf"].to_numpy(dtype=bool)[pick]
    fed = np.where(on, np.nan_to_num(rows["invoeding"].to_numpy()[pick]), 0.0)
    taken = np.where(on, np.nan_to_num(rows["verbruik"].to_numpy()[pick]), 0.0) + BEHIND_THE_METER * fed
    here = np.bincount(adres, minlength=sources.size) > 0
    running = np.bincount(adres[on], minlength=sources.size) > 0
    sums = [np.bincount(adres, weights=w, minlength=sources.size) for w in (taken, fed)]
    # A home whose gas is cut off has no gas use to compare; one whose power is cut off uses none.
    used = here if product == ELECTRICITY else running
    return (
        np.where(used, sums[0], np.nan),
        np.where(here, sums[1], np.nan),
        np.where(here, running.astype(np.float64), np.nan),
    )


def _monthly(rows: pd.DataFrame, size: int, product: str) -> tuple[Floats, Floats, Floats, int]:
    """(use, measured use, fed in: each n x 24, NaN = not delivered; number of the first month)."""
    month = rows["maand"].to_numpy()
    first = int(month.max()) - MONTHS + 1
    chosen = (rows["product"] == product).to_numpy() & (month >= first) & (rows["adres"] >= 0).to_numpy()
    place = rows["adres"].to_numpy()[chosen].astype(np.int64) * MONTHS + (month[chosen] - first)
    fed = np.nan_to_num(rows["invoeding"].to_numpy()[chosen].astype(np.float64))
    taken = rows["afname"].to_numpy()[chosen].astype(np.float64) + BEHIND_THE_METER * fed
    use, fed_in = np.full(size * MONTHS, np.nan), np.full(size * MONTHS, np.nan)
    use[place], fed_in[place] = taken, fed
    measured = np.full(size * MONTHS, np.nan)
    sure = rows["gemeten"].to_numpy(dtype=bool)[chosen]
    measured[place[sure]] = taken[sure]
    shape = (size, MONTHS)
    return use.reshape(shape), measured.reshape(shape), fed_in.reshape(shape), first


def _last_year(months: Floats) -> Floats:
    """Sum of the last twelve months; NaN where one of them is not there."""
    return months[:, -12:].sum(axis=1)


def typical_shape(months: Floats, inhabited: Bools) -> Floats:
    """How a year's use lies over the columns of `months`: share of a year per month, from the homes' medians.

    Length 24; the last twelve sum to 1. A month that nobody has counts as an even twelfth.
    """
    usual = np.full(MONTHS, np.nan)
    for column in range(MONTHS):
        values = months[inhabited, column]
        values = values[~np.isnan(values)]
        if len(values):
            usual[column] = np.median(values)
    total = usual[-12:].sum()
    if np.isnan(total) or total <= 0:
        return np.full(MONTHS, 1 / 12)
    return np.where(np.isnan(usual), 1 / 12, usual / total)


def residents_by_month(s: Stays, use: Usage) -> npt.NDArray[np.float64]:
    """Residents on the 15th of each month: n x 24."""
    middles = np.array([use.middle(column) for column in range(MONTHS)])
    change = np.zeros(s.size * (MONTHS + 1))
    for day, sign in ((s.van, 1.0), (s.tot, -1.0)):
        place = s.adres.astype(np.int64) * (MONTHS + 1) + np.searchsorted(middles, day)
        change += sign * np.bincount(place, minlength=len(change))
    return change.reshape(s.size, MONTHS + 1)[:, :MONTHS].cumsum(axis=1)
