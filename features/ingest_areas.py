"""What lies round the addresses: the grid operator's postcode ranges (3c) and the map layers (7)."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from features import landing
from features.errors import Refusal
from features.ingest_bag import Bag
from features.intake import conform
from features.job import FILE, ROW, Job
from features.sources import energie, omgeving
from features.surroundings import surroundings

ELSEWHERE = "postcodegebied buiten de levering"
PRODUCTS = {"elektr": "ELK", "electr": "ELK", "elk": "ELK", "stroom": "ELK", "gas": "GAS"}


def ingest_ranges(job: Job, bag: Bag) -> None:
    """Kleinverbruik: rows whose range touches a postcode of the delivery; the rest is counted as elsewhere."""
    table = energie.KLEINVERBRUIK
    parts = [_range_rows(batch.frame, file.name) for file in job.files(table) for batch in job.typed(file)]
    if not parts:
        return
    rows = job.single(table, pd.concat(parts, ignore_index=True), table.key)
    used = np.zeros(len(rows), dtype=bool)
    for number, code in enumerate(bag.book.gemeenten):
        if bag.book.linker is None:
            used[:] = True
            break
        near = _touches(rows, bag.linking[number]["postcode"])
        used |= near
        landed = conform(landing.KLEINVERBRUIK, rows[near])
        landed.to_parquet(job.folder / code / "kleinverbruik.parquet", index=False)
    for number, count in rows.loc[~used, FILE].value_counts().items():
        job.rejects.add_many(table.name, job.names[int(number)], ELSEWHERE, int(count))
    tally = job.tally(table.name)
    tally.used += int(used.sum())
    tally.span(rows.loc[used, "bekend"])


def _range_rows(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Postcodes in one spelling; product and year from the file's name where the rows do not tell."""
    spell = {c: frame[c].str.replace(" ", "").str.upper() for c in ("postcode_van", "postcode_tot")}
    product = frame["product"].astype("str")
    if product.isna().any():
        product = product.fillna(product_of(name))
    year = year_of(name)
    return frame.assign(
        postcode_van=spell["postcode_van"].fillna(spell["postcode_tot"]),
        postcode_tot=spell["postcode_tot"],
        product=product,
        jaar=-1 if year is None else year,
        bekend=pd.Series(np.datetime64("NaT" if year is None else f"{year}-01-01", "s"), index=frame.index),
    )


def product_of(name: str) -> str:
    """ELK or GAS by the file's name; raises Refusal when it does not tell."""
    stem = Path(name).name.casefold()
    for word, product in PRODUCTS.items():
        if word in stem:
            return product
    raise Refusal(
        f"{name}, column PRODUCTSOORT",
        found="no product in the rows nor in the file's name",
        expected="a column PRODUCTSOORT, or electricity / elektriciteit / gas in the name",
        do="rename the file",
    )


def year_of(name: str) -> int | None:
    """The year in the file's name: of 2018, 20180101 and 01012018 alike; the last one found, None = unknown."""
    found = re.findall(r"(?<!\d)(?:(20\d{2})(?:\d{4})?|\d{4}(20\d{2}))(?!\d)", Path(name).name)
    years = [int(first or second) for first, second in found]
    return years[-1] if years else None


def _touches(rows: pd.DataFrame, postcodes: pd.Series) -> np.ndarray:
    """Which ranges hold at least one of the postcodes: the first postcode not below `van` is not above `tot`."""
    known = np.unique(postcodes[postcodes != ""].to_numpy(dtype=str))
    if not len(known):
        return np.zeros(len(rows), dtype=bool)
    at = np.searchsorted(known, rows["postcode_van"].to_numpy(dtype=str))
    first = np.append(known, "~")[at]
    return (at < len(known)) & (first <= rows["postcode_tot"].to_numpy(dtype=str))


def ingest_surroundings(job: Job, bag: Bag) -> None:
    """The map layers joined to every address."""
    shapes: dict[str, pd.DataFrame] = {}
    for table in omgeving.TABLES:
        files = job.files(table)
        if not files:
            continue
        parts = [b.frame.drop(columns=[FILE, ROW]) for file in files for b in job.typed(file)]
        shapes[table.name] = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"geometry": []})
        job.tally(table.name).used += len(shapes[table.name])
    if not shapes or bag.book.linker is None:
        return
    for code, places in zip(bag.book.gemeenten, bag.places, strict=True):
        joined = surroundings(places["x"].to_numpy(), places["y"].to_numpy(), shapes)
        joined.to_parquet(job.folder / code / "omgeving.parquet", index=False)
