"""Rows of the audit log for elsewhere: JSON and CSV, under the names of the table and with nobody's name in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from service.logs.read import Regel

COLUMNS = (
    "nr", "tijd", "persoon", "rollen", "handeling", "object_soort", "object_id", "resultaat", "herkomst", "trace_id",
    "bijzonderheden", "aantal", "hash",
)  # fmt: skip


def told(row: Regel) -> dict[str, Any]:
    """A row under the names of the table."""
    values = asdict(row) | {
        "tijd": row.tijd.isoformat(),
        "rollen": ",".join(row.rollen),
        "resultaat": row.resultaat.value,
        "bijzonderheden": dict(row.bijzonderheden),
    }
    return {name: values[name] for name in COLUMNS}


def csv_rows(rows: Iterable[Regel]) -> Iterator[tuple[Any, ...]]:
    """A heading and a line per row; `'` before what a spreadsheet would take for a formula."""
    yield COLUMNS
    for row in rows:
        yield tuple(_cell(value) for value in told(row).values())


def _cell(value: Any) -> Any:
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
    return "'" + shown if isinstance(shown, str) and shown[:1] in {"=", "+", "-", "@"} else shown
