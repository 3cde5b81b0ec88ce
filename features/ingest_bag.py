"""The BAG into the landing: `adressen` and `panden` per gemeente, and the address book for all other registers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from features import landing
from features.addressbook import AddressBook
from features.errors import Refusal
from features.geofile import GeoFile
from features.intake import to_type
from features.job import FILE, ROW, Job
from features.landing import LandingTable
from features.link import Linker
from features.sources import bag
from features.sources.bag_objects import place_panden, slim_object, slim_pand
from features.spill import Spill
from features.typed import GEOMETRY

OBJECTS = (bag.VERBLIJFSOBJECT, bag.LIGPLAATS, bag.STANDPLAATS)
LINKED = ("identificatie", "nummeraanduiding", "postcode", "huisnummer", "huisletter", "toevoeging")
MARGIN = 500.0  # metres round the addresses within which panden are read


@dataclass(frozen=True)
class Bag:
    """What the other registers need. per gemeente: scored (bool array), x and y (RD), and the linking columns."""

    book: AddressBook
    scored: tuple[np.ndarray, ...]
    places: tuple[pd.DataFrame, ...]
    linking: tuple[pd.DataFrame, ...]

    @property
    def total_scored(self) -> int:
        """Scored addresses of all gemeenten."""
        return int(sum(s.sum() for s in self.scored))


def ingest_bag(job: Job) -> Bag:
    """Read the BAG and write `adressen` and `panden`; raises Refusal when it holds none of the delivery's gemeenten."""
    files = job.files(bag.VERBLIJFSOBJECT)
    if not files:
        if job.check:
            return _without(job)
        raise Refusal(
            "bag/bag-light.gpkg", found="no layer verblijfsobject", expected="PDOK's bag-light", do="deliver the BAG"
        )
    gemeenten = job.delivery.gemeenten or _gemeenten_in(job)
    spill = Spill(job.folder / ".bag")
    parts = list(_objects(job, gemeenten, spill))
    if not parts:
        raise _foreign(files[0], gemeenten)
    keys = pd.concat(parts, ignore_index=True)
    panden = Spill(job.folder / ".panden")
    _panden(job, gemeenten, keys, panden)
    bag_parts = [_finish(job, number, code, spill, panden) for number, code in enumerate(gemeenten)]
    _count_towns(job, gemeenten)
    spill.close()
    panden.close()
    sizes = np.cumsum([0] + [len(part) for part in bag_parts])
    linker = Linker(pd.concat([p[list(LINKED)] for p in bag_parts], ignore_index=True).astype({"huisnummer": "str"}))
    return Bag(
        AddressBook(gemeenten, sizes, linker),
        tuple(p["gescoord"].to_numpy(dtype=bool) for p in bag_parts),
        tuple(p[["x", "y"]] for p in bag_parts),
        tuple(p[list(LINKED)].astype({"huisnummer": "str"}) for p in bag_parts),
    )


def _without(job: Job) -> Bag:
    """No BAG: one gemeente without addresses."""
    book = AddressBook.empty()
    folder = job.folder / book.gemeenten[0]
    folder.mkdir(parents=True, exist_ok=True)
    landing.empty_table(landing.ADRESSEN).to_parquet(folder / "adressen.parquet", index=False)
    return Bag(book, (np.zeros(0, dtype=bool),), (pd.DataFrame(),), (pd.DataFrame(),))


def _gemeenten_in(job: Job) -> tuple[str, ...]:
    """Every gemeente of the file: what `check` goes by when there is no levering.toml."""
    seen: set[str] = set()
    for table in OBJECTS:
        for file in job.delivery.of(table):
            for raw in file.batches():
                seen |= {g for g in raw.data.column("gemeente").unique().to_pylist() if g}
    return tuple(sorted(seen))


def _objects(job: Job, gemeenten: tuple[str, ...], spill: Spill) -> Iterator[pd.DataFrame]:
    """Set the addresses apart per gemeente; gives identificatie, pand_id and gemeente of each."""
    numbers = {code: number for number, code in enumerate(gemeenten)}
    codes = ", ".join(f"'{g}'" for g in gemeenten)
    for table in OBJECTS:
        for file in job.layers(table):
            name = file.columns["gemeente"]
            chosen = replace(file, where=f'"{name}" IN ({codes}) OR "{name}" IS NULL')
            before = job.tally(table.name).read
            for frame, shapes in _shaped(job, chosen):
                slim = slim_object(table.name, frame, shapes).assign(**{FILE: frame[FILE], ROW: frame[ROW]})
                spill.add(slim, slim["gemeente"].map(numbers).to_numpy("int64"))
                yield slim[["identificatie", "pand_id", "gemeente", "x", "y"]]
            job.tally(table.name).outside += file.total() - (job.tally(table.name).read - before)


def _shaped(job: Job, file: GeoFile) -> Iterator[tuple[pd.DataFrame, np.ndarray]]:
    """Typed rows and their shapes."""
    for batch in job.typed(file):
        yield batch.frame, batch.frame[GEOMETRY].to_numpy(dtype=object)


def _panden(job: Job, gemeenten: tuple[str, ...], keys: pd.DataFrame, spill: Spill) -> None:
    """Set the panden apart per gemeente; those of other gemeenten are counted as outside, not as read."""
    tally = job.tally(bag.PAND.name)
    low, high = keys[["x", "y"]].min() - MARGIN, keys[["x", "y"]].max() + MARGIN
    for file in job.layers(bag.PAND):
        before = tally.read
        near = replace(file, bbox=(low["x"], low["y"], high["x"], high["y"]))
        for frame, shapes in _shaped(job, near):
            number = place_panden(frame, keys, gemeenten)
            slim = slim_pand(frame, shapes).assign(**{FILE: frame[FILE], ROW: frame[ROW]})
            spill.add(slim[number >= 0], number[number >= 0])
            tally.read -= int((number < 0).sum())
        tally.outside += file.total() - (tally.read - before)


def _finish(job: Job, number: int, code: str, objects: Spill, panden: Spill) -> pd.DataFrame:
    """Write one gemeente's `adressen` and `panden`; gives its addresses in the order of their positions."""
    if number not in objects.numbers():
        raise _foreign(job.delivery.of(bag.VERBLIJFSOBJECT)[0], (code,))
    rows = _single_objects(job, objects.take(number))
    if number not in panden.numbers():
        buildings = pd.DataFrame({c: [] for c in landing.PANDEN.columns}).astype(
            {"identificatie": "str", "status": "str"}
        )
    else:
        buildings = job.single(bag.PAND, panden.take(number), bag.PAND.key)
    job.tally(bag.PAND.name).used += len(buildings)
    buildings = buildings.sort_values("identificatie", ignore_index=True)
    rows = rows.sort_values("identificatie", ignore_index=True)
    rows["pand"] = pd.Index(buildings["identificatie"]).get_indexer(pd.Index(rows["pand_id"])).astype("int32")
    folder = job.folder / code
    folder.mkdir(parents=True, exist_ok=True)
    for table, frame in ((landing.ADRESSEN, rows), (landing.PANDEN, buildings)):
        _declared(table, frame).to_parquet(folder / f"{table.name}.parquet", index=False)
    return rows


def _single_objects(job: Job, rows: pd.DataFrame) -> pd.DataFrame:
    """Each identificatie once, counted under the table it came from."""
    parts = []
    for table in OBJECTS:
        part = rows[rows["soort"] == table.name].reset_index(drop=True)
        part = job.single(table, part, table.key)
        job.tally(table.name).used += len(part)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _count_towns(job: Job, gemeenten: tuple[str, ...]) -> None:
    """Woonplaatsen are read for the report only: their names already stand with the addresses."""
    for file in job.layers(bag.WOONPLAATS):
        codes = ", ".join(f"'{g}'" for g in gemeenten)
        chosen = replace(file, where=f'"{file.columns["gemeente"]}" IN ({codes})')
        tally = job.tally(bag.WOONPLAATS.name)
        frames = [b.frame.drop(columns=GEOMETRY) for b in job.typed(chosen)]
        if frames:
            tally.used += len(job.single(bag.WOONPLAATS, pd.concat(frames, ignore_index=True), bag.WOONPLAATS.key))
        tally.outside += file.total() - tally.read


def _declared(table: LandingTable, frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: to_type(frame[name], kind) for name, kind in table.columns.items()})


def _foreign(file: object, gemeenten: tuple[str, ...]) -> Refusal:
    return Refusal(
        f"{getattr(file, 'name', 'bag')}, bronhouder_identificatie",
        found=f"no usable address of gemeente {', '.join(gemeenten)}",
        expected="the BAG of the gemeenten in levering.toml",
        do="deliver the right BAG or correct [levering] gemeenten",
    )
