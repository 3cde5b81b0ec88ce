"""Comings and goings: how many, how short, to where, and which groups keep moving together (the carousel).

A birth is no arrival and a death no departure. No look further back than 36 months.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.families import without_tie
from features.landing import Sources
from features.moves import group_moves
from features.per_address import Bools, Floats, count, distinct, highest, median
from features.stays import ALWAYS, MONTH, Stays, day_numbers, stays

WINDOWS = (3, 12, 24, 36)  # months
SHORT = 6  # months: a stay of less is passing through
LATE = 28  # days: the declaration is due within five days of a move (Wet BRP art. 2.39)


def verloop(sources: Sources) -> pd.DataFrame:
    """n x k; columns that need an absent source are left out (the table fills them with NaN)."""
    s = stays(sources)
    if s is None:
        return pd.DataFrame(index=range(sources.size))
    columns = _flows(s) | _persons(s) | _kinds_of_move(s) | _recorded(s, sources) | _groups(s)
    return pd.DataFrame(columns | group_moves(s, sources), index=range(sources.size))


def arrived(s: Stays, months: float) -> Bools:
    """Stays that began within `months` before the as-of date, births left out."""
    return (s.van > s.today - months * MONTH) & (s.van <= s.today) & ~s.geboren


def left(s: Stays, months: float) -> Bools:
    """Stays that ended by a move within `months` before the as-of date."""
    moved = ~s.overleden & ~s.niet_woonachtig
    return (s.tot > s.today - months * MONTH) & (s.tot <= s.today) & moved


def _flows(s: Stays) -> dict[str, Floats]:
    """Arrivals and departures per window."""
    columns = {f"aankomsten_{m}": count(s.adres[arrived(s, m)], s.size) for m in WINDOWS}
    return columns | {f"vertrekken_{m}": count(s.adres[left(s, m)], s.size) for m in WINDOWS}


def _persons(s: Stays) -> dict[str, Floats]:
    """Different persons, and how long they stay."""
    seen = (s.tot > s.today - 36 * MONTH) & (s.van <= s.today)
    until = np.minimum(s.tot, s.today)
    months = np.where(seen, (until - s.van) / MONTH, np.nan)
    passed = left(s, 36) & (s.tot - s.van < SHORT * MONTH) & s.adult()
    came = seen & ~s.geboren
    last = highest(s.adres[came], s.van[came].astype(np.float64), s.size)
    return {
        "personen_36": distinct(s.adres[seen], s.persoon[seen], s.size),
        "mediaan_verblijf": np.minimum(median(s.adres, months, s.size), 240.0),
        "korte_verblijven": count(s.adres[passed], s.size),
        "maanden_sinds_aankomst": np.minimum((s.today - last) / MONTH, 240.0),
    }


def _kinds_of_move(s: Stays) -> dict[str, Floats]:
    """Departures to nowhere known, and abroad."""
    return {
        "vertrek_onbekend_24": count(s.adres[left(s, 24) & s.onbekend_vertrokken], s.size),
        "emigratie_24": count(s.adres[left(s, 24) & s.geemigreerd], s.size),
    }


def _recorded(s: Stays, sources: Sources) -> dict[str, Floats]:
    """Persons registered again after VOW, wherever they lived before it, and arrivals that were recorded late."""
    lived = sources.spells[(sources.spells["functie"] == "W").to_numpy()]
    adres, persoon = lived["adres"].to_numpy(), lived["persoon"].to_numpy()
    begin, recorded = day_numbers(lived["van_laatst"], ALWAYS), day_numbers(lived["bekend"], ALWAYS)
    gone = (lived["einde_reden"] == "vertrokken_onbekend_waarheen").to_numpy()
    back = np.append(False, gone[:-1] & (persoon[1:] == persoon[:-1]))[: len(lived)]

    def within(months: float) -> Bools:
        van = day_numbers(lived["van_vroegst"], ALWAYS)
        return (van > s.today - months * MONTH) & (van <= s.today)

    return {
        "herinschrijvingen_24": count(adres[within(24) & back], s.size),
        "laat_vastgelegd_36": count(adres[within(36) & (recorded > begin + LATE)], s.size),
    }


def _groups(s: Stays) -> dict[str, Floats]:
    """The largest group of adults without family tie that arrived on one day."""
    return {"groepsaankomst_12": group_arrival(s, 12), "groepsaankomst_36": group_arrival(s, 36)}


def group_arrival(s: Stays, months: float) -> Floats:
    """Adults beyond a couple who may be nobody's child, in the largest arrival of one day within `months`; n."""
    chosen = arrived(s, months) & s.adult()
    adres, day = s.adres[chosen].astype(np.int64), s.van[chosen] - s.today + (1 << 16)
    keys, group = np.unique((adres << 32) | day, return_inverse=True)
    size = without_tie(group, s.geboortejaar[chosen], len(keys))
    return highest(keys >> 32, size, s.size, empty=0.0)
