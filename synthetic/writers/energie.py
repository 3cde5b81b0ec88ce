"""Writes energie/jaarafname, maandafname and kleinverbruik, columns from the declarations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.sources import energie
from synthetic.dirt import Dirt
from synthetic.energy import ESTIMATED, UNREAD, Energy
from synthetic.world import World
from synthetic.writers.declared import days, write_csv, write_parquet, yes_no

MANY = 2_000_000  # monthly rows above which a Parquet file is written
FEWEST = 10  # connections in a postcode range of the open file: fewer would tell about one household


def write(world: World, energy: Energy, levering: Path, suffix: str = "") -> tuple[Dirt, ...]:
    """Write the three files of the grid operator; the answer counts the dirt in each."""
    rng = world.params.rng("dirt energie")
    folder = levering / "energie"
    yearly = write_csv(jaarafname(energy), energie.JAARAFNAME, folder / f"jaarafname{suffix}.csv", rng)
    months = maandafname(world, energy)
    if len(months) > MANY:
        monthly = write_parquet(months, energie.MAANDAFNAME, folder / f"maandafname{suffix}.parquet")
    else:
        monthly = write_csv(months, energie.MAANDAFNAME, folder / f"maandafname{suffix}.csv", rng)
    return yearly, monthly, *_open_files(world, energy, folder, suffix)


def jaarafname(energy: Energy) -> pd.DataFrame:
    """One row per connection and reference day."""
    years = energy.years
    table = energy.connections.iloc[years["connection"].to_numpy()].reset_index(drop=True)
    power = (table["product"] == "ELK").to_numpy()
    low = np.rint(years["sja"].to_numpy() * table["laag"].to_numpy()).astype(np.int64)
    return pd.DataFrame(
        {
            **{name: table[name] for name in ("ean", "product", "postcode", "huisnummer", "huisletter")},
            "huisnummertoevoeging": table["huisnummertoevoeging"],
            "peildatum": days(years["peildatum"]),
            "sja_normaal": years["sja"].to_numpy() - low,
            "sja_laag": pd.Series(low, dtype="Int64").mask(~table["dubbel_tarief"]),
            "sji": pd.Series(years["sji"].to_numpy(), dtype="Int64").mask(~pd.Series(power)),
            "fysieke_status": np.where(years["active"], "in bedrijf", "uit bedrijf"),
            "profielcategorie": table["profielcategorie"],
            "slimme_meter": yes_no(table["slimme_meter"]),
        }
    )


def maandafname(world: World, energy: Energy) -> pd.DataFrame:
    """One row per connection and month that was measured or estimated."""
    which, month = np.nonzero(energy.quality != UNREAD)
    table = energy.connections
    names = world.params.month_starts[:-1].astype("datetime64[D]").astype("datetime64[M]").astype(str)
    power = (table["product"] == "ELK").to_numpy()[which]
    feed = pd.Series(energy.invoeding[which, month], dtype="Int64")
    return pd.DataFrame(
        {
            "ean": _repeated(table["ean"].to_numpy(), which),
            "product": _repeated(["GAS", "ELK"], power.astype(np.int64)),
            "maand": _repeated(names, month),
            "afname": energy.afname[which, month],
            "invoeding": feed.mask(~power),
            "kwaliteit": _repeated(["G", "S"], (energy.quality[which, month] == ESTIMATED).astype(np.int64)),
        }
    )


def _repeated(texts: Sequence[str] | npt.NDArray[np.str_], index: npt.NDArray[np.int64]) -> pd.Series:
    """texts[index] without making millions of Python strings."""
    return pd.Series(pd.array(texts, dtype="str").take(index))


def _open_files(world: World, energy: Energy, folder: Path, suffix: str) -> tuple[Dirt, ...]:
    """One file a year, of the reference days on 1 January (the latest day where there is none)."""
    stand = np.unique(energy.years["peildatum"])
    januaries = [int(d) for d in stand if str(np.datetime64(int(d), "D"))[5:] == "01-01"] or [int(stand[-1])]
    found = []
    for day in januaries:
        year = str(np.datetime64(day, "D"))[:4]
        frame = kleinverbruik(world, energy, day)
        found.append(write_csv(frame, energie.KLEINVERBRUIK, folder / f"kleinverbruik_{year}{suffix}.csv", None))
    return tuple(found)


def kleinverbruik(world: World, energy: Energy, day: int) -> pd.DataFrame:
    """Means per postcode range of at least ten connections, from the sums of the connections themselves."""
    years = energy.years[energy.years["peildatum"] == day]
    table = energy.connections.iloc[years["connection"].to_numpy()].reset_index(drop=True)
    town = world.town.adressen.iloc[table["address"].to_numpy()].reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "product": table["product"],
            "postcode": town["postcode"],
            "straat": town["straat"],
            "sja": years["sja"].to_numpy(np.float64),
            "delivers": (years["sja"] >= years["sji"]).to_numpy(),
            "smart": table["slimme_meter"].to_numpy(),
        }
    )
    parts = [_ranges(part.sort_values("postcode", kind="stable")) for _, part in rows.groupby("product", sort=True)]
    return pd.concat(parts, ignore_index=True)


def _ranges(rows: pd.DataFrame) -> pd.DataFrame:
    """The open rows of one product, its connections sorted by postcode."""
    part = range_of(rows["postcode"].to_numpy(dtype="U6"))
    found = rows.groupby(part, sort=True).agg(
        POSTCODE_VAN=("postcode", "first"), POSTCODE_TOT=("postcode", "last"), STRAATNAAM=("straat", "first"),
        PRODUCTSOORT=("product", "first"), AANSLUITINGEN_AANTAL=("sja", "size"),
        LEVERINGSRICHTING_PERC=("delivers", "mean"),
        SJV_GEMIDDELD=("sja", "mean"), SLIMME_METER_PERC=("smart", "mean"),
    )  # fmt: skip
    percent = found[["LEVERINGSRICHTING_PERC", "SLIMME_METER_PERC"]].mul(100).round(1)
    return found[found["AANSLUITINGEN_AANTAL"] >= FEWEST].assign(
        **percent, SJV_GEMIDDELD=found["SJV_GEMIDDELD"].round(1)
    )


def range_of(postcodes: npt.NDArray[np.str_]) -> npt.NDArray[np.int64]:
    """Number of the range of each sorted postcode: whole postcodes joined to ten or more; a rest joins the last."""
    first = np.flatnonzero(np.r_[True, postcodes[1:] != postcodes[:-1]])
    ends = np.r_[first[1:], len(postcodes)]
    begins, begin = [], 0
    while begin + FEWEST <= len(postcodes):  # one step per range, not per connection
        begins.append(begin)
        begin = int(ends[np.searchsorted(ends, begin + FEWEST)])
    return np.maximum(np.searchsorted(begins, np.arange(len(postcodes)), side="right") - 1, 0)
