"""Who owned what, and how it changed hands: residents, landlords, corporations, estates, developers, and chains.

A chain of short ownership is a mark of one scheme; developers, estates, divorces and people who do up houses for sale
leave lawful chains that look alike.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.world import FOREVER, Lookalike, World

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
LONG_AGO = 3650  # days before the first observed month that a household owned its home, on average


class Transfer(IntEnum):
    """Why a home changed hands."""

    FIRST = 0  # what the register shows as the oldest owner
    SALE = 1  # to the household that moved in
    LETTING = 2  # between landlords
    ESTATE = 3  # heirs; no price
    DIVORCE = 4  # one of two partners goes on alone; no price
    CHAIN = 5  # intermediary
    FLIP = 6  # done up and sold on, lawfully
    PLOT = 7  # from the gemeente to the developer of a new home


def eigendom(world: World, prices: Reals, rng: np.random.Generator) -> pd.DataFrame:
    """One row per share and period: address, owner (int), kind, teller, noemer, woont (J | N | ""), van, tot (days),

    koopsom (EUR, NaN = none), getekend (day). `prices`: what each address is worth on the peildatum.
    """
    periods = _periods(world, rng)
    count = len(periods)
    kind, owner = _owners(periods, world, rng)
    transfer = periods["transfer"].to_numpy()
    pair = (
        (kind == "natuurlijk_persoon") & (rng.random(count) < 0.55) & np.isin(transfer, (Transfer.FIRST, Transfer.SALE))
    )
    shares = np.select([transfer == Transfer.ESTATE, pair], [rng.integers(2, 5, count), 2], 1)
    rows = np.repeat(np.arange(count), shares)
    second = np.arange(len(rows)) - np.repeat(np.cumsum(shares) - shares, shares)
    frame = periods.iloc[rows].reset_index(drop=True)
    return pd.DataFrame(
        {
            "address": frame["address"],
            "owner": owner[rows] * 8 + second,
            "kind": kind[rows],
            "teller": 1,
            "noemer": shares[rows],
            "woont": _lives_there(periods, kind, world, rng)[rows],
            "van": frame["van"],
            "tot": frame["tot"],
            "koopsom": _price(periods, prices, world, rng)[rows],
            "getekend": np.maximum(frame["van"] - rng.integers(0, 4, count)[rows], 0),
        }
    )


def household_spells(stays: pd.DataFrame, gap: int = 62) -> pd.DataFrame:
    """address, van, tot of unbroken habitation: stays at an address that overlap, or lie at most `gap` days apart."""
    here = stays[stays["address"] >= 0].sort_values(["address", "van", "tot"], kind="stable")
    address, van, tot = (here[c].to_numpy(np.int64) for c in ("address", "van", "tot"))
    if not len(here):
        return pd.DataFrame({"address": address, "van": van, "tot": tot})
    reach = np.maximum.accumulate(address * 2**32 + tot) - address * 2**32  # addresses ascend: the running end restarts
    new = np.r_[True, (address[1:] != address[:-1]) | (van[1:] > reach[:-1] + gap)]
    start = np.flatnonzero(new)
    return pd.DataFrame({"address": address[start], "van": van[start], "tot": np.maximum.reduceat(tot, start)})


def _periods(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """address, van, tot, transfer: the successive ownerships of every address, oldest first."""
    found = [_first(world, rng), _sales(world, rng), _estates(world), _chains(world, rng), _lookalikes(world, rng)]
    moves = pd.concat(found, ignore_index=True)
    moves = moves[(moves["van"] < world.params.today)].sort_values(["address", "van", "transfer"], kind="stable")
    same = moves["address"].eq(moves["address"].shift())
    moves = moves[~(same & (moves["van"] - moves["van"].shift() < 14))].reset_index(drop=True)
    last = moves["address"].ne(moves["address"].shift(-1))
    tot = moves["van"].shift(-1).mask(last, FOREVER)
    return moves.assign(tot=tot.astype(np.int64), van=moves["van"].astype(np.int64))


def _moves(address: npt.ArrayLike, van: npt.ArrayLike, transfer: Transfer) -> pd.DataFrame:
    return pd.DataFrame(
        {"address": np.asarray(address, np.int64), "van": np.asarray(van, np.int64), "transfer": int(transfer)}
    )


def _first(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Everyone owned it for long: since some eight years before the window, or since it was built."""
    n, begin = world.town.size, int(world.params.month_starts[0])
    since = begin - 400 - rng.gamma(1.6, LONG_AGO / 1.6, n).astype(np.int64)
    built = world.town.adressen["gereed"].to_numpy(np.int64)
    return _moves(np.arange(n), np.maximum(since, np.minimum(built - 200, begin - 30)), Transfer.FIRST)


def _sales(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """A new household in an owner-occupied home bought it, as a rule, some weeks before it came; landlords sell too."""
    tenure = world.town.adressen["eigendomsvorm"].to_numpy()
    spells = household_spells(world.lives.stays)
    spells = spells[tenure[spells["address"].to_numpy()] == "koop"]
    later = spells["address"].duplicated().to_numpy() | (spells["van"] > spells["van"].min() + 30).to_numpy()
    bought = spells[later & (rng.random(len(spells)) < 0.9)]
    sales = _moves(bought["address"], bought["van"] - rng.integers(0, 50, len(bought)), Transfer.SALE)
    let = np.flatnonzero((tenure == "particuliere_huur") & (rng.random(len(tenure)) < 0.10))
    day = world.params.today - rng.integers(10, 1200, len(let))
    return pd.concat([sales, _moves(let, day, Transfer.LETTING)])


def _estates(world: World) -> pd.DataFrame:
    """Two months after the last resident died the heirs stand in the register."""
    died = (world.lives.lookalike & int(Lookalike.DIED)) > 0
    first = np.flatnonzero(died.any(axis=1) & (world.town.adressen["eigendomsvorm"] == "koop").to_numpy())
    return _moves(first, world.params.month_starts[died[first].argmax(axis=1)] + 60, Transfer.ESTATE)


def _chains(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """From the beginning of the scheme two to five intermediaries follow one another, each for two to ten months."""
    table = world.schemes.table
    chain = table[table["soort"].astype("str").str.contains("tussen|keten")]
    length = rng.integers(2, 6, len(chain))
    step = rng.integers(60, 300, int(length.sum()))
    row, start, reached = np.repeat(np.arange(len(chain)), length), np.cumsum(length) - length, np.cumsum(step)
    before = reached - np.repeat(reached[start] - step[start], length)
    day = chain["van"].to_numpy(np.int64)[row] - 120 + before
    return _moves(chain["address"].to_numpy()[row], day, Transfer.CHAIN)


def _lookalikes(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Lawful chains: new homes (gemeente, developer, buyer), houses done up for sale, divorces."""
    town, today = world.town.adressen, world.params.today
    n, ready = len(town), town["gereed"].to_numpy(np.int64)
    owned = ((town["eigendomsvorm"] == "koop") & town["woning"]).to_numpy()
    new = np.flatnonzero(owned & (ready > today - 5 * 365))
    built = [_moves(new, ready[new] - 420, Transfer.PLOT), _moves(new, ready[new] - 30, Transfer.SALE)]
    flip = np.flatnonzero(owned & (rng.random(n) < 0.008))
    begin = today - rng.integers(200, 1100, len(flip))
    flips = [_moves(flip, begin, Transfer.FLIP), _moves(flip, begin + rng.integers(70, 330, len(flip)), Transfer.SALE)]
    split = np.flatnonzero(owned & (rng.random(n) < 0.02))
    return pd.concat([*built, *flips, _moves(split, today - rng.integers(0, 1100, len(split)), Transfer.DIVORCE)])


def _owners(periods: pd.DataFrame, world: World, rng: np.random.Generator) -> tuple[npt.NDArray[np.str_], Ints]:
    """(kind, owner number) of each period: new persons, or landlords, corporations and intermediaries by number."""
    count, address = len(periods), periods["address"].to_numpy()
    town = world.town.adressen.iloc[address]
    tenure, transfer, kind = town["eigendomsvorm"].to_numpy(), periods["transfer"].to_numpy(), town["type"].to_numpy()
    draw = rng.random(count)
    firm = np.select(
        [transfer == Transfer.CHAIN, transfer == Transfer.FLIP, np.isin(kind, ("geen",)), kind == "recreatiewoning"],
        [draw < 0.65, draw < 0.5, draw < 0.6, draw < 0.2],
        False,
    )
    landlord, landlord_firm = _landlords(world, rng)
    let = (tenure == "particuliere_huur") & np.isin(transfer, (Transfer.FIRST, Transfer.LETTING))
    corporation = (tenure == "corporatie") & np.isin(transfer, (Transfer.FIRST, Transfer.LETTING))
    public = (transfer == Transfer.FIRST) & (kind == "geen") & (draw > 0.93)
    public |= (transfer == Transfer.FIRST) & (town["gereed"].to_numpy() > world.params.today - 5 * 365)
    firm = np.where(let, landlord_firm[address], firm) | (transfer == Transfer.PLOT)
    person = np.select(
        [corporation, public, firm], ["woningcorporatie", "overheid", "rechtspersoon"], "natuurlijk_persoon"
    )
    middlemen = max(world.town.size // 400, 4)  # intermediaries come back at several addresses
    number = np.select(
        [corporation, public, let & (transfer == Transfer.FIRST), transfer == Transfer.CHAIN,
         transfer == Transfer.PLOT],
        [town["complex"].to_numpy() % 3, 3, 10 + landlord[address], 10**6 + rng.integers(0, middlemen, count),
         2 * 10**6 + town["complex"].to_numpy()],
        3 * 10**6 + np.arange(count),
    )  # fmt: skip
    return person, number.astype(np.int64)


def _landlords(world: World, rng: np.random.Generator) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """(landlord, is a firm) of each address, used where it is let: many have one home, a few have hundreds.

    Addresses of one network have the same landlord more often than not.
    """
    n = world.town.size
    many = max(n // 40, 20)
    rank = np.minimum((many * rng.random(n) ** 2.2).astype(np.int64), many - 1)
    table = world.schemes.table
    ring = table[(table["netwerk"] >= 0).to_numpy() & (rng.random(len(table)) < 0.6)]
    rank[ring["address"].to_numpy(np.int64)] = (ring["netwerk"].to_numpy(np.int64) * 7919) % many
    return rank, (np.arange(many) % 3 == 0)[rank]


def _lives_there(
    periods: pd.DataFrame, kind: npt.NDArray[np.str_], world: World, rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    """J | N | "": owner-occupiers where somebody is registered; one in twelve rows does not tell."""
    address, draw = periods["address"].to_numpy(), rng.random((2, len(periods)))
    koop = (world.town.adressen["eigendomsvorm"] == "koop").to_numpy()[address]
    living = (
        koop
        & (kind == "natuurlijk_persoon")
        & np.isin(periods["transfer"], (Transfer.FIRST, Transfer.SALE, Transfer.DIVORCE))
    )
    somebody = np.where(periods["tot"] == FOREVER, world.lives.registered[address, -1] > 0, True)
    return np.where(draw[0] < 0.08, "", np.where(living & somebody & (draw[1] < 0.95), "J", "N"))


def _price(periods: pd.DataFrame, prices: Reals, world: World, rng: np.random.Generator) -> Reals:
    """EUR: the worth on the day of the transfer, give or take; intermediaries jump; heirs and partners pay nothing."""
    transfer, years = periods["transfer"].to_numpy(), (world.params.today - periods["van"].to_numpy()) / 365.25
    worth = prices[periods["address"].to_numpy()] * np.exp(-0.05 * years + rng.normal(0, 0.10, len(periods)))
    worth *= np.where(transfer == Transfer.CHAIN, rng.uniform(0.7, 1.6, len(periods)), 1.0)
    none = np.isin(transfer, (Transfer.ESTATE, Transfer.DIVORCE)) | ((transfer == Transfer.FIRST) & (years > 20))
    return np.where(none | (rng.random(len(periods)) < 0.06), np.nan, np.round(worth, -3))
