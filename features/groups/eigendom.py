"""Ownership read from the shares: who owns now, the chain before, and what else the owner holds.

Shares of one address with the same first day are one transfer. Housing corporations and government are no private
owners: their portfolios say nothing of a scheme.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.landing import Sources
from features.per_address import Bools, Floats, Ints, count, distinct, highest, total
from features.stays import ALWAYS, MONTH, RUNNING, day_number, day_numbers


@dataclass(frozen=True, eq=False)
class Owners:
    """Per address (n), NaN where no owner is known. The columns of the same meaning in the register."""

    lives_here: Floats
    private_rental: Floats
    company: Floats
    years_since: Floats
    transfers_36: Floats
    owners_60: Floats
    price_jump: Floats


def owners(sources: Sources, shares: pd.DataFrame) -> Owners:
    """The ownership of every address as known on the as-of date."""
    today, n = day_number(sources.as_of), sources.size
    shares = shares[(shares["adres"] >= 0).to_numpy()]
    adres, van = shares["adres"].to_numpy(), day_numbers(shares["van"], ALWAYS)
    tot = day_numbers(shares["tot"], RUNNING)
    now = (van <= today) & (tot > today)
    kind = shares["gerechtigde_type"]
    public = kind.isin(("woningcorporatie", "overheid")).to_numpy()
    company = (kind == "rechtspersoon").to_numpy()
    known = np.where(count(adres[now], n) > 0, 1.0, np.nan)
    lives = highest(adres[now], shares["woont_op_adres"].to_numpy()[now], n)
    private = 1 - np.minimum(count(adres[now & public], n), 1.0)
    share = np.nan_to_num(shares["aandeel"].to_numpy(), nan=0.0)
    whole = total(adres[now], share[now], n)
    recent = (van > today - 60 * MONTH) & (van <= today) | (tot > today - 60 * MONTH)
    last = highest(adres[van <= today], van[van <= today].astype(np.float64), n)
    last = np.where(last <= ALWAYS, np.nan, last)
    return Owners(
        lives_here=lives,
        private_rental=np.where(np.isnan(lives), np.nan, private * (lives == 0)),
        company=100 * total(adres[now & company], share[now & company], n) / np.where(whole > 0, whole, np.nan),
        years_since=np.minimum((today - last) / 365.25, 40.0),
        transfers_36=known * _transfers(adres, van, (van > today - 36 * MONTH) & (van <= today), n),
        owners_60=known * distinct(adres[recent], shares["gerechtigde"].to_numpy()[recent], n),
        price_jump=_price_jump(adres, van, shares["koopsom"].to_numpy(), today, n),
    )


def _transfers(adres: Ints, van: Ints, chosen: Bools, size: int) -> Floats:
    """Different first days of shares per address."""
    return distinct(adres[chosen], van[chosen] - ALWAYS, size)


def _price_jump(adres: Ints, van: Ints, price: Floats, today: int, size: int) -> Floats:
    """Largest ratio of a price to the one before it, less than 36 months apart and within 60 months; at most 10; n."""
    paid = (price > 0) & (van <= today) & (van > today - 60 * MONTH)
    keys = pd.DataFrame({"adres": adres[paid], "van": van[paid], "price": price[paid]})
    keys = keys.groupby(["adres", "van"], sort=True)["price"].max().reset_index()
    place, day, amount = keys["adres"].to_numpy(), keys["van"].to_numpy(), keys["price"].to_numpy()
    near = (place[1:] == place[:-1]) & (day[1:] - day[:-1] < 36 * MONTH)
    ratio = np.minimum(amount[1:] / amount[:-1], 10.0)
    return highest(place[1:][near], ratio[near], size)


def portfolio(sources: Sources, shares: pd.DataFrame, empty: Bools | None) -> dict[str, Floats]:
    """Addresses in the portfolio of the largest private owner, and the share of the others where nobody is registered.

    The address itself is left out of that share; it needs a BRP (`empty`: n, nobody registered).
    """
    today, n = day_number(sources.as_of), sources.size
    private = ~shares["gerechtigde_type"].isin(("woningcorporatie", "overheid")).to_numpy()
    now = (day_numbers(shares["van"], ALWAYS) <= today) & (day_numbers(shares["tot"], RUNNING) > today)
    any_ = count(shares["adres"].to_numpy()[now], n) > 0
    rows = shares[private & now & (shares["adres"] >= 0).to_numpy()][["adres", "gerechtigde"]].drop_duplicates()
    adres, owner = rows["adres"].to_numpy(), rows["gerechtigde"].to_numpy()
    size = np.bincount(owner)[owner].astype(np.float64)
    columns = {"portefeuille": np.where(any_, highest(adres, size, n, empty=0.0), np.nan)}
    if empty is None:
        return columns
    scored = sources.adressen["gescoord"].to_numpy(dtype=bool)[adres]
    homes = np.bincount(owner, weights=scored)[owner] - scored
    vacant = np.bincount(owner, weights=scored & empty[adres])[owner] - (scored & empty[adres])
    share = 100 * vacant / np.where(homes > 0, homes, np.nan)
    of_others = highest(adres, share, n)
    columns["portefeuille_leeg"] = np.where(any_ & np.isnan(of_others), 0.0, of_others)
    return columns
