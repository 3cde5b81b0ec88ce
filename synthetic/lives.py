"""Months go by: the true lives of a town's people, and what the register made of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic import counts, deeds, flow, lookalikes, papers, register, withheld
from synthetic.events import Kind
from synthetic.lookalikes import Grids
from synthetic.params import Params, month_start
from synthetic.plots import Plotters
from synthetic.population import Population
from synthetic.schemes import COLUMNS
from synthetic.units import ROOM, units
from synthetic.world import FOREVER, Lives, Lookalike, Town, Use

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class History:
    """What the months left behind: the people, their true events, and the schemes that took a home from the market."""

    people: Population
    events: pd.DataFrame
    plots: pd.DataFrame


def live(params: Params, town: Town) -> History:
    """Run the months from the beginning of history to the peildatum."""
    rng = params.rng("lives")
    plotters = Plotters(params, town, params.rng("plots"))
    starts = month_start(params.first_month - params.burn_in + np.arange(params.burn_in + params.months + 1)).astype(
        np.int64
    )
    p = Population(units=units(town, params, int(starts[0]), rng), rng=rng)
    flow.found(p, int(starts[0]))
    for month in range(len(starts) - 1):
        p.today, p.length = int(starts[month]), int(starts[month + 1] - starts[month])
        flow.deaths(p)
        flow.births(p, params.rates.birth)
        flow.to_care(p)
        seekers, young = flow.leavers(p, params.rates.leave_home)
        parted = flow.partings(p, params.rates.split)
        flow.pairings(p, params.rates.pairing, 0.11)
        movers = flow.departures(p, params.rates)
        plotters.act(p)
        flow.house(p, movers, np.concatenate([seekers, parted]), young, 0.34)
    return History(people=p, events=p.log.frame(), plots=plotters.table())


@dataclass(frozen=True, kw_only=True)
class Told:
    """The register's side: its rows, the adresonderzoeken in it, all true stays, and the schemes on paper."""

    rows: pd.DataFrame
    asked: pd.DataFrame
    stays: pd.DataFrame
    births: npt.NDArray[np.int64]  # of the people who are only in the register
    schemes: list[pd.DataFrame]


def tell(params: Params, town: Town, history: History, lived: Mask) -> Told:
    """What the register made of the lives: declared, withheld, mistaken or made up."""
    p, events = history.people, history.events
    columns = (np.concatenate(c) for c in zip(*p.kept, strict=True))
    kept = pd.DataFrame(dict(zip(("address", "group", "tot"), columns, strict=True)))
    rent = (town.adressen["eigendomsvorm"] == "particuliere_huur").to_numpy()
    held, left = withheld.withhold(events, history.plots, kept, rent, params.rng("withhold"))
    rows, asked = register.registrations(events, held, params)
    entered = papers.enter(params, town, lived, params.rng("enter"))
    more, guests = papers.rows_of(entered, len(p.birth), int(rows["group"].max()) + 1, params, params.rng("entries"))
    wrong = lookalikes.mismatches(town, lived, params, params.rng("mismatch"))
    rows = register.ordered(pd.concat([register.misplace(rows, wrong), more], ignore_index=True), params.today)
    begin = kept["group"].map(events.drop_duplicates("group").set_index("group")["day"])
    paper = kept.assign(soort="papieren_adres", van=begin, personen=1)
    true = pd.concat([stays(events), guests], ignore_index=True)
    made_up = [left, paper, entered.schemes]
    return Told(rows=rows, asked=asked, stays=true, births=entered.births, schemes=made_up)


def finish(params: Params, town: Town, history: History) -> tuple[Lives, pd.DataFrame, npt.NDArray[np.int8]]:
    """(Lives, the table of schemes, n x M kind of scheme)."""
    shape = (town.size, params.months)
    at = history.events["address"].to_numpy()
    lived = np.bincount(at[at >= 0], minlength=town.size) > 0
    told = tell(params, town, history, lived)
    grids = Grids(
        params=params,
        occupants=counts.of_stays(told.stays, town.size, params),
        use=np.full(shape, int(Use.NONE), dtype=np.int8),
        lookalike=np.full(shape, int(Lookalike.NONE), dtype=np.uint32),
    )
    surround(params, town, history, grids, lived)
    lookalikes.mistaken(grids, told.rows)
    lodged = deeds.lodgers(grids, town, lived, params, params.rng("lodgers"))
    deeds.carry_out(history.plots, grids, params.rng("deeds"))
    here = register.present(told.stays, told.rows, town.size, params)
    registered = register.standing(told.rows, town.size, params)
    lookalikes.families(grids, registered, here)
    table = together([history.plots, *told.schemes, lodged], params.rng("intensity"))
    lives = Lives(
        persons=persons(history.people, history.events, told.births, params.rng("persons")),
        stays=told.stays,
        registrations=told.rows,
        adresonderzoek=told.asked,
        occupants=grids.occupants,
        registered=registered,
        registered_present=here,
        use=grids.use,
        lookalike=grids.lookalike,
    )
    return lives, table, deeds.named(table, grids)


def surround(params: Params, town: Town, history: History, grids: Grids, lived: Mask) -> None:
    """Every lawful look-alike."""
    p, events = history.people, history.events
    arrivals = events.loc[(events["address"] >= 0) & (events["kind"] != Kind.BIRTH), ["address", "day"]]
    lookalikes.static(grids, town, p.units)
    lookalikes.holidays(grids, town, p.units, params.rng("holidays"))
    lookalikes.empties(grids, p.units, p.empty, arrivals, history.plots)
    lookalikes.new_builds(grids, town, arrivals)
    homes = np.unique(p.units.address[(p.units.tenant >= 0) & (p.units.kind < ROOM)])
    old = p.oldest()[p.units.tenant]
    aged = np.isin(homes, p.units.address[(p.units.tenant >= 0) & (old > 68)])
    lookalikes.absences(grids, homes, aged, params.rng("absences"))
    lookalikes.guests(grids, town, lived, params.rng("guests"))


def together(parts: list[pd.DataFrame], rng: np.random.Generator) -> pd.DataFrame:
    """One table of schemes."""
    out = pd.concat(parts, ignore_index=True)
    n = len(out)
    out["intensiteit"] = out["intensiteit"].fillna(pd.Series(np.round(rng.beta(1.6, 1.3, n), 3)))
    out["netwerk"] = out["netwerk"].fillna(-1)
    out["bemeterd"] = out["bemeterd"].fillna(False).astype(bool)
    out["scheme"] = np.arange(n)
    return out[list(COLUMNS)].astype(COLUMNS)


def stays(events: pd.DataFrame) -> pd.DataFrame:
    """True residence: each event lasts until the person's next."""
    person = events["person"].to_numpy()
    same = np.r_[person[1:] == person[:-1], False]
    tot = np.where(same, np.r_[events["day"].to_numpy()[1:], 0], FOREVER)
    out = pd.DataFrame({"person": person, "address": events["address"], "van": events["day"], "tot": tot})
    return out[(events["kind"] != Kind.DEATH).to_numpy() & (out["tot"] > out["van"])].reset_index(drop=True)


def persons(
    p: Population, events: pd.DataFrame, paper: npt.NDArray[np.int64], rng: np.random.Generator
) -> pd.DataFrame:
    """One row per person who ever lived here, then those who were only here on paper."""
    index = pd.RangeIndex(len(p.birth) + len(paper))
    day = {}
    for kind in (Kind.DEATH, Kind.EMIGRATE):
        last = events[events["kind"] == kind].drop_duplicates("person", keep="last").set_index("person")["day"]
        day[kind] = last.reindex(index, fill_value=FOREVER).to_numpy()
    return pd.DataFrame(
        {
            "geboorte": np.append(p.birth, paper),
            "huishouden": np.append(p.household, len(p.unit) + np.arange(len(paper))),
            "overleden": day[Kind.DEATH],
            "vertrokken": day[Kind.EMIGRATE],
            "geheim": rng.random(len(index)) < 0.006,
        }
    )
