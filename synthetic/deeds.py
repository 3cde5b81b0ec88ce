"""What is done at the addresses of schemes, month by month: unregistered people, and uses that are not told."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.lookalikes import Grids
from synthetic.params import Params
from synthetic.plots import intervals
from synthetic.schemes import SOORTEN
from synthetic.world import FOREVER, Town, Use

Ints = npt.NDArray[np.int64]


def carry_out(table: pd.DataFrame, grids: Grids, rng: np.random.Generator) -> None:
    """Set use and add people for the schemes in homes that are empty on paper (see plots.PLOTS)."""
    soort = table["soort"].to_numpy(dtype=str)
    kind = _uses(soort, table["bemeterd"].to_numpy(), rng)
    row, at, month = grids.cells(table["address"].to_numpy(), table["van"].to_numpy(), table["tot"].to_numpy())
    busy = rng.random(len(row)) < 0.65 + 0.35 * table["intensiteit"].to_numpy()[row]
    acts = np.isin(kind[row], (Use.STORAGE, Use.HEMP, Use.HEMP_TAMPERED, Use.COVER, Use.LODGING))
    steady = acts & (busy | np.isin(kind[row], (Use.HEMP, Use.HEMP_TAMPERED, Use.STORAGE)))
    grids.use[at[steady], month[steady]] = kind[row[steady]]
    lived = kind[row] == Use.LODGING
    size = table["personen"].to_numpy()[row]
    people = np.maximum(np.round(size * rng.uniform(0.45, 1.1, len(row))), 1) * (busy & lived)
    home = soort[row] == "recreatiewonen"
    people = np.where(home, np.minimum(size, 3) * (rng.random(len(row)) < 0.93), people)
    np.add.at(grids.occupants, (at, month), people.astype(np.int16))


def _uses(
    soort: npt.NDArray[np.str_], metered: npt.NDArray[np.bool_], rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    n, draw = len(soort), rng.random(len(soort))
    out = np.full(n, int(Use.NONE))
    out[soort == "opslag"] = Use.STORAGE
    out[soort == "hennep"] = Use.HEMP
    out[(soort == "hennep") & ~metered] = Use.HEMP_TAMPERED
    out[soort == "logies"] = Use.LODGING
    out[soort == "dekadres"] = Use.COVER
    mixed = np.where(
        draw < 0.4, Use.LODGING, np.where(draw < 0.7, Use.COVER, np.where(draw < 0.9, Use.STORAGE, Use.HEMP))
    )
    chain = soort == "tussenpersonen"
    out[chain] = mixed[chain]
    straw = soort == "onderhuur_achter_stroman"
    out[straw] = np.where(draw < 0.75, Use.LODGING, np.where(draw < 0.9, Use.HEMP_TAMPERED, Use.STORAGE))[straw]
    return out


def lodgers(
    grids: Grids, town: Town, lived: npt.NDArray[np.bool_], params: Params, rng: np.random.Generator
) -> pd.DataFrame:
    """People who live in with those registered and are not registered themselves (bijwoner)."""
    pool = np.flatnonzero(lived & town.adressen["woning"].to_numpy() & (town.adressen["kamers"] == 1).to_numpy())
    rent = (town.adressen["eigendomsvorm"] != "koop").to_numpy()[pool]
    pool = pool[np.argsort(rng.exponential(1.0, len(pool)) / np.where(rent, 2.5, 1.0))]
    table = intervals(
        "bijwoner", pool, int(town.adressen["woning"].sum()) * 0.0068 * params.rates.schijn, 12.0, params, rng
    ).drop(columns="left")
    table["personen"] = 1 + rng.poisson(0.35, len(table))
    row, at, month = grids.cells(table["address"].to_numpy(), table["van"].to_numpy(), table["tot"].to_numpy())
    host = grids.occupants[at, month] > 0
    np.add.at(grids.occupants, (at, month), (table["personen"].to_numpy()[row] * host).astype(np.int16))
    return table


def named(table: pd.DataFrame, grids: Grids) -> npt.NDArray[np.int8]:
    """n x M: which kind of scheme plays at each address and month (position in SOORTEN; the rarest wins)."""
    order = {name: i for i, name in enumerate(SOORTEN)}
    out = np.zeros(grids.use.shape, dtype=np.int8)
    code = table["soort"].map(order).to_numpy(np.int64)
    rank = np.argsort(-code, kind="stable")
    sorted_ = table.iloc[rank]
    tot = np.minimum(sorted_["tot"].to_numpy() + 75, FOREVER)  # the register lags behind the end
    row, at, month = grids.cells(sorted_["address"].to_numpy(), sorted_["van"].to_numpy(), tot)
    out[at, month] = code[rank][row]
    return out
