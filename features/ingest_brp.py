"""The BRP into the landing: `personen` and `verblijf` per gemeente, without anything that tells who a person is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from features import landing
from features.errors import Refusal
from features.ingest_bag import Bag
from features.job import FILE, ROW, Job, Tally
from features.link import Linker
from features.sources import brp
from features.spill import Spill
from features.typed import Fault

TABLE = brp.PERSOONSLIJSTEN
ELSEWHERE = "persoonslijst zonder verblijf in een gemeente van deze levering"


def ingest_brp(job: Job, bag: Bag) -> None:
    """Write the persons of each gemeente; raises Refusal when nobody is of a gemeente of the delivery."""
    if not job.files(TABLE):
        return
    tally, reader = job.tally(TABLE.name), brp.Reader(key=job.key)
    persons, rows = Spill(job.folder / ".personen"), Spill(job.folder / ".verblijf")
    elsewhere = 0
    for chunk in reader.read(_frames(job)):
        _list(job, chunk.afgekeurd)
        links = brp.link_rows(chunk.rijen, bag.book.linker)
        tally.routes.update(pd.Series(links.route).value_counts().to_dict())
        homes = _homes(chunk.rijen, links.adres, bag, chunk.personen)
        elsewhere += int((~chunk.rijen["lijst"].isin(homes["lijst"])).sum())
        _set_apart(persons, chunk.personen.merge(homes, on="lijst"))
        _set_apart(rows, chunk.rijen.merge(homes, on="lijst"))
    _account(job, tally, reader.report(), elsewhere)
    for number, code in enumerate(bag.book.gemeenten):
        if number in rows.numbers():
            _finish(job, bag, tally, code, persons.take(number), rows.take(number), number)
        else:
            _write(job, code, landing.empty_table(landing.PERSONEN), landing.empty_table(landing.VERBLIJF))
    persons.close()
    rows.close()


def _frames(job: Job) -> Iterator[pd.DataFrame]:
    """The rows of every file, in the order of the files' names: a list may run on into the next."""
    for file in job.files(TABLE):
        for batch in job.typed(file):
            yield batch.frame


def _list(job: Job, rejected: pd.DataFrame) -> None:
    """Count and list what the reader left out; its values are never an A-nummer, BSN or birth date."""
    for (number, column, reason), part in rejected.groupby([FILE, "kolom", "reden"]):
        fault = Fault(reason, column, part[ROW].to_numpy(), tuple(part["waarde"]))
        job.rejects.add(TABLE.name, job.names[int(number)], fault)


def _homes(rows: pd.DataFrame, adres: np.ndarray, bag: Bag, persons: pd.DataFrame) -> pd.DataFrame:
    """lijst, nummer: every gemeente in which a person has a row, by its address or by registration (08.09.10)."""
    if bag.book.linker is None:
        return pd.DataFrame({"lijst": persons["lijst"], "nummer": 0})
    numbers = {code: number for number, code in enumerate(bag.book.gemeenten)}
    registered = pd.DataFrame({"lijst": rows["lijst"], "nummer": rows["gemeente"].map(numbers)}).dropna()
    linked = adres >= 0
    found = pd.DataFrame({"lijst": rows["lijst"][linked], "nummer": bag.book.gemeente(adres[linked])})
    return pd.concat([registered.astype("int64"), found.astype("int64")]).drop_duplicates(ignore_index=True)


def _set_apart(spill: Spill, frame: pd.DataFrame) -> None:
    spill.add(frame.drop(columns="nummer"), frame["nummer"].to_numpy("int64"))


def _account(job: Job, tally: Tally, report: brp.Report, elsewhere: int) -> None:
    """Used = read less rejected, whatever the reason; what the reader remarked goes along as notes."""
    if elsewhere and elsewhere == report.verblijf and job.check:
        tally.notes.append("nobody in it is of a gemeente of this delivery")
    elif elsewhere and elsewhere == report.verblijf:
        raise Refusal(
            f"{', '.join(f.name for f in job.files(TABLE))}, 08.09.10",
            found=f"{report.lijsten} persoonslijsten, none of gemeente {', '.join(job.delivery.gemeenten)}",
            expected="the BRP of the gemeenten in levering.toml",
            do="deliver the right BRP or correct [levering] gemeenten",
        )
    name = job.files(TABLE)[0].name
    if not tally.read and not job.check:
        raise Refusal(name, found="a header without rows", expected="persoonslijsten", do="export it again")
    job.rejects.add_many(TABLE.name, name, ELSEWHERE, elsewhere)
    tally.used = tally.read - sum(job.rejects.of(TABLE.name).values())
    tally.notes.append(f"{report.lijsten} persoonslijsten, {report.bsn} verschillende BSN")
    if report.zelfde_bsn:
        tally.notes.append(f"{report.zelfde_bsn} persoonslijsten delen hun BSN met een andere: niet samengevoegd")
    tally.notes.append(f"{report.onjuist} rijen onjuist (08.84.10), {report.zonder_verblijf} zonder categorie 08")
    tally.notes += [f"{count} x {remark}" for remark, count in report.opmerkingen]


def _finish(
    job: Job, bag: Bag, tally: Tally, code: str, persons: pd.DataFrame, rows: pd.DataFrame, number: int
) -> None:
    """Write one gemeente's persons and residence rows."""
    linker = None if bag.book.linker is None else Linker(bag.linking[number])
    landed_persons, landed_rows = brp.land(persons, rows, linker)
    tally.span(landed_rows["bekend"])
    if linker is not None:
        tally.cover(landed_rows["adres"].to_numpy(), bag.scored[number])
    _write(job, code, landed_persons, landed_rows)


def _write(job: Job, code: str, landed_persons: pd.DataFrame, landed_rows: pd.DataFrame) -> None:
    folder = job.folder / code
    folder.mkdir(parents=True, exist_ok=True)
    landed_persons.to_parquet(folder / "personen.parquet", index=False)
    landed_rows.to_parquet(folder / "verblijf.parquet", index=False)
