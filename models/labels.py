"""Labels: what an investigation's outcome says of each target, and when we may know it (FORMATS.md, section 6).

An outcome speaks only for the targets in its row. The features that go with it are those of the last month-end before
the investigation began, so neither the investigation nor what it set in motion can be among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel
from features.landing import Sources
from features.stays import Stays, day_numbers, stays
from models.tables import Floats

IF_REGISTERED = -1.0  # the label is 1 where somebody was registered when the investigation began, else 0
NONE = float("nan")

# outcome -> (label spookbewoning, label schijnbewoning); an outcome that is not here, or is empty, gives no label.
OUTCOMES: Mapping[str, tuple[float, float]] = {
    "in_orde": (0.0, 0.0),
    "bewoond_zonder_inschrijving": (1.0, 0.0),
    "gebruik_zonder_inschrijving": (1.0, 0.0),
    "illegaal_gebruik": (1.0, NONE),  # the registered may be straw men
    "ingeschreven_niet_woonachtig": (NONE, 1.0),  # somebody else may use it
    "vertrokken_onbekend_waarheen": (NONE, 1.0),
    "meer_bewoners_dan_ingeschreven": (0.0, 1.0),
    "minder_bewoners_dan_ingeschreven": (0.0, 1.0),
    "leegstand_bevestigd": (0.0, IF_REGISTERED),
    "ander_gebruik_vergund": (0.0, 0.0),
    "niemand_aangetroffen_sporen": (NONE, NONE),
    "niemand_aangetroffen": (NONE, NONE),
    "geen_medewerking": (NONE, NONE),
    "ingetrokken": (NONE, NONE),
}
RANDOM = "steekproef"  # the aanleiding of the random control stream
SAME = ["adres", "doel", "bekend"]  # two files of one investigation: the one that was finished last counts
YEAR, HALF = 12, 6  # months


def month_end_before(days: pd.Series) -> pd.Series:
    """The last day of a month strictly before each day."""
    return days.dt.to_period("M").dt.start_time.astype("datetime64[s]") - pd.Timedelta(days=1)


def labels(sources: Sources, doel: Doel) -> pd.DataFrame:
    """One row per finished investigation that speaks for `doel`, as known on `sources.as_of`; empty where none do.

    Columns: adres (int32, row in `adressen`), y (0/1), start, afgerond, features_as_of (datetime), steekproef (bool),
    selectiekans (NaN = unknown), behandelaar (str, empty = unknown). In order of start, address and onderzoek_id,
    whatever the order of the file. Of an investigation that was filed twice (same address, doel and start) only the
    file that was finished last speaks; see `filed_twice`.
    """
    found = _finished(sources)
    if found is None or found.empty:
        return _frame(pd.DataFrame({"adres": [], "bekend": [], "afgerond": []}), np.empty(0))
    found = found.drop_duplicates(SAME, keep="last").sort_values(["bekend", "adres", "onderzoek_id"], kind="stable")
    said = found["uitkomst"].astype("str").map({outcome: pair[_column(doel)] for outcome, pair in OUTCOMES.items()})
    y = said.to_numpy(dtype=np.float64, copy=True)
    asks = y == IF_REGISTERED
    if asks.any():
        y[asks] = registered_on(stays(sources), found["adres"].to_numpy()[asks], found["bekend"][asks])
    return _frame(found[~np.isnan(y)], y[~np.isnan(y)])


def filed_twice(sources: Sources) -> int:
    """How many finished investigations are left out because the same one was finished later under another id."""
    found = _finished(sources)
    return 0 if found is None else int(found.duplicated(SAME, keep="last").sum())


def first_known(sources: Sources) -> pd.Timestamp | None:
    """The first day on which the landing knows of any registration; None where it knows of none at all."""
    if sources.verblijf is None or sources.verblijf["bekend"].isna().all():
        return None
    return pd.Timestamp(sources.verblijf["bekend"].min())


def with_features(found: pd.DataFrame, first: pd.Timestamp | None) -> pd.DataFrame:
    """The labels whose month-end does not lie before anything was known: with no features there is nothing to learn."""
    return found.iloc[:0] if first is None else found[found["features_as_of"] >= first].reset_index(drop=True)


def capacity(sources: Sources, doel: Doel) -> int:
    """Investigations the team can begin in half a year: half of those begun for `doel` in the year before; 0 = none."""
    found = sources.onderzoeken
    if found is None or found.empty:
        return 0
    year = pd.Timestamp(sources.as_of) - pd.DateOffset(months=YEAR)
    begun = (found["doel"].astype("str") == doel.value) & (found["bekend"] > year)
    return int(np.ceil(begun.sum() * HALF / YEAR))


def registered_on(of: Stays | None, adres: NDArray[np.int32], day: pd.Series) -> Floats:
    """1 where somebody was registered (W) at the address on that day, else 0; NaN without a BRP.

    Somebody of whom it is established that they do not live there (089999) is still registered.
    """
    if of is None:
        return np.full(len(adres), np.nan)
    asked = pd.DataFrame({"adres": adres, "day": day_numbers(day, np.int64(0)), "row": np.arange(len(adres))})
    spells = pd.DataFrame({"adres": of.adres, "van": of.van, "tot": of.ingeschreven_tot})
    met = asked.merge(spells, on="adres")
    there = met.loc[(met["van"] <= met["day"]) & (met["day"] < met["tot"]), "row"].to_numpy()
    answer = np.zeros(len(adres))
    answer[there] = 1.0
    return answer


def needed_dates(*found: pd.DataFrame) -> tuple[date, ...]:
    """The month-ends for which features must be built, oldest first."""
    days = pd.concat([frame["features_as_of"] for frame in found]).dropna().unique()
    return tuple(sorted(pd.Timestamp(day).date() for day in days))


def _finished(sources: Sources) -> pd.DataFrame | None:
    """Finished and linked investigations, the one that was finished last at the end."""
    found = sources.onderzoeken
    if found is None:
        return None
    known = (found["afgerond"] <= pd.Timestamp(sources.as_of)).to_numpy() & (found["adres"] >= 0).to_numpy()
    return found[known].sort_values(["afgerond", "onderzoek_id"], kind="stable")


def _column(doel: Doel) -> int:
    return 0 if doel is Doel.SPOOKBEWONING else 1


def _frame(found: pd.DataFrame, y: Floats) -> pd.DataFrame:
    start = pd.to_datetime(found["bekend"]).astype("datetime64[s]")
    empty = found.empty
    return pd.DataFrame(
        {
            "adres": found["adres"].to_numpy(dtype=np.int32),
            "y": y,
            "start": start.to_numpy(),
            "afgerond": pd.to_datetime(found["afgerond"]).astype("datetime64[s]").to_numpy(),
            "features_as_of": month_end_before(start).to_numpy(),
            "steekproef": np.zeros(0, dtype=bool) if empty else (found["aanleiding"] == RANDOM).to_numpy(dtype=bool),
            "selectiekans": np.empty(0) if empty else found["selectiekans"].to_numpy(dtype=np.float64),
            "behandelaar": _texts(found["behandelaar"] if "behandelaar" in found else pd.Series("", index=found.index)),
        }
    )


def _texts(values: pd.Series) -> NDArray[np.str_]:
    """Texts of fixed width, empty where there is none."""
    return values.astype("object").where(values.notna(), "").to_numpy(dtype="U")
