"""Energy as the grid operator knows it: connections, their months, their standard year, and addresses typed by hand.

What is used (`consumption`) is seen through meters: netted by solar panels, shared between dwellings, estimated or
not read at all where the meter is not smart, switched off where a house stood empty long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic import consumption, weather
from synthetic.consumption import Floats
from synthetic.spelling import typed_addresses
from synthetic.world import Mask, Use, World

UNREAD, MEASURED, ESTIMATED = 0, 1, 2
LAST_MONTHS_UNKNOWN = 1  # a delivery of 1 October ends with August: columns 0 .. M - 2


@dataclass(frozen=True, kw_only=True)
class Energy:
    """The connections (c of them) and what was metered.

    connections, position = connection: ean, product (ELK | GAS), address (the true one, which no file tells), postcode,
    huisnummer, huisletter, huisnummertoevoeging (all as typed), slimme_meter (bool), dubbel_tarief (bool),
    profielcategorie, laag (share of the use at the low tariff).
    afname, invoeding: int32 c x M, kWh or m3 drawn and kWh fed in. quality: int8 c x M, UNREAD | MEASURED | ESTIMATED.
    active: bool c x M, switched on. years: connection, peildatum (day), sja, sji (whole kWh or m3), active.
    """

    connections: pd.DataFrame
    afname: npt.NDArray[np.int32]
    invoeding: npt.NDArray[np.int32]
    quality: npt.NDArray[np.int8]
    active: Mask
    years: pd.DataFrame


def simulate(world: World) -> Energy:
    """What the grid operator would deliver of this gemeente on the peildatum."""
    rng = world.params.rng("energy")
    used = consumption.simulate(world, rng)
    table = connections(world, used.gas, rng)
    served, own = world.town.adressen["aansluiting"].to_numpy(np.int64), table["address"].to_numpy(np.int64)
    power = (table["product"] == "ELK").to_numpy()
    draw, feed = net(share(used.kwh, served)[own[power]], share(used.panels, served)[own[power]], table[power], rng)
    afname = np.empty((len(table), world.params.months), dtype=np.float32)
    invoeding = np.zeros_like(afname)
    afname[power], invoeding[power] = draw, feed
    afname[~power] = share(used.m3, served)[own[~power]]
    active = switched_on(world, rng)[own]
    afname, invoeding = np.where(active, afname, 0), np.where(active, invoeding, 0)
    quality = read(table["slimme_meter"].to_numpy(), active, rng)
    years = standard_years(afname, invoeding, active, table, world, rng)
    estimate = afname.mean(axis=1, keepdims=True) * profile(table, world)
    afname = np.where(quality == ESTIMATED, estimate, afname)
    return Energy(
        connections=table,
        afname=np.rint(afname).astype(np.int32),
        invoeding=np.rint(np.where(quality == ESTIMATED, 0, invoeding)).astype(np.int32),
        quality=quality,
        active=active,
        years=years,
    )


def connections(world: World, gas: Mask, rng: np.random.Generator) -> pd.DataFrame:
    """One electricity connection per address with a meter of its own, and one of gas where gas is used."""
    town = world.town.adressen
    own = np.flatnonzero(town["aansluiting"].to_numpy() == np.arange(len(town)))
    address = np.concatenate([own, own[gas[own]]])
    power = np.arange(len(address)) < len(own)
    smart = (rng.random(len(town)) < 0.9)[address]
    double = power & (smart | (rng.random(len(address)) < 0.5))
    business = (town["type"] == "geen").to_numpy()[address]
    kind = np.select([power & business, power & double, power, business], ["E2A", "E1B", "E1A", "G2A"], "G1A")
    table = pd.DataFrame(
        {
            "ean": eans(int(world.params.gemeente), len(address)),
            "product": np.where(power, "ELK", "GAS"),
            "address": address,
            "slimme_meter": smart,
            "dubbel_tarief": double,
            "profielcategorie": kind,
            "laag": np.where(double, np.clip(rng.normal(0.46, 0.07, len(address)), 0.2, 0.75), 0.0),
        }
    )
    return pd.concat([table, typed_addresses(town, address, rng)], axis=1)


def eans(gemeente: int, count: int) -> npt.NDArray[np.str_]:
    """EAN-18 codes: 8716 (the Netherlands, energy), gemeente, serial number and the GS1 check digit."""
    body = 8_716_000_000_000_000_0 + gemeente * 1_000_000_000 + np.arange(count, dtype=np.int64)
    weights = np.where(np.arange(17) % 2 == 0, 3, 1)  # the rightmost digit counts three times
    digits = body[:, None] // 10 ** np.arange(17, dtype=np.int64) % 10
    check = -(digits * weights).sum(axis=1) % 10
    return (body * 10 + check).astype("U18")


def share(used: Floats, served: npt.NDArray[np.int64]) -> Floats:
    """Sums the use of addresses over the address whose meter serves them (n x M; -1 = no meter at all)."""
    other = np.flatnonzero((served >= 0) & (served != np.arange(len(served))))
    total = used.copy()
    np.add.at(total, served[other], used[other])
    return total


def net(kwh: Floats, panels: Floats, table: pd.DataFrame, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(drawn, fed in): a third of what panels make is used at once; an old meter turns back and shows the balance."""
    direct = np.minimum(panels * rng.uniform(0.2, 0.4, (len(kwh), 1)), kwh * 0.6)
    smart = table["slimme_meter"].to_numpy()[:, None]
    drawn = np.where(smart, kwh - direct, np.maximum(kwh - panels, 0))
    return drawn.astype(np.float32), np.where(smart, panels - direct, 0).astype(np.float32)


def switched_on(world: World, rng: np.random.Generator) -> Mask:
    """bool n x M. One in five of the houses that stay empty is cut off after 6 to 18 months, until it is used again."""
    idle = (
        (world.lives.occupants == 0) & (world.lives.use == Use.NONE) & world.town.adressen["woning"].to_numpy()[:, None]
    )
    months = np.arange(idle.shape[1])
    last_used = np.maximum.accumulate(np.where(idle, -1, months), axis=1)
    patience = np.where(rng.random(len(idle)) < 0.2, rng.integers(6, 19, len(idle)), 10_000)
    return ~(idle & (months - last_used >= patience[:, None]))


def read(smart: Mask, active: Mask, rng: np.random.Generator) -> npt.NDArray[np.int8]:
    """int8 c x M: smart meters are measured, with gaps; of the others half is estimated and half not there at all."""
    n, months = active.shape
    silent = np.where(rng.random(n) < 0.02, rng.integers(0, months, n), months)  # lost contact from this month on
    gap = rng.random(active.shape)
    good = np.select([gap < 0.006, gap < 0.016], [UNREAD, ESTIMATED], MEASURED)
    good = np.where(np.arange(months) >= silent[:, None], ESTIMATED, good)
    other = np.where(rng.random(n) < 0.5, ESTIMATED, UNREAD)[:, None]
    quality = np.where(active, np.where(smart[:, None], good, other), UNREAD)
    quality[:, months - LAST_MONTHS_UNKNOWN :] = UNREAD
    return quality.astype(np.int8)


def profile(table: pd.DataFrame, world: World) -> Floats:
    """float32 c x M around 1: the course of the year that the operator assumes for one connection of that product."""
    sky = weather.simulate(world.params)
    power = 1 + 0.15 * np.cos(2 * np.pi * (sky.calendar - 0.3) / 12)
    gas = 0.22 + 0.78 * 12 * sky.degree_days / weather.DEGREE_DAYS.sum()
    return np.where((table["product"] == "ELK").to_numpy()[:, None], power, gas).astype(np.float32)


def standard_years(
    afname: Floats, invoeding: Floats, active: Mask, table: pd.DataFrame, world: World, rng: np.random.Generator
) -> pd.DataFrame:
    """Standard yearly use per connection and reference day: the year that ended a month before, as a normal year.

    A connection without a smart meter is read late: one in three carries last year's figure.
    """
    stand, found = profile(table, world), []
    previous: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None = None
    smart = table["slimme_meter"].to_numpy()
    for end in reference_months(world):
        begin = max(end - 13, 0)
        window = slice(begin, end - 1)
        sja = afname[:, window].sum(axis=1, dtype=np.float64) / stand[:, window].sum(axis=1, dtype=np.float64) * 12
        sji = invoeding[:, window].sum(axis=1, dtype=np.float64) / (end - 1 - begin) * 12
        if previous is not None:
            late = ~smart & (rng.random(len(table)) < 0.33)
            sja, sji = np.where(late, previous[0], sja), np.where(late, previous[1], sji)
        previous = (sja, sji)
        day = int(world.params.month_starts[end])
        found.append(
            pd.DataFrame(
                {
                    "connection": np.arange(len(table)),
                    "peildatum": day,
                    "sja": np.rint(sja).astype(np.int64),
                    "sji": np.rint(sji).astype(np.int64),
                    "active": active[:, end - 2],
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def reference_months(world: World) -> list[int]:
    """The columns whose first day is a reference day of the yearly file.

    Every 1 January that has months before it, and the peildatum when the last one is more than three months ago.
    """
    months = world.params.months
    calendar = (world.params.first_month + np.arange(months + 1)) % 12
    found = [int(j) for j in np.flatnonzero(calendar == 0) if j >= 3]
    return [*found, months] if not found or months - found[-1] > 3 else found
