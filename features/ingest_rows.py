"""Registers with one row per fact at an address into the landing: read, judge, link, set apart, drop doubles, write."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features.addressbook import Connections
from features.errors import Refusal
from features.ingest_bag import Bag
from features.intake import Intake, LinkBy, conform
from features.job import FILE, ROW, Job
from features.landing import empty_table
from features.sources import energie, onderzoeken, signalen, vastgoed
from features.spill import Spill

INTAKES = (*energie.INTAKES, *vastgoed.INTAKES, *signalen.INTAKES, *onderzoeken.INTAKES)
UNLINKED = {"geen": "adres niet in de BAG van deze levering", "meerduidig": "meer dan een adres past"}
NO_CONNECTION = "EAN zonder adres in jaarafname"
FEW = 20  # below this many rows nothing is concluded from none being linked
BLOCK, BLOCKS = 1 << 16, 1 << 10  # addresses in a block, and more blocks than a gemeente can have
ADDRESS_PARTS = ("postcode", "huisnummer", "huisletter", "toevoeging")


def ingest_rows(job: Job, bag: Bag) -> None:
    """Every table of INTAKES that the delivery has; raises Refusal when none of a table's rows lies in the BAG."""
    connections: list[pd.DataFrame] = []
    for intake in INTAKES:
        if not job.files(intake.table):
            continue
        spill = Spill(job.folder / f".{intake.table.name}")
        known = _connections(connections) if intake.link is LinkBy.EAN else None
        for file in job.files(intake.table):
            for batch in job.typed(file):
                _take_in(job, bag, intake, spill, batch.frame, known, connections)
        _refuse_foreign(job, intake)
        for number, code in enumerate(bag.book.gemeenten):
            _finish(job, bag, intake, spill, number, code)
        spill.close()


def _take_in(
    job: Job,
    bag: Bag,
    intake: Intake,
    spill: Spill,
    frame: pd.DataFrame,
    known: Connections | None,
    connections: list[pd.DataFrame],
) -> None:
    """One batch: checks over columns, linking, and to disk per gemeente."""
    name = intake.table.name
    good = np.ones(len(frame), dtype=bool)
    for reason, column, wrong in intake.checks(frame):
        job.reject(name, frame, reason, column, wrong & good)
        good &= ~wrong
    frame = frame[good].reset_index(drop=True) if not good.all() else frame
    slim = intake.slim(frame)
    if bag.book.linker is None:
        spill.add(slim.assign(adres=np.int32(-1)), np.zeros(len(slim), dtype="int64"))
        return
    adres, route = _link(bag, intake, slim, known)
    job.tally(name).routes.update(route.value_counts().to_dict())
    for how, reason in {**UNLINKED, NO_CONNECTION: NO_CONNECTION}.items():
        job.reject(name, frame, reason, _link_column(intake), np.asarray(route == how))
    found = adres >= 0
    slim = slim.drop(columns=list(ADDRESS_PARTS)) if intake.link is LinkBy.ADDRESS else slim
    slim, adres = slim[found].reset_index(drop=True), adres[found]
    if intake.link is LinkBy.ADDRESS:
        connections.append(pd.DataFrame({"ean": slim["ean"], "adres": adres, "dag": slim["peildatum"]}))
    number = bag.book.gemeente(adres)
    adres = (adres - bag.book.offsets[number]).astype("int32")
    spill.add(slim.assign(adres=adres), number * BLOCKS + (adres // BLOCK if intake.by_address else 0))


def _link(bag: Bag, intake: Intake, slim: pd.DataFrame, known: Connections | None) -> tuple[np.ndarray, pd.Series]:
    """Per row the position in the book (-1 = none) and the route in words."""
    if known is None:
        links = bag.book.link(intake.link, slim)
        return links.adres, pd.Series(links.route)
    adres = known.find(slim["ean"])
    route = pd.Categorical.from_codes((adres < 0).astype("int8"), categories=["ean", NO_CONNECTION])
    return adres, pd.Series(route)


def _link_column(intake: Intake) -> str:
    """The column named in afgekeurd.csv when a row finds no address."""
    names = {LinkBy.OBJECT: "adresseerbaarobject_identificatie", LinkBy.ADDRESS: "postcode", LinkBy.EAN: "ean"}
    return names[intake.link]


def _connections(parts: list[pd.DataFrame]) -> Connections:
    """The connections that 3a linked; none when there was no 3a."""
    if not parts:
        return Connections(pd.Index([], dtype="int64"), np.zeros(0, dtype="int32"))
    rows = pd.concat(parts, ignore_index=True)
    parts.clear()
    return Connections.of(rows["ean"].to_numpy(), rows["adres"].to_numpy(), rows["dag"].to_numpy())


def _refuse_foreign(job: Job, intake: Intake) -> None:
    """A table of which no row lies in the BAG is that of another gemeente."""
    tally, name = job.tally(intake.table.name), intake.table.name
    unlinked = sum(n for how, n in tally.routes.items() if how in (*UNLINKED, NO_CONNECTION))
    if unlinked < FEW or unlinked < sum(tally.routes.values()):
        return
    if job.check:
        tally.notes.append("no row lies in the BAG of this delivery: is it of another gemeente?")
        return
    raise Refusal(
        f"{', '.join(f.name for f in job.files(intake.table))}, {_link_column(intake)}",
        found=f"{unlinked} rows, none of them at an address of gemeente {', '.join(job.delivery.gemeenten)}",
        expected=f"{name} of the gemeenten in levering.toml",
        do="deliver the file of this gemeente" if intake.link is not LinkBy.EAN else "deliver jaarafname (3a) with it",
    )


def _finish(job: Job, bag: Bag, intake: Intake, spill: Spill, number: int, code: str) -> None:
    """Write one gemeente's table, block by block; rows that repeat a key are rejected here, where all are together."""
    path = job.folder / code / f"{intake.target.name}.parquet"
    tally, linked = job.tally(intake.table.name), bag.book.linker is not None
    with ExitStack() as stack:
        writer: pq.ParquetWriter | None = None
        for block in [b for b in spill.numbers() if b // BLOCKS == number]:
            rows = job.single(intake.table, spill.take(block), intake.table.key)
            tally.used += len(rows)
            landed = conform(intake.target, intake.land(rows.drop(columns=[FILE, ROW])), ordered=intake.by_address)
            tally.span(landed["bekend"])
            if linked:
                tally.cover(landed["adres"].to_numpy(), bag.scored[number])
                table = pa.Table.from_pandas(landed, preserve_index=False)
                writer = writer or stack.enter_context(pq.ParquetWriter(path, table.schema))
                writer.write_table(table)
    if linked and writer is None:
        empty_table(intake.target).to_parquet(path, index=False)
