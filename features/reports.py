"""What reading a delivery gives besides the landing: counts per table, routes, coverage, and what was left out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from features.columns import Doel
from features.table import Grant


@dataclass(frozen=True, kw_only=True)
class TableReport:
    """One table of a delivery, over all its files and gemeenten. read = used + the sum of `rejected`.

    routes: rows per way of linking. coverage: share of the scored addresses that have a row (NaN = not per address).
    period: first and last day of knowledge (ISO), or None. outside: rows of other gemeenten in a file that covers
    more than the delivery; they were not read.
    """

    table: str
    source: str
    files: tuple[str, ...]
    read: int
    used: int
    rejected: Mapping[str, int] = field(default_factory=dict)
    routes: Mapping[str, int] = field(default_factory=dict)
    coverage: float = math.nan
    period: tuple[str, str] | None = None
    outside: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """One file as it was read."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class SourceOff:
    """A source that is not used, and why."""

    source: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class IngestReport:
    """All of it. skipped: the landing was already there for exactly these files, this levering.toml and this key."""

    gemeenten: tuple[str, ...]
    peildatum: date | None
    grants: tuple[Grant, ...]
    files: tuple[FileReport, ...]
    tables: tuple[TableReport, ...]
    off: tuple[SourceOff, ...]
    adressen: Mapping[str, int]  # gemeente -> scored addresses
    skipped: bool = False


def to_json(report: object) -> str:
    """A report dataclass as JSON; NaN becomes null."""
    return json.dumps(_plain(asdict(report)), indent=1, ensure_ascii=False, default=str)  # type: ignore[call-overload]


def from_json(text: str) -> IngestReport:
    """The IngestReport that `to_json` wrote."""
    raw = json.loads(text)
    tables = [{**t, "coverage": math.nan if t["coverage"] is None else t["coverage"]} for t in raw["tables"]]
    return IngestReport(
        gemeenten=tuple(raw["gemeenten"]),
        peildatum=None if raw["peildatum"] is None else date.fromisoformat(raw["peildatum"]),
        grants=tuple(_grant(g) for g in raw["grants"]),
        files=tuple(FileReport(**f) for f in raw["files"]),
        tables=tuple(_table(t) for t in tables),
        off=tuple(SourceOff(**o) for o in raw["off"]),
        adressen=raw["adressen"],
        skipped=raw["skipped"],
    )


def _grant(raw: dict[str, Any]) -> Grant:
    return Grant(**{**raw, "doelen": tuple(Doel(d) for d in raw["doelen"])})


def _table(raw: dict[str, Any]) -> TableReport:
    period = None if raw["period"] is None else (raw["period"][0], raw["period"][1])
    return TableReport(**{**raw, "files": tuple(raw["files"]), "notes": tuple(raw["notes"]), "period": period})


def _plain(value: Any) -> Any:
    """JSON has no NaN."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
