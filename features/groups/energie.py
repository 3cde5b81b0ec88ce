"""Energy against comparable inhabited dwellings: use while nobody is registered, and no use while somebody is.

Method: CBS (dwellings with nobody registered on two reference days and use above the lowest fifth of comparable
inhabited dwellings), carried further with the number registered and, where months are known, with the months in which
nobody was.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.groups.bewoning import empty_januaries
from features.groups.energie_maanden import compared_months, plain_months
from features.landing import Sources
from features.peers import Peers, peers
from features.per_address import Bools, Floats
from features.stays import Stays, stays
from features.usage import ELECTRICITY, GAS, Usage, usage

IN_USE = 0.2  # CBS: a home is in use from the lowest fifth of comparable inhabited homes


def energie(sources: Sources) -> pd.DataFrame:
    """n x k; columns that need an absent source are left out (the table fills them with NaN).

    Without a BRP nobody knows which homes are inhabited, so nothing is compared.
    """
    known = stays(sources)
    power, gas = usage(sources, ELECTRICITY), usage(sources, GAS)
    columns: dict[str, Floats] = _postcode(sources, power)
    if power is not None and gas is not None:
        columns |= _connections(power, gas) | plain_months(power)
        if known is not None:
            alike = peers(sources, known)
            placed = _against_peers(power, gas, alike)
            highest = np.fmax(placed["stroom_percentiel"], placed["gas_percentiel"])
            columns |= placed | _with_registration(sources, power, gas, alike, known, highest)
            columns |= compared_months(sources, power, gas, alike, known)
    return pd.DataFrame(columns, index=range(sources.size))


def _against_peers(power: Usage, gas: Usage, alike: Peers) -> dict[str, Floats]:
    """Percentile and ratio among comparable inhabited dwellings."""
    electric, heat = 100 * alike.percentile(power.year), 100 * alike.percentile(gas.year)
    return {
        "stroom_percentiel": electric,
        "gas_percentiel": heat,
        "stroom_verhouding": ratio(power.year, alike.quantile(power.year, 0.5)),
        "stroom_min_gas": electric - heat,
    }


def _connections(power: Usage, gas: Usage) -> dict[str, Floats]:
    """Meters: disconnected, missing, and what is fed in."""
    some = not np.isnan(power.live).all()
    return {
        "stroom_afgesloten": 1 - power.live,
        "gas_afgesloten": 1 - gas.live,
        "stroom_ontbreekt": np.isnan(power.live).astype(np.float64) if some else power.live,
        "teruglevering": power.fed_in,
    }


def _with_registration(
    sources: Sources, power: Usage, gas: Usage, alike: Peers, s: Stays, highest: Floats
) -> dict[str, Floats]:
    """The interaction itself, so that an additive model can see it: use x registration.

    highest: n, the higher percentile (0-100) of power and gas.
    """
    people = s.registered_on(s.today)
    here, nobody = people > 0, people == 0
    same = alike.with_number(people)
    by_number = 100 * same.percentile(power.year)
    gas_by_number = 100 * same.percentile(gas.year)
    most = np.fmax(by_number, gas_by_number)
    used = only_known((power.year > alike.quantile(power.year, IN_USE)).astype(np.float64), power.year)
    return {
        "stroom_percentiel_bij_aantal": np.where(here, by_number, np.nan),
        "gas_percentiel_bij_aantal": np.where(here, gas_by_number, np.nan),
        "gebruik_zonder_inschrijving": gated(nobody, highest),
        "te_laag_voor_aantal": gated(here, 100 - most),
        "leeg_1_januari_met_gebruik": gated(nobody, empty_januaries(s, sources) * used),
        "ingeschreven_zonder_stroom": gated(here, 1 - power.live),
    }


def _postcode(sources: Sources, power: Usage | None) -> dict[str, Floats]:
    """Use in the postcode range by the grid operator's open data, and the address's own against it."""
    rows = sources.kleinverbruik
    if rows is None or not len(rows):
        return {}
    usual = postcode_mean(rows, sources.adressen["postcode"], ELECTRICITY)
    columns = {"stroom_postcode": usual}
    if power is not None:
        columns["stroom_tegen_postcode"] = ratio(power.year, usual)
    return columns


def postcode_mean(rows: pd.DataFrame, postcode: pd.Series, product: str) -> Floats:
    """Mean use of the range that holds each postcode, by the newest file; NaN where none does."""
    rows = rows[(rows["product"] == product).to_numpy()]
    newest = rows["bekend"].max()
    rows = rows[(rows["bekend"] == newest).to_numpy()] if pd.notna(newest) else rows
    rows = rows.sort_values(["postcode_van", "postcode_tot", "verbruik"])
    from_, to = rows["postcode_van"].to_numpy(dtype=object), rows["postcode_tot"].to_numpy(dtype=object)
    categories = postcode.astype("category")
    codes = categories.cat.categories.to_numpy(dtype=object)
    if not len(rows):
        return np.full(len(postcode), np.nan)
    at = np.maximum(np.searchsorted(from_, codes, "right") - 1, 0)
    inside = (from_[at] <= codes) & (codes <= to[at])
    mean = np.where(inside, rows["verbruik"].to_numpy()[at], np.nan)
    return np.append(mean, np.nan)[categories.cat.codes.to_numpy()]


def ratio(values: Floats, usual: Floats) -> Floats:
    """values / usual, at most 10; NaN where either is unknown or `usual` is 0."""
    return np.minimum(values / np.where(usual > 0, usual, np.nan), 10.0)


def gated(gate: Bools, values: Floats) -> Floats:
    """`values` where the gate is open, 0 where it is closed; unknown stays unknown only behind an open gate."""
    return np.where(gate, values, 0.0)


def only_known(values: Floats, source: Floats) -> Floats:
    """`values`, NaN where `source` is unknown."""
    return np.where(np.isnan(source), np.nan, values)
