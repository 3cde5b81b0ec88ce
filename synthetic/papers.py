"""People entered where they do not live: sham groups, passage addresses, crowding on paper, letter addresses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.events import Ints
from synthetic.params import Params
from synthetic.plots import PER_MONTH, intervals
from synthetic.world import FOREVER, Town


@dataclass(frozen=True, kw_only=True)
class Entered:
    """People who are only on paper: schemes (rows of the table) and entries (person counted from 0, address, van, tot,
    soort, how the entry ends, present: truly living there)."""

    schemes: pd.DataFrame
    entries: pd.DataFrame
    births: Ints


def enter(params: Params, town: Town, lived: npt.NDArray[np.bool_], rng: np.random.Generator) -> Entered:
    """Sham groups that move together, passage addresses, crowding on paper. lived: addresses with a true household."""
    a = town.adressen
    rent = (a["eigendomsvorm"] != "koop").to_numpy()
    homes = np.flatnonzero(lived & (a["kamers"] == 1).to_numpy() & a["woning"].to_numpy())
    pull = np.where((a["eigendomsvorm"] == "particuliere_huur").to_numpy(), 5.0, np.where(rent, 1.6, 0.8))[homes]
    pool = homes[np.argsort(rng.exponential(1.0, len(homes)) / pull)]
    size = int(a["woning"].sum())
    cut, pace = np.array([0.35, 0.6]), params.rates.schijn
    parts = np.split(pool, (cut * len(pool)).astype(int))
    groups = _carousel(params, parts[0], size * 0.0014 * pace, rng)
    passage = _many("doorgangsadres", params, parts[1], size * 0.0016 * pace, 26.0, rng)
    crowd = _together("overbewoning_papier", params, parts[2], size * 0.0030 * pace, 13.0, (2, 7), rng)
    friends = _together("papieren_adres", params, rng.permutation(homes), size * 0.0045 * pace, 16.0, (1, 2), rng)
    letters = _together("briefadres", params, rng.permutation(homes), size * 0.0022, 14.0, (1, 1), rng)
    nothing = letters[0].iloc[:0]  # a letter address is lawful: no scheme
    return _join(
        [groups, passage, crowd, friends, (nothing, letters[1].assign(functie="B", present=False))], params, rng
    )


def _together(
    soort: str, params: Params, pool: Ints, stock: float, months: float, size: tuple[int, int], rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Groups entered at one address within some weeks, and gone again together or one by one."""
    table = intervals(soort, pool, stock, months, params, rng).drop(columns="left")
    count = rng.integers(size[0], size[1] + 1, len(table))
    at = np.repeat(np.arange(len(table)), count)
    spread = np.repeat(np.where(rng.random(len(table)) < 0.5, 0, 70), count)
    van = table["van"].to_numpy()[at] + (rng.random(len(at)) * spread).astype(np.int64)
    tot = table["tot"].to_numpy()[at] + (rng.normal(0, 20, len(at)) * (spread > 0)).astype(np.int64)
    entries = pd.DataFrame(
        {
            "who": np.arange(len(at)),
            "address": table["address"].to_numpy()[at],
            "van": van,
            "tot": np.maximum(tot, van + 30),
        }
    )
    entries["present"] = rng.random(len(at)) < 0.12  # some of them do live there
    return table.assign(personen=count), entries


def _many(
    soort: str, params: Params, pool: Ints, stock: float, months: float, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Single persons pass through one address, a few months each, some of them truly."""
    table = intervals(soort, pool, stock, months, params, rng).drop(columns="left")
    length = (table["tot"] - table["van"]).to_numpy()
    pace = rng.uniform(25, 75, len(table))  # days between arrivals
    count = np.maximum((length / pace).astype(np.int64), 2)
    at = np.repeat(np.arange(len(table)), count)
    van = table["van"].to_numpy()[at] + (rng.random(len(at)) * length[at]).astype(np.int64)
    tot = van + np.maximum(rng.gamma(2.0, 55.0, len(at)), 20).astype(np.int64)
    entries = pd.DataFrame(
        {"who": np.arange(len(at)), "address": table["address"].to_numpy()[at], "van": van, "tot": tot}
    )
    entries["present"] = rng.random(len(at)) < 0.3
    return table.assign(personen=count), entries


def _carousel(params: Params, pool: Ints, stock: float, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same people turn up together at one address after another, four in turn per group."""
    groups = max(1, round(stock))
    size, stops = rng.integers(3, 9, groups), rng.integers(14, 21, groups)
    group = np.repeat(np.arange(groups), stops)
    stop = _within(stops)
    own = np.resize(rng.permutation(pool), (groups, 4))
    length = np.maximum(rng.gamma(5.0, 38.0, len(group)), 50).astype(np.int64)
    ends = np.cumsum(length)
    before = np.repeat((ends - length)[np.cumsum(stops) - stops], stops)
    begin = params.today - (params.months + params.burn_in) * PER_MONTH + rng.uniform(0, 900, groups)
    van = (begin[group] + ends - length - before).astype(np.int64)
    table = pd.DataFrame({"address": own[group, stop % 4], "van": van, "tot": van + length, "personen": size[group]})
    at = np.repeat(np.arange(len(table)), size[group])
    who = np.repeat(np.cumsum(size) - size, stops)[at] + _within(size[group])
    entries = table[["address", "van", "tot"]].iloc[at].assign(who=who, present=False)
    entries["van"] += rng.integers(0, 4, len(at))
    entries = entries[rng.random(len(at)) < 0.93]  # now and then somebody is missing
    return table.assign(soort="schijngroep", netwerk=1000 + group // 2), entries


def _within(size: Ints) -> Ints:
    """0, 1, … within each of the groups of these sizes."""
    return np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)


def _join(parts: list[tuple[pd.DataFrame, pd.DataFrame]], params: Params, rng: np.random.Generator) -> Entered:
    """All of them, with persons counted through."""
    entries, offset = [], 0
    for _, rows in parts:
        entries.append(rows.assign(who=rows["who"] + offset))
        offset += int(rows["who"].max()) + 1 if len(rows) else 0
    schemes = pd.concat([t for t, _ in parts], ignore_index=True)
    births = params.today - (rng.uniform(21, 60, offset) * 365.25).astype(np.int64)
    return Entered(schemes=schemes, entries=pd.concat(entries, ignore_index=True), births=births)


def rows_of(
    entered: Entered, persons: int, groups: int, params: Params, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Registrations and true stays of the people on paper; their positions follow the `persons` already there."""
    e = entered.entries.sort_values(["who", "van"], kind="stable", ignore_index=True)
    n, who, van = len(e), e["who"].to_numpy(), e["van"].to_numpy()
    again = np.r_[who[1:] == who[:-1], False]  # the same person is entered once more
    at_once = again & (np.r_[van[1:], 0] <= e["tot"].to_numpy() + 40) & (rng.random(n) < 0.85)
    fresh = np.where(rng.random(n) < 0.25, "vestiging", "inschrijving")
    arrive = pd.DataFrame({"person": persons + who, "address": e["address"], "functie": e["functie"].fillna("W")})
    arrive["van"], arrive["soort"] = van, np.where(np.r_[False, at_once[:-1]], "verhuizing", fresh)
    arrive["aangifte"] = np.where(rng.random(n) < 0.92, "I", "B")
    arrive["bekend"] = van + rng.integers(0, 8, n)
    draw = rng.random(n)
    soort = np.where(draw < 0.22, "vow", np.where(draw < 0.54, "vertrek", "elders"))
    asked = (soort == "vow") & ~again
    depart = arrive.assign(address=-1, functie="", van=e["tot"], soort=soort, aangifte=np.where(asked, "A", "I"))
    depart["bekend"] = depart["van"] + np.where(asked, rng.integers(50, 220, n), rng.integers(0, 8, n))
    out = pd.concat([arrive, depart[~at_once]], ignore_index=True)
    out["group"] = groups + np.arange(len(out))
    out["onderzoek"], out["onderzoek_van"], out["onderzoek_tot"], out["misplaced"] = "", 0, FOREVER, -1
    there = e[e["present"]]
    stays = there[["address", "van", "tot"]].assign(person=persons + there["who"])
    return out, stays
