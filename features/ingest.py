"""A delivery into the landing: one folder of Parquet per gemeente, written aside and set in place whole.

The landing is skipped when the files, levering.toml, the key and the form of the landing are those it was made with.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

from features.delivery import MANIFEST, Delivery, all_tables
from features.errors import Refusal
from features.ingest_areas import ingest_ranges, ingest_surroundings
from features.ingest_bag import Bag, ingest_bag
from features.ingest_brp import ingest_brp
from features.ingest_rows import ingest_rows
from features.job import Job, Progress, quiet
from features.landing import Landing
from features.rejects import Rejects
from features.reports import FileReport, IngestReport, SourceOff, from_json, to_json
from features.sources.all import SOURCES

VERSION = "1"  # raise it when the landing is written differently
REPORT, REJECTS = "landing.json", "afgekeurd.csv"


def ingest(delivery: Delivery, out: Path, *, key: bytes, progress: Progress = quiet) -> IngestReport:
    """Write the landing of `delivery` to `out`; what stands there is replaced whole, or kept when it is still right.

    key: secret bytes for the pseudonyms. Raises Refusal when BRP or BAG is absent or without ground, or a file cannot
    be used; `out` is untouched then.
    """
    delivery.require_grounds()
    recover(out)
    mark = fingerprint(delivery, key)
    if (standing := read_report(out, mark)) is not None:
        return replace(standing, skipped=True)
    work = aside(out, "bezig")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        report = walk(Job(delivery, work, Rejects(work / REJECTS), key, progress=progress))
        (work / REPORT).write_text(json.dumps({"mark": mark, "report": json.loads(to_json(report))}, indent=1))
        set_in_place(work, out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return report


def walk(job: Job) -> IngestReport:
    """Every source of the delivery into `job.folder`, in the order in which one needs the other.

    Without a BAG (a `check` job only) nothing is linked, and all goes into one gemeente called `onbekend`.
    """
    bag = ingest_bag(job)
    ingest_rows(job, bag)
    ingest_ranges(job, bag)
    ingest_surroundings(job, bag)
    ingest_brp(job, bag)
    return report_of(job, bag)


def report_of(job: Job, bag: Bag) -> IngestReport:
    """The counts of a finished job."""
    delivery = job.delivery
    read = [t for t in all_tables() if job.files(t)]
    digests = delivery.digests
    return IngestReport(
        gemeenten=bag.book.gemeenten,
        peildatum=delivery.peildatum,
        grants=delivery.grants,
        files=tuple(FileReport(name=n, sha256=d, rows=job.rows[n]) for n, d in digests.items()),
        tables=tuple(job.report(t, bag.total_scored) for t in read),
        off=sources_off(delivery),
        adressen={code: int(s.sum()) for code, s in zip(bag.book.gemeenten, bag.scored, strict=True)},
    )


def sources_off(delivery: Delivery) -> tuple[SourceOff, ...]:
    """Sources that are not used: not delivered, or without a ground."""
    off = []
    for source in SOURCES:
        if not delivery.has(source):
            off.append(SourceOff(source=source, reason="niet geleverd"))
        elif delivery.grant(source) is None:
            off.append(SourceOff(source=source, reason=f"geen grondslag of doel in {MANIFEST}: wordt niet gelezen"))
    return tuple(off)


def fingerprint(delivery: Delivery, key: bytes) -> str:
    """Digest of all that the landing depends on; the key only by a keyed hash."""
    parts = {
        "version": VERSION,
        "manifest": hashlib.sha256(delivery.manifest).hexdigest(),
        "files": delivery.digests,
        "key": hmac.new(key, b"landing", "sha256").hexdigest(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read_report(out: Path, mark: str | None = None) -> IngestReport | None:
    """The report of the landing at `out`; None when there is none, or it was made of something else than `mark`."""
    path = out / REPORT
    if not path.exists():
        return None
    document = json.loads(path.read_text())
    if mark is not None and document["mark"] != mark:
        return None
    return from_json(json.dumps(document["report"]))


def open_landings(out: Path) -> list[Landing]:
    """The gemeenten of the landing at `out` that have addresses, by code; raises Refusal when there is no landing."""
    recover(out)
    report = read_report(out)
    if report is None:
        raise Refusal(str(out), found="no landing", expected=f"a folder with {REPORT}", do="read the delivery first")
    return [Landing(out / code, code, report.grants) for code, scored in sorted(report.adressen.items()) if scored]


def aside(out: Path, name: str) -> Path:
    """A folder beside `out`, on the same disk."""
    return out.with_name(f".{out.name}.{name}")


def set_in_place(work: Path, out: Path) -> None:
    """Rename `work` to `out`; a landing that stood there is removed after that."""
    old = aside(out, "vorige")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        os.replace(out, old)
    os.replace(work, out)
    shutil.rmtree(old, ignore_errors=True)


def recover(out: Path) -> None:
    """Undo a run that was killed between the two renames: the last good landing comes back."""
    old = aside(out, "vorige")
    if old.exists() and not out.exists():
        os.replace(old, out)
