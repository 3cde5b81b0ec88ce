"""What the gemeente has done so far: which signals came in, and whom it investigated. Labels are selected as in life.

Capacity is scarce. Most addresses are chosen because of a signal, some from a list of rules, some because a handler
likes to look there; a small sample is drawn by lot, and only of that is the chance known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.columns import Doel
from synthetic import signals, visits
from synthetic.signals import column_of
from synthetic.world import FOREVER, Mask, World

Reals = npt.NDArray[np.float64]
PER_MONTH = {Doel.SPOOKBEWONING: 0.00058, Doel.SCHIJNBEWONING: 0.00080}  # of the addresses, begun each month
BY_LOT = 0.09  # share of those that is drawn by lot
FILED = 0.3  # share of the address investigations of the register that have a file
REST = 9  # months in which an address is not looked at again
WEIGHT = {  # what a signal counts for at the desk, per target
    Doel.SPOOKBEWONING: {"leegstand": 1.2, "overlast": 2.5, "te_koop": 0.1, "doorgangsadres": 0.3},
    Doel.SCHIJNBEWONING: {
        "retourpost": 3.6, "terugmelding": 4.0, "vow_adres": 1.6, "overbewoning": 1.7, "veelverhuizers": 1.2,
        "doorgangsadres": 1.5, "briefadres": 0.6, "overlast": 0.5,
    },
}  # fmt: skip
TOLD = ("melding", "corporatie", "politie")  # aanleiding "melding" instead of "signaal"


@dataclass(frozen=True, kw_only=True)
class Practice:
    """Both frames in order of time. signals: address, bron, soort, day, handled.

    investigations: address, doel, reason, chance (NaN = unknown), start, attempts, finished (FOREVER = running),
    outcome (empty = running), handler (int).
    """

    signals: pd.DataFrame
    investigations: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who works there. Per address: its handler, and whether somebody likes its street. Per handler: how strict."""

    handler: npt.NDArray[np.int64]
    liked: Mask
    strict: Reals


def simulate(world: World) -> Practice:
    """The signals and investigations of the observed months."""
    rng = world.params.rng("practice")
    came = signals.simulate(world, rng)
    desk = _desk(world, rng)
    known = _in_register(world, desk, rng)
    chosen = pd.DataFrame(
        list(_select(world, came, desk, known, rng)), columns=["address", "doel", "reason", "chance", "start"]
    )
    chosen = chosen.explode(["address", "start"], ignore_index=True).dropna(subset=["address"])
    chosen = chosen.astype({"address": np.int64, "start": np.int64, "chance": np.float64})
    other = rng.random(len(chosen)) < 0.2  # holidays, illness: a colleague takes it
    own = desk.handler[chosen["address"].to_numpy()]
    chosen = chosen.assign(handler=np.where(other, rng.integers(0, len(desk.strict), len(chosen)), own))
    done = pd.concat([visits.outcomes(world, chosen, desk.strict, rng), known], ignore_index=True)
    return Practice(
        signals=came, investigations=done.sort_values(["start", "address"], kind="stable", ignore_index=True)
    )


def _desk(world: World, rng: np.random.Generator) -> Desk:
    street = world.town.adressen["straatnummer"].to_numpy(np.int64)
    count = max(3, round(world.town.size / 4000))
    return Desk(
        handler=rng.integers(0, count, street.max() + 1)[street],
        liked=(rng.random(street.max() + 1) < 0.15)[street],
        strict=rng.normal(0, 0.8, count),
    )


def _in_register(world: World, desk: Desk, rng: np.random.Generator) -> pd.DataFrame:
    """A share of the investigations that the register itself tells of: one row per address and beginning.

    Most are settled by letter at the desk and never get a file here.
    """
    rows = world.lives.adresonderzoek.drop_duplicates(["address", "begin"])
    rows = rows[rng.random(len(rows)) < FILED]
    rows = rows[
        (rows["begin"] >= int(world.params.month_starts[0]))
        & (rows["begin"] < world.params.today)
        & (rows["address"] >= 0)
    ]
    outcome = rows["uitkomst"].map(
        {"vow": "vertrokken_onbekend_waarheen", "verhuisd": "ingeschreven_niet_woonachtig", "in_orde": "in_orde"}
    )
    decided = rows["besluit"].to_numpy(np.int64)
    running = decided >= world.params.today
    return pd.DataFrame(
        {
            "address": rows["address"].to_numpy(np.int64),
            "doel": Doel.SCHIJNBEWONING.value,
            "reason": rng.choice(["signaal", "melding"], len(rows), p=[0.8, 0.2]),
            "chance": np.nan,
            "start": rows["begin"].to_numpy(np.int64),
            "handler": desk.handler[rows["address"].to_numpy(np.int64)],
            "attempts": rng.integers(1, 4, len(rows)),
            "finished": np.where(running, FOREVER, decided),
            "outcome": np.where(running, "", outcome.fillna("").to_numpy()).astype("U40"),
        }
    )


def _select(
    world: World, came: pd.DataFrame, desk: Desk, known: pd.DataFrame, rng: np.random.Generator
) -> Iterator[tuple[npt.NDArray[np.int64], str, str, float, npt.NDArray[np.int64]]]:
    """(addresses, doel, reason, chance, start days) of every draw, month by month."""
    n = world.town.size
    last = np.full(n, -100)
    begun = column_of(world, known["start"])
    for month in range(1, world.params.months):
        now = known["address"].to_numpy()[begun == month]
        last[now] = month
        for doel, rate in PER_MONTH.items():
            budget = int(rng.poisson(rate * n))
            if doel is Doel.SCHIJNBEWONING:
                budget = max(budget - len(now), budget // 2)
            free = world.town.adressen["gescoord"].to_numpy(bool) & (month - last > REST)
            for address, reason, chance in _draws(world, came, desk, doel, month, budget, free, rng):
                last[address] = month
                start = int(world.params.month_starts[month]) + rng.integers(0, 28, len(address))
                yield address, doel.value, reason, chance, start


def _draws(
    world: World,
    came: pd.DataFrame,
    desk: Desk,
    doel: Doel,
    month: int,
    budget: int,
    free: Mask,
    rng: np.random.Generator,
) -> Iterator[tuple[npt.NDArray[np.int64], str, float]]:
    """One month of one target: first by lot, blind to all else; then signals; what is left by rule and by liking."""
    listed = world.lives.registered[:, month - 1] > 0
    pool = np.flatnonzero(free & (listed if doel is Doel.SCHIJNBEWONING else ~listed))
    lot = min(
        int(rng.binomial(budget, BY_LOT)) if world.town.size < 20_000 else max(round(budget * BY_LOT), 1), len(pool)
    )
    drawn = rng.choice(pool, lot, replace=False)
    if lot:
        yield drawn, "steekproef", lot / len(pool)
    free = free.copy()
    free[drawn] = False
    weight, told = _desk_weight(world, came, doel, month)
    liking = np.where(desk.liked, 1.7, 1.0) * np.exp(rng.normal(0, 0.5, len(free)))
    by_signal = _top(np.where(free, weight * liking, 0), round(0.78 * (budget - lot)))
    yield by_signal[~told[by_signal]], "signaal", np.nan
    yield by_signal[told[by_signal]], "melding", np.nan
    free[by_signal] = False
    rule = _rule(world, doel, month) * np.exp(rng.normal(0, 0.4, len(free)))
    left = budget - lot - len(by_signal)
    by_rule = _top(np.where(free, rule, 0), left // 2)
    yield by_rule, "risico", np.nan
    free[by_rule] = False
    yield _top(np.where(free & desk.liked, rng.random(len(free)), 0), left - len(by_rule)), "verkenning", np.nan


def _top(weight: Reals, count: int) -> npt.NDArray[np.int64]:
    """The `count` addresses with the highest weight above 0."""
    count = min(count, int((weight > 0).sum()))
    return np.sort(np.argsort(-weight, kind="stable")[:count])


def _desk_weight(world: World, came: pd.DataFrame, doel: Doel, month: int) -> tuple[Reals, Mask]:
    """(weight, told by people) per address: the signals of the nine months before this one."""
    starts = world.params.month_starts
    recent = came[(came["day"] < int(starts[month])) & (came["day"] >= int(starts[max(month - 9, 0)]))]
    address, n = recent["address"].to_numpy(np.int64), world.town.size
    counts = recent["soort"].map(WEIGHT[doel]).fillna(0.0).to_numpy(np.float64)
    counts = counts * np.where(recent["bron"].isin(TOLD), 1.6, 1.0)
    told = np.bincount(address, weights=counts * recent["bron"].isin(TOLD), minlength=n)
    total = np.bincount(address, weights=counts, minlength=n)
    listed = world.lives.registered[:, month - 1] > 0
    fits = listed if doel is Doel.SCHIJNBEWONING else np.where(listed, 0.25, 1.0)
    return np.asarray(total * fits, np.float64), told > total / 2


def _rule(world: World, doel: Doel, month: int) -> Reals:
    """The list of rules of the day: long without registrations, or many persons on few square metres."""
    listed = world.lives.registered[:, month - 1]
    if doel is Doel.SPOOKBEWONING:
        empty = signals.run_length(world.lives.registered[:, :month] == 0)[:, -1]
        return np.where(empty >= 4, 1.0 + np.minimum(empty, 24) / 24, 0.0)
    area = np.maximum(world.town.adressen["oppervlakte"].to_numpy(np.float64), 20)
    return np.where(listed >= 4, listed / area * 20, 0.0)
