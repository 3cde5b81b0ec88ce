"""Tiny persoonslijsten for tests: rows by field, as the typed reader would give them, and the landing made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from features.job import FILE, ROW
from features.rawfile import RawFile
from features.sources.brp import PERSOONSLIJSTEN, Chunk, Reader, land
from features.typed import typed

FIELDS = [c.target for c in PERSOONSLIJSTEN.columns]
KEY = b"test key"
TEST_SET = ("brp_gbav_testset", "20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv")


def frame(rows: Iterable[dict[str, str]]) -> pd.DataFrame:
    """Rows of the file, newest first within a list; fields that are not given are empty."""
    return pd.DataFrame([{**dict.fromkeys(FIELDS, ""), **row} for row in rows], columns=FIELDS).astype("str")


def person(number: int, *rows: dict[str, str], **fields: str) -> list[dict[str, str]]:
    """One list: `fields` of the person stand on its first row."""
    ids = {"lijst": f"L{number}", "a_nummer": f"{1000000000 + number}", "bsn": f"{900000000 + number}", "geheim": "0"}
    first, *rest = rows
    return [{**ids, "geboortedatum": "19800615", **fields, **first}, *rest]


def home(van: str, *, bekend: str = "", functie: str = "W", aangifte: str = "I", **more: str) -> dict[str, str]:
    """A row of category 08 with a residence, recorded the day it began unless said otherwise."""
    return {"functie": functie, "aanvang": van, "aangifte": aangifte, "opgenomen": bekend or van, **more}


def abroad(van: str, land_code: str = "5010", *, bekend: str = "", **more: str) -> dict[str, str]:
    """A row of category 08 with a departure."""
    return {"vertrek_van": van, "vertrek_land": land_code, "opgenomen": bekend or van, **more}


def read(*batches: pd.DataFrame) -> tuple[Reader, pd.DataFrame, pd.DataFrame, list[Chunk]]:
    """The reader after use, all persons, all rows, and the chunks."""
    reader = Reader(key=KEY)
    chunks = list(reader.read(batches))
    persons = pd.concat([c.personen for c in chunks], ignore_index=True)
    return reader, persons, pd.concat([c.rijen for c in chunks], ignore_index=True), chunks


def landed(*lists: list[dict[str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """personen and verblijf of these lists, without a BAG."""
    _, persons, rows, _ = read(frame(row for rows in lists for row in rows))
    return land(persons, rows, None)


def batches(path: Path) -> Iterator[pd.DataFrame]:
    """A file as the ingest gives it to the reader."""
    for raw in RawFile(path, path.name, PERSOONSLIJSTEN).batches():
        batch = typed(PERSOONSLIJSTEN, raw, path.name)
        yield batch.frame.assign(**{FILE: 0, ROW: batch.rows})
