"""What the register says: every true event becomes a registration, on time, late, or not at all.

Most declarations are recorded within five days (Wet BRP art. 2.39: to be made within five days of the move). A late one
begins on the day it was made (art. 2.20), so that until then the register tells an older story.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthetic.events import Ints, Kind
from synthetic.params import Params
from synthetic.world import FOREVER

SOORT = {
    Kind.START: "inschrijving", Kind.BIRTH: "geboorte", Kind.MOVE: "verhuizing", Kind.ARRIVE: "inschrijving",
    Kind.IMMIGRATE: "vestiging", Kind.LEAVE: "elders", Kind.EMIGRATE: "vertrek", Kind.DEATH: "overleden",
}  # fmt: skip


def registrations(events: pd.DataFrame, params: Params) -> pd.DataFrame:
    """One row per person and registered event: person, address, functie, van, bekend, aangifte, soort, group."""
    rng = params.rng("register")
    groups = int(events["group"].max()) + 1
    late, lag = lateness(groups, rng)
    group, kind = events["group"].to_numpy(), events["kind"].to_numpy()
    on_time = np.isin(kind, (Kind.START, Kind.DEATH, Kind.BIRTH))
    delay = np.where(on_time, 0, late[group])
    out = pd.DataFrame({
        "person": events["person"], "address": events["address"], "functie": np.where(events["address"] >= 0, "W", ""),
        "van": events["day"] + delay, "aangifte": declarations(kind, group, groups, rng),
        "soort": np.array([SOORT[Kind(k)] for k in range(len(Kind))])[kind], "group": group,
    })  # fmt: skip
    out["onderzoek"], out["onderzoek_van"], out["onderzoek_tot"] = "", 0, FOREVER
    out["bekend"] = out["van"] + np.where(kind == Kind.START, np.minimum(lag[group], 5), lag[group])
    return out


def lateness(groups: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Per household that acts: days by which its declaration is late, and days until it was recorded."""
    draw = rng.random(groups)
    late = np.where(draw < 0.80, 0, np.where(draw < 0.955, rng.exponential(16.0, groups), rng.exponential(120.0, groups)))
    lag = np.where(rng.random(groups) < 0.93, rng.integers(0, 6, groups), 6 + rng.exponential(18.0, groups))
    return late.astype(np.int64), lag.astype(np.int64)


def declarations(kind: Ints, group: Ints, groups: int, rng: np.random.Generator) -> np.ndarray:
    """08.72.10: who declared. A ex officio (births, old conversions), I self, P partner, G parent, K child, O other."""
    codes = np.array(["I", "P", "G", "K", "M", "B", "O"])
    code = codes[rng.choice(7, size=groups, p=[0.80, 0.06, 0.07, 0.02, 0.02, 0.01, 0.02])][group]
    official = (kind == Kind.BIRTH) | ((kind == Kind.START) & (rng.random(groups)[group] < 0.25))
    return np.where(official, "A", code)


def ordered(rows: pd.DataFrame, today: int) -> pd.DataFrame:
    """Rows known on `today`, in order per person; one that begins where the next begins or later never came to be."""
    rows = rows[(rows["bekend"] < today) & (rows["van"] < today)]
    rows = rows.sort_values(["person", "bekend", "van"], kind="stable", ignore_index=True)
    for _ in range(3):
        person, van = rows["person"].to_numpy(), rows["van"].to_numpy()
        same = np.r_[person[1:] == person[:-1], False]
        rows = rows[~(same & (van >= np.r_[van[1:], FOREVER]))].reset_index(drop=True)
    person = rows["person"].to_numpy()
    same = np.r_[person[1:] == person[:-1], False]
    rows["tot"] = np.where(same, np.r_[rows["van"].to_numpy()[1:], 0], FOREVER)
    rows["einde_bekend"] = np.where(same, np.r_[rows["bekend"].to_numpy()[1:], 0], FOREVER)
    return rows
