"""What the register says: every true event becomes a registration, on time, late, or not at all.

Most declarations are recorded within five days (Wet BRP art. 2.39: to be made within five days of the move). A late one
begins on the day it was made (art. 2.20), so that until then the register tells an older story. An adresonderzoek ends
in a departure to an unknown place or a removal ex officio, valid from its notice and recorded months later.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic import counts
from synthetic.events import Ints, Kind
from synthetic.params import Params
from synthetic.withheld import VOW, Withheld
from synthetic.world import FOREVER

SOORT = {
    Kind.START: "inschrijving",
    Kind.BIRTH: "geboorte",
    Kind.MOVE: "verhuizing",
    Kind.ARRIVE: "inschrijving",
    Kind.IMMIGRATE: "vestiging",
    Kind.LEAVE: "elders",
    Kind.EMIGRATE: "vertrek",
    Kind.DEATH: "overleden",
}


def registrations(events: pd.DataFrame, withheld: Withheld, params: Params) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(one row per person and registered event, the adresonderzoeken that the register shows)."""
    rng = params.rng("register")
    groups = len(withheld.mode)
    late, lag = lateness(groups, rng)
    group, kind, day = (events[c].to_numpy() for c in ("group", "kind", "day"))
    mode = withheld.mode[group]
    delay = np.where(np.isin(kind, (Kind.START, Kind.DEATH, Kind.BIRTH)), 0, late[group])
    asked = mode >= VOW
    soort = np.array([SOORT[Kind(k)] for k in range(len(Kind))])[kind]
    out = pd.DataFrame(
        {
            "person": events["person"],
            "address": events["address"],
            "functie": np.where(events["address"] >= 0, "W", ""),
            "van": np.where(mode > 0, withheld.release[group], day + delay),
            "aangifte": np.where(asked, "A", declarations(kind, group, groups, rng)),
            "soort": np.where((mode == VOW) & (events["address"] < 0), "vow", soort),
            "group": group,
        }
    )
    decided = rng.integers(55, 240, groups)[group]
    out["bekend"] = out["van"] + np.where(
        kind == Kind.START, np.minimum(lag[group], 5), np.where(asked, decided, lag[group])
    )
    out["onderzoek"], out["onderzoek_van"], out["onderzoek_tot"] = "", 0, FOREVER
    out["misplaced"] = -1
    cases = _investigated(out, asked & (out["van"].to_numpy() < params.today), groups, params, rng)
    return in_time(out), cases


def in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """Without declarations that were overtaken: by then the person had already declared the next move."""
    for _ in range(3):
        person, van = rows["person"].to_numpy(), rows["van"].to_numpy()
        same = np.r_[person[1:] == person[:-1], False]
        rows = rows[~(same & (van >= np.r_[van[1:], FOREVER]))]
    return rows.reset_index(drop=True)


def _investigated(
    out: pd.DataFrame, asked: npt.NDArray[np.bool_], groups: int, params: Params, rng: np.random.Generator
) -> pd.DataFrame:
    """Mark the residence that was running when an adresonderzoek began; returns the cases."""
    after = np.flatnonzero(asked)
    before = after - 1  # a departure always follows a residence of the same person
    established = rng.random(groups) < 0.4
    decided = out["bekend"].to_numpy()[after]
    begin = out["van"].to_numpy()[after]
    rows = before[out["person"].to_numpy()[before] == out["person"].to_numpy()[after]]
    out.loc[rows, "onderzoek"] = np.where(established[out["group"].to_numpy()[after]], "089999", "080000")
    out.loc[rows, "onderzoek_van"] = begin
    out.loc[rows, "onderzoek_tot"] = np.where(decided < params.today, decided, FOREVER)
    moved = out["soort"].to_numpy()[after] != "vow"
    return pd.DataFrame(
        {
            "address": out["address"].to_numpy()[before],
            "person": out["person"].to_numpy()[after],
            "begin": begin,
            "besluit": np.where(decided < params.today, decided, FOREVER),
            "uitkomst": np.where(moved, "verhuisd", "vow"),
        }
    )


def lateness(groups: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Per household that acts: days by which its declaration is late, and days until it was recorded."""
    draw = rng.random(groups)
    late = np.where(
        draw < 0.80, 0, np.where(draw < 0.972, rng.exponential(15.0, groups), rng.exponential(85.0, groups))
    )
    lag = np.where(rng.random(groups) < 0.93, rng.integers(0, 6, groups), 6 + rng.exponential(18.0, groups))
    return late.astype(np.int64), lag.astype(np.int64)


def declarations(kind: Ints, group: Ints, groups: int, rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """08.72.10: who declared. A ex officio (births, old conversions), I self, P partner, G parent, K child, O other."""
    codes = np.array(["I", "P", "G", "K", "M", "B", "O"])
    code = codes[rng.choice(7, size=groups, p=[0.80, 0.06, 0.07, 0.02, 0.02, 0.01, 0.02])][group]
    official = (kind == Kind.BIRTH) | ((kind == Kind.START) & (rng.random(groups)[group] < 0.25))
    return np.where(official, "A", code)


def misplace(rows: pd.DataFrame, wrong: pd.DataFrame) -> pd.DataFrame:
    """Enter at the house next door those who came to live at a mismatched address before the mistake was seen.

    `misplaced` says where they should have been entered (-1 = entered rightly).
    """
    first = wrong.drop_duplicates("address").set_index("address")
    at = rows["address"].map(first["entered"])
    hit = at.notna() & (rows["van"] < rows["address"].map(first["tot"]))
    return rows.assign(
        address=np.where(hit, at, rows["address"]).astype(np.int64), misplaced=np.where(hit, rows["address"], -1)
    )


def ordered(rows: pd.DataFrame, today: int) -> pd.DataFrame:
    """Rows known on `today`, in order per person; one that begins where the next begins or later never came to be."""
    rows = rows[(rows["bekend"] < today) & (rows["van"] < today)]
    rows = rows.sort_values(["person", "bekend", "van"], kind="stable", ignore_index=True)
    rows = in_time(rows)
    person = rows["person"].to_numpy()
    same = np.r_[person[1:] == person[:-1], False]
    rows["tot"] = np.where(same, np.r_[rows["van"].to_numpy()[1:], 0], FOREVER)
    rows["einde_bekend"] = np.where(same, np.r_[rows["bekend"].to_numpy()[1:], 0], FOREVER)
    return rows


def standing(rows: pd.DataFrame, size: int, params: Params) -> npt.NDArray[np.int16]:
    """n x M: persons registered (W) on facts recorded by then."""
    known = np.maximum(rows["van"], rows["bekend"]).to_numpy()
    address = np.where(rows["functie"] == "W", rows["address"], -1)
    return counts.per_month(address, known, np.maximum(rows["einde_bekend"], known).to_numpy(), size, params)


def present(stay: pd.DataFrame, rows: pd.DataFrame, size: int, params: Params) -> npt.NDArray[np.int16]:
    """n x M: persons who are both registered at an address and truly living there."""
    both = rows[rows["functie"] == "W"].merge(stay, on=["person", "address"], suffixes=("", "_waar"))
    van = np.maximum(np.maximum(both["van"], both["bekend"]), both["van_waar"]).to_numpy()
    tot = np.minimum(both["einde_bekend"], both["tot_waar"]).to_numpy()
    return counts.per_month(both["address"].to_numpy(), van, np.maximum(tot, van), size, params)
