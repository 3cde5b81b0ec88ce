"""Who leaves without saying so: the left-behind registration.

The true departure is not declared; it comes to light by a late declaration, by an adresonderzoek that ends in "left for
an unknown place" (VOW) or in a removal ex officio, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.events import Ints, Kind
from synthetic.plots import PER_MONTH

DECLARED, VOW, REMOVED = 1, 2, 3


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """Per group of events: mode (0 = declared in time; DECLARED late, VOW, REMOVED ex officio) and release: the day of
    the late declaration, or on which the adresonderzoek began."""

    mode: Ints
    release: Ints


def withhold(
    events: pd.DataFrame,
    schemes: pd.DataFrame,
    kept: pd.DataFrame,
    rent: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[Withheld, pd.DataFrame]:
    """Which groups do not declare their departure, and the rows of `Schemes.table` that follow from it.

    rent: per address. kept: who keep an address on paper (columns address, group, tot). schemes: `left` is the group
    whose registration stays behind as a straw man's (-1 = none).
    """
    first = events.drop_duplicates("group")
    left = pd.Series(np.r_[-1, events["address"].to_numpy()[:-1]])[first.index].to_numpy()
    young = first["young"].to_numpy() == 1
    struck = rng.random(len(first)) < _chance(first["kind"].to_numpy(), young, left, rent)
    total = int(events["group"].max()) + 1
    mode, release = np.zeros(total, dtype=np.int64), np.zeros(total, dtype=np.int64)
    modes, wait = _endings(young, rng)
    group = first["group"].to_numpy()[struck]
    mode[group], release[group] = modes[struck], first["day"].to_numpy()[struck] + wait[struck]
    straw = schemes[schemes["left"] >= 0]
    for rows, column, how in ((straw, "left", VOW), (kept, "group", DECLARED)):
        mode[rows[column]], release[rows[column]] = how, rows["tot"]
    out = (
        first[struck][["day", "group"]].rename(columns={"day": "van"}).assign(address=left[struck], tot=release[group])
    )
    out["soort"] = np.where(young[struck], "kind_vertrokken", "achtergebleven")
    out["personen"] = out["group"].map(events["group"].value_counts())
    return Withheld(mode=mode, release=release), out.drop(columns="group").reset_index(drop=True)


def _chance(
    kind: Ints, young: npt.NDArray[np.bool_], left: Ints, rent: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """How likely it is that a departure is not declared: abroad often, from private rent more, students most."""
    chance = np.select([kind == Kind.EMIGRATE, kind == Kind.LEAVE, kind == Kind.MOVE], [0.22, 0.07, 0.006], 0.0)
    chance = chance * np.where(rent[np.maximum(left, 0)], 1.6, 0.7)
    chance = np.where(young & (kind == Kind.LEAVE), 0.42, chance)
    return np.where(left >= 0, chance, 0.0)


def _endings(young: npt.NDArray[np.bool_], rng: np.random.Generator) -> tuple[Ints, Ints]:
    """(how it comes to light, after how many days)."""
    n = len(young)
    wait = np.where(young, rng.gamma(1.6, 11.5, n), rng.gamma(1.0, 15.0, n)) * PER_MONTH
    late = np.where(young, 0.94, 0.5)
    draw = rng.random(n)
    mode = np.where(draw < late, DECLARED, np.where(draw < late + (1 - late) * 0.7, VOW, REMOVED))
    return mode, np.maximum(wait, 40).astype(np.int64)
