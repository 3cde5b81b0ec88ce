"""Business establishments: shops, people in business at home, mailbox companies, and firms that come and go."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.world import FOREVER, World

AT_HOME = ("62010", "70221", "43340", "96021", "74101", "88911", "47911", "81210", "85592", "43991")
ON_STREET = ("56101", "47110", "47711", "45201", "96013", "68204", "41200", "01410", "86231", "49410")
OF_A_MAILBOX = ("64200", "70102", "46900", "68203", "78201", "49410", "43999", "82990")


def vestigingen(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """One row per establishment: address, kvk (int), vestiging (int), sbi, van, tot (days)."""
    town, today = world.town.adressen, world.params.today
    n, dwelling = len(town), town["woning"].to_numpy(bool)
    farm = np.isin(town["type"], ("boerderij", "bedrijfswoning"))
    home = _at(rng.poisson(np.select([farm, dwelling], [0.8, 0.10], 0.0)), AT_HOME, 2200, 0.3, today, rng)
    shop = _at(np.where(dwelling, 0, 1 + rng.poisson(0.5, n)), ON_STREET, 3600, 0.35, today, rng)
    # a mailbox address is in a shop or office as a rule, and now and then in a home
    chance = np.where(dwelling, 0.0007, 0.02)
    mailbox = _at(np.where(rng.random(n) < chance, rng.integers(6, 60, n), 0), OF_A_MAILBOX, 700, 0.6, today, rng)
    fleeting = _at(_behind_schemes(world, rng), OF_A_MAILBOX, 420, 0.6, today, rng)
    found = pd.concat([home, shop, mailbox, fleeting], ignore_index=True)
    number = rng.permutation(len(found))
    return found.assign(kvk=_chain_stores(number, rng), vestiging=number)


def _at(
    count: npt.NDArray[np.int64], sbi: tuple[str, ...], days: int, closed: float, today: int, rng: np.random.Generator
) -> pd.DataFrame:
    """`count` establishments per address, begun `days` ago on average, a share `closed` of them ended since."""
    address = np.repeat(np.arange(len(count)), count)
    age = rng.exponential(days, len(address)).astype(np.int64) + 1
    ended = rng.random(len(address)) < closed
    tot = np.where(ended, today - (age * rng.random(len(address))).astype(np.int64), FOREVER)
    return pd.DataFrame({"address": address, "sbi": rng.choice(sbi, len(address)), "van": today - age, "tot": tot})


def _behind_schemes(world: World, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """One scheme in five has firms at its address; where a network is behind it, one in three."""
    table = world.schemes.table
    chance = np.where(table["netwerk"] >= 0, 0.33, 0.2)
    firms = np.where(rng.random(len(table)) < chance, rng.integers(1, 7, len(table)), 0)
    return np.bincount(table["address"].to_numpy(np.int64), weights=firms, minlength=world.town.size).astype(np.int64)


def _chain_stores(number: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Enterprise of each establishment: its own as a rule; one in twenty belongs to an enterprise with more of them."""
    return np.where(rng.random(len(number)) < 0.05, number // 20 * 20, number)
