"""Lawful circumstances that resemble a scheme: who is away with reason, who is here with reason, what is merely odd.

Each writes bits of `Lookalike` in a grid of n x M, and some add or take away people or set a lawful use. Stocks are
shares of the homes; see STANDARDS (lawful look-alikes) for the list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.params import Params
from synthetic.plots import intervals
from synthetic.population import Empty
from synthetic.units import Units
from synthetic.world import FOREVER, Lookalike, Town, Use

Ints = npt.NDArray[np.int64]


@dataclass
class Grids:
    """The n x M arrays of `Lives` while they are being made."""

    params: Params
    occupants: npt.NDArray[np.int16]
    use: npt.NDArray[np.int8]
    lookalike: npt.NDArray[np.uint32]

    def cells(self, address: Ints, van: Ints, tot: Ints) -> tuple[Ints, Ints, Ints]:
        """(row of the interval, address, month) for every month whose 15th lies in [van, tot)."""
        middle = self.params.month_starts[:-1].astype(np.int64) + 14
        first, last = np.searchsorted(middle, van), np.searchsorted(middle, tot)
        length = np.maximum(last - first, 0)
        row = np.repeat(np.arange(len(address)), length)
        month = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length) + first[row]
        return row, address[row], month

    def mark(self, address: Ints, van: Ints, tot: Ints, flag: int) -> tuple[Ints, Ints, Ints]:
        """Set the bit in those months; returns the cells."""
        row, at, month = self.cells(address, van, tot)
        np.bitwise_or.at(self.lookalike, (at, month), np.uint32(flag))
        return row, at, month


def static(grids: Grids, town: Town, units: Units) -> None:
    """What is so all the time."""
    a = town.adressen
    n = len(a)
    rooms = (a["kamers"] > 1).to_numpy() & ~a["instelling"].to_numpy()
    counts = np.bincount(a["aansluiting"].to_numpy()[a["aansluiting"].to_numpy() >= 0], minlength=n)
    shared = (a["aansluiting"].to_numpy() != np.arange(n)) | (counts > 1)
    second = np.zeros(n, dtype=bool)
    second[units.address[units.second]] = True
    for mask, flag in (
        (rooms, Lookalike.STUDENT_HOUSE),
        (a["instelling"].to_numpy(), Lookalike.INSTITUTION),
        (shared, Lookalike.SHARED_CONNECTION),
        ((a["verwarming"] == "warmtenet").to_numpy(), Lookalike.DISTRICT_HEATING),
        (second, Lookalike.SECOND_HOME),
    ):
        grids.lookalike[mask] |= np.uint32(int(flag))
    office = a["gebruiksdoel"].str.contains("kantoor|winkel|industrie").to_numpy() | (a["type"] == "geen").to_numpy()
    grids.use[office] = int(Use.OFFICE)


def holidays(grids: Grids, town: Town, units: Units, rng: np.random.Generator) -> None:
    """Second and holiday homes are in use in some months, more in summer; two in five of the park's are let."""
    second = np.unique(units.address[units.second])
    park = town.adressen["recreatief"].to_numpy()[second]
    months = (grids.params.first_month + np.arange(grids.params.months)) % 12
    season = np.array([0.15, 0.25, 0.3, 0.5, 0.65, 0.65, 0.9, 0.9, 0.6, 0.45, 0.2, 0.35])[months]
    liking = rng.beta(1.4, 1.2, len(second)) * 1.7
    used = rng.random((len(second), len(season))) < season * liking[:, None]
    grids.use[second] = np.where(used, int(Use.HOLIDAY), grids.use[second])
    let = second[park & (rng.random(len(second)) < 0.4)]
    grids.lookalike[let] |= np.uint32(int(Lookalike.SHORT_LET))


def empties(grids: Grids, units: Units, empty: Empty, arrivals: pd.DataFrame, taken: pd.DataFrame) -> None:
    """Sold, renovated, inherited or kept homes, until somebody comes or a scheme takes them."""
    address = units.address[np.concatenate(empty.unit)]
    van, why = np.concatenate(empty.van), np.concatenate(empty.why)
    ends = pd.concat(
        [arrivals.rename(columns={"day": "van"})[["address", "van"]], taken[["address", "van"]]]
    ).sort_values("van")
    rows = pd.DataFrame({"address": address.astype(np.int64), "van": van.astype(np.int64), "why": why}).sort_values(
        "van", kind="stable"
    )
    ends = ends.astype("int64").assign(tot=ends["van"].astype("int64"))
    rows = pd.merge_asof(rows, ends, on="van", by="address", direction="forward")
    rows["tot"] = rows["tot"].fillna(FOREVER).astype("int64")
    for flag, group in rows[rows["why"] > 0].groupby("why"):
        _, at, month = grids.mark(
            group["address"].to_numpy(), group["van"].to_numpy(), group["tot"].to_numpy(), int(flag)
        )
        if int(flag) == Lookalike.RENOVATION:
            grids.use[at, month] = int(Use.WORKS)


def new_builds(grids: Grids, town: Town, arrivals: pd.DataFrame) -> None:
    """Finished, not yet (or only just) lived in."""
    ready = town.adressen["gereed"].to_numpy()
    new = np.flatnonzero(ready > 0)
    came = arrivals.groupby("address")["day"].min().reindex(new).fillna(FOREVER).to_numpy().astype(np.int64)
    _, at, month = grids.mark(
        new, ready[new].astype(np.int64) - 150, np.minimum(came + 60, FOREVER), int(Lookalike.NEW_BUILD)
    )
    grids.use[at, month] = np.where(grids.occupants[at, month] == 0, int(Use.WORKS), grids.use[at, month])


def absences(grids: Grids, lived: Ints, aged: npt.NDArray[np.bool_], rng: np.random.Generator) -> None:
    """Long stays in hospital or detention, travel under eight months (Wet BRP art. 2.43): registered, lawfully away.

    lived: addresses with an ordinary household; aged: with somebody old.
    """
    homes = len(lived)
    for flag, pool, share, months in (
        (Lookalike.HOSPITAL, lived[aged], 0.0022, 2.2),
        (Lookalike.HOSPITAL, lived, 0.0008, 4.0),
        (Lookalike.LONG_TRAVEL, lived, 0.0034, 4.0),
    ):
        table = intervals("", rng.permutation(pool), homes * share, months, grids.params, rng)
        tot = np.minimum(table["tot"], table["van"] + 8 * 30).to_numpy()
        _, at, month = grids.mark(table["address"].to_numpy(), table["van"].to_numpy(), tot, int(flag))
        grids.occupants[at, month] = np.maximum(grids.occupants[at, month] - rng.integers(1, 4, len(at)), 0)


def guests(grids: Grids, town: Town, lived: npt.NDArray[np.bool_], rng: np.random.Generator) -> None:
    """Labour migrants in transit (under four months) and diplomats: here, and lawfully not in the register."""
    a = town.adressen
    homes = int(a["woning"].sum())
    country = a["type"].isin(["boerderij", "bedrijfswoning"]).to_numpy() | a["recreatief"].to_numpy()
    rent = ((a["eigendomsvorm"] == "particuliere_huur") & a["woning"]).to_numpy()
    empty = grids.occupants.max(axis=1) == 0
    pools = (np.flatnonzero(country & ~lived), np.flatnonzero(country & lived), np.flatnonzero(rent & empty))
    for pool, share in zip(pools, (0.0009, 0.0006, 0.0003), strict=True):
        table = intervals("", rng.permutation(pool), homes * share, 2.4, grids.params, rng)
        tot = np.minimum(table["tot"], table["van"] + 118).to_numpy()
        people = rng.integers(2, 10, len(table))
        row, at, month = grids.mark(
            table["address"].to_numpy(), table["van"].to_numpy(), tot, int(Lookalike.MIGRANT_TRANSIT)
        )
        np.add.at(grids.occupants, (at, month), people[row].astype(np.int16))
    second = np.flatnonzero((grids.lookalike[:, -1] & int(Lookalike.SECOND_HOME)) > 0)
    second = second[~a["recreatief"].to_numpy()[second]]
    few = rng.permutation(second)[: max(1, round(homes * 0.00018))]
    grids.lookalike[few] = (grids.lookalike[few] & ~np.uint32(int(Lookalike.SECOND_HOME))) | np.uint32(
        int(Lookalike.DIPLOMAT)
    )
    grids.occupants[few] += rng.integers(1, 5, len(few)).astype(np.int16)[:, None]
    grids.use[few] = int(Use.NONE)


def mismatches(town: Town, lived: npt.NDArray[np.bool_], params: Params, rng: np.random.Generator) -> pd.DataFrame:
    """Households entered at the house next door: address (where they live), entered (their registration), tot."""
    a = town.adressen
    near = (a["straatnummer"].to_numpy()[:-1] == a["straatnummer"].to_numpy()[1:]) & lived[:-1] & lived[1:]
    odd = ((a["huisletter"] != "") | (a["toevoeging"] != "")).to_numpy()[1:]
    pool = np.flatnonzero(near & a["woning"].to_numpy()[1:])
    pool = pool[np.argsort(rng.exponential(1.0, len(pool)) / np.where(odd[pool], 12.0, 1.0))][::3]
    table = intervals("", pool, int(a["woning"].sum()) * 0.0005, 40.0, params, rng)
    return table[["address", "tot"]].assign(entered=table["address"] + 1)


def mistaken(grids: Grids, rows: pd.DataFrame) -> None:
    """Mark both houses as long as somebody of the one is entered at the other."""
    wrong = rows[(rows["misplaced"] >= 0)]
    for column in ("address", "misplaced"):
        grids.mark(
            wrong[column].to_numpy(),
            wrong["van"].to_numpy(),
            wrong["einde_bekend"].to_numpy(),
            int(Lookalike.BAG_BRP_MISMATCH),
        )


def families(grids: Grids, registered: npt.NDArray[np.int16], here: npt.NDArray[np.int16]) -> None:
    """Large families, really living there."""
    ordinary = (grids.lookalike & int(Lookalike.STUDENT_HOUSE | Lookalike.INSTITUTION)) == 0
    grids.lookalike[(here >= 6) & (registered == here) & ordinary] |= np.uint32(int(Lookalike.LARGE_FAMILY))
