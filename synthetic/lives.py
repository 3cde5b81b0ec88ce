"""Months go by: the true lives of a town's people, and what the register made of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthetic import counts, flow, register
from synthetic.events import Kind
from synthetic.params import Params, month_start
from synthetic.population import Population
from synthetic.units import units
from synthetic.world import FOREVER, Lives, Lookalike, Town, Use


def live(params: Params, town: Town) -> Population:
    """Run the months from the beginning of history to the peildatum; returns the gemeente as it is then."""
    rng = params.rng("lives")
    starts = month_start(params.first_month - params.burn_in + np.arange(params.burn_in + params.months + 1)).astype(np.int64)
    p = Population(units=units(town, params, int(starts[0]), rng), rng=rng)
    flow.found(p, int(starts[0]))
    for month in range(len(starts) - 1):
        p.today, p.length = int(starts[month]), int(starts[month + 1] - starts[month])
        flow.deaths(p)
        flow.births(p, params.rates.birth)
        flow.to_care(p)
        seekers, young = flow.leavers(p, params.rates.leave_home)
        parted = flow.partings(p, params.rates.split)
        flow.pairings(p, 0.05)
        movers = flow.departures(p, params.rates)
        flow.house(p, movers, np.concatenate([seekers, parted]), young, 0.4)
    return p


def stays(events: pd.DataFrame) -> pd.DataFrame:
    """True residence: each event lasts until the person's next."""
    person = events["person"].to_numpy()
    same = np.r_[person[1:] == person[:-1], False]
    tot = np.where(same, np.r_[events["day"].to_numpy()[1:], 0], FOREVER)
    out = pd.DataFrame({"person": person, "address": events["address"], "van": events["day"], "tot": tot})
    return out[(events["kind"] != Kind.DEATH).to_numpy() & (out["tot"] > out["van"])].reset_index(drop=True)


def persons(p: Population, events: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row per person who ever lived here."""
    last = {k: events[events["kind"] == k].drop_duplicates("person", keep="last").set_index("person")["day"] for k in (Kind.DEATH, Kind.EMIGRATE)}
    index = pd.RangeIndex(len(p.birth))
    day = {k: s.reindex(index, fill_value=FOREVER).to_numpy() for k, s in last.items()}
    return pd.DataFrame({
        "geboorte": p.birth, "huishouden": p.household, "overleden": day[Kind.DEATH], "vertrokken": day[Kind.EMIGRATE],
        "geheim": rng.random(len(p.birth)) < 0.006,
    })  # fmt: skip


def present(stay: pd.DataFrame, rows: pd.DataFrame, size: int, params: Params) -> np.ndarray:
    """n x M: persons who are both registered at an address and truly living there."""
    both = rows[rows["functie"] == "W"].merge(stay, on=["person", "address"], suffixes=("", "_waar"))
    van = np.maximum(np.maximum(both["van"], both["bekend"]), both["van_waar"]).to_numpy()
    tot = np.minimum(both["einde_bekend"], both["tot_waar"]).to_numpy()
    return counts.per_month(both["address"].to_numpy(), van, np.maximum(tot, van), size, params)


def finish(params: Params, town: Town, p: Population) -> Lives:
    """The tables and arrays of `Lives`."""
    events = p.log.frame()
    stay = stays(events)
    rows = register.ordered(register.registrations(events, params), params.today)
    n = town.size
    known = np.maximum(rows["van"], rows["bekend"]).to_numpy()
    registered = counts.per_month(
        np.where(rows["functie"] == "W", rows["address"], -1), known, np.maximum(rows["einde_bekend"], known).to_numpy(), n, params
    )
    occupants = counts.per_month(stay["address"].to_numpy(), stay["van"].to_numpy(), stay["tot"].to_numpy(), n, params)
    return Lives(
        persons=persons(p, events, params.rng("persons")), stays=stay, registrations=rows,
        adresonderzoek=pd.DataFrame({c: pd.Series(dtype="int64") for c in ("address", "person", "begin", "besluit")} | {"uitkomst": pd.Series(dtype="str")}),
        occupants=occupants, registered=registered, registered_present=present(stay, rows, n, params),
        use=np.full((n, params.months), int(Use.NONE), dtype=np.int8), lookalike=np.full((n, params.months), int(Lookalike.NONE), dtype=np.uint32),
    )  # fmt: skip
