"""The feature table: one row per scored adresseerbaar object, one float64 column per declared feature."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features.columns import Doel
from features.errors import Refusal

if TYPE_CHECKING:
    from features.landing import Landing, Sources

KEYS = ("gemeente", "adresseerbaarobject_identificatie", "adres")
HEADER = b"schijnwerper"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What levering.toml says of one source: the ground on which, and the targets for which, it may be used."""

    source: str
    grondslag: str
    doelen: tuple[Doel, ...]
    bewaartermijn_maanden: int = 0


@dataclass(frozen=True, kw_only=True)
class FeatureTable:
    """Features of one gemeente at one as-of date.

    identificatie: str Series, length n (scored addresses only), in the order of `adressen`.
    adres: int32 Series, the row of each in the landing table `adressen`.
    frame: n x k float64, columns in the order of `register.FEATURES`; NaN = unknown or the source is absent.
    grants: the sources that were read; a feature may serve a target only where all its sources are granted for it.
    version: digest of the register (names, directions, groups) with which it was built.
    """

    gemeente: str
    as_of: date
    identificatie: pd.Series
    adres: pd.Series
    frame: pd.DataFrame
    grants: tuple[Grant, ...]
    version: str


def build(landing: Landing, as_of: date) -> FeatureTable:
    """The features of a gemeente as known on `as_of`."""
    return of_sources(landing.at(as_of))


def of_sources(sources: Sources) -> FeatureTable:
    """The features of what is known; every declared feature is a column, whether or not its source is there."""
    from features.groups.all import GROUPS
    from features.register import FEATURES, version

    rows = np.flatnonzero(sources.adressen["gescoord"].to_numpy(dtype=bool))
    parts = [group(sources) for group in GROUPS]
    found = {name: part[name].to_numpy(dtype=np.float64)[rows] for part in parts for name in part.columns}
    unknown = np.full(len(rows), np.nan)
    frame = pd.DataFrame({feature.name: found.get(feature.name, unknown) for feature in FEATURES})
    return FeatureTable(
        gemeente=sources.gemeente,
        as_of=sources.as_of,
        identificatie=sources.adressen["identificatie"].iloc[rows].reset_index(drop=True),
        adres=pd.Series(rows.astype(np.int32)),
        frame=frame,
        grants=sources.grants,
        version=version(),
    )


def write(tables: Iterable[FeatureTable], path: Path) -> int:
    """Write tables of one as-of date as one Parquet file, a row group each; returns the number of rows."""
    writer: pq.ParquetWriter | None = None
    rows = 0
    try:
        for table in tables:
            keys = {KEYS[0]: table.gemeente, KEYS[1]: table.identificatie, KEYS[2]: table.adres}
            data = pa.Table.from_pandas(pd.DataFrame(keys).join(table.frame), preserve_index=False)
            data = data.replace_schema_metadata({HEADER: _header(table)})
            writer = writer or pq.ParquetWriter(path, data.schema, compression="zstd")
            writer.write_table(data)
            rows += len(table.frame)
    finally:
        if writer is not None:
            writer.close()
    return rows


def read(path: Path, expected: str) -> tuple[FeatureTable, ...]:
    """The tables that `write` wrote. Raises Refusal for another file, or one of another version of the register."""
    try:
        data = pq.read_table(path)
        header = json.loads((data.schema.metadata or {})[HEADER])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError) as fault:
        raise Refusal(
            str(path), found=f"{type(fault).__name__}", expected="a feature file", do="build it: schijnwerper build"
        ) from fault
    if header["version"] != expected:
        raise Refusal(
            str(path),
            found=f"features of register {header['version']}",
            expected=f"register {expected}",
            do="build the features again with this version",
        )
    frame = data.to_pandas()
    grants = tuple(Grant(**{**grant, "doelen": tuple(map(Doel, grant["doelen"]))}) for grant in header["grants"])
    return tuple(
        FeatureTable(
            gemeente=str(gemeente),
            as_of=date.fromisoformat(header["as_of"]),
            identificatie=part[KEYS[1]].astype("str").reset_index(drop=True),
            adres=part[KEYS[2]].reset_index(drop=True),
            frame=part.drop(columns=list(KEYS)).reset_index(drop=True),
            grants=grants,
            version=header["version"],
        )
        for gemeente, part in frame.groupby(KEYS[0], sort=False)
    )


def _header(table: FeatureTable) -> bytes:
    grants = [asdict(grant) for grant in table.grants]
    return json.dumps({"version": table.version, "as_of": table.as_of.isoformat(), "grants": grants}).encode()
