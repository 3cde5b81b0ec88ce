"""Shares and regions as JSON: readable by every gemeente that is asked to give one. Plain numbers and words only."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from features.columns import Doel
from features.errors import Refusal
from models.region import Counted, Region, Share, join
from models.tables import Term

SHARE, REGION = "schijnwerper/aandeel/1", "schijnwerper/regio/1"
LARGEST = 10_000  # cells, and the most that a score or a count may be
EXPLANATION = (
    "Tables of one gemeente, without persons or addresses. Per feature: borders (grenzen), the score of each cell in "
    "log-odds (missing, then low to high, then unknown) and the rounded number of labels each rests on (at least 10, "
    "else cells were joined)."
)
T = TypeVar("T")


def share_to_json(share: Share) -> str:
    """The document of one share; equal shares give equal text."""
    return json.dumps({"schema": SHARE, "uitleg": EXPLANATION, **_share(share)}, indent=1, allow_nan=False) + "\n"


def region_to_json(region: Region) -> str:
    """The document of a region: its shares, from which the joined tables follow exactly."""
    shares = [_share(share) for share in region.shares]
    return json.dumps({"schema": REGION, "uitleg": EXPLANATION, "aandelen": shares}, indent=1, allow_nan=False) + "\n"


def share_from_json(text: str, place: str) -> Share:
    """The share of a document; raises Refusal, naming `place`, for anything else."""
    return _read(text, place, SHARE, _share_of)


def region_from_json(text: str, place: str) -> Region:
    """The region of a document, joined anew; raises Refusal, naming `place`, for anything else."""
    return _read(text, place, REGION, lambda document: join([_share_of(one) for one in document["aandelen"]]))


def _share(share: Share) -> dict[str, Any]:
    return {
        "doel": share.doel,
        "gemeente": share.gemeente,
        "ronde": share.round,
        "register": share.register,
        "peildatum": share.peildatum,
        "labels": share.labels,
        "positief": share.positives,
        "tabellen": [
            {
                "kenmerk": table.feature,
                "grenzen": table.term.cuts[0].tolist(),
                "scores": table.term.scores.tolist(),
                "labels": table.labels.tolist(),
            }
            for table in share.tables
        ],
    }


def _read(text: str, place: str, schema: str, of: Callable[[dict[str, Any]], T]) -> T:
    try:
        document = json.loads(text, parse_constant=_no_constant)
        if not isinstance(document, dict) or document.get("schema") != schema:
            raise ValueError("another schema")
        return of(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise Refusal(
            place,
            found=f"{type(fault).__name__}: {fault}",
            expected=f"a document of schema {schema}",
            do="ask for it again",
        ) from None


def _share_of(document: dict[str, Any]) -> Share:
    tables = tuple(_table(entry) for entry in document["tabellen"])
    if len({table.feature for table in tables}) != len(tables):
        raise ValueError("a feature that occurs twice")
    return Share(
        doel=Doel(document["doel"]).value,
        gemeente=str(document["gemeente"]),
        round=_count(document["ronde"]),
        register=str(document["register"]),
        peildatum=str(document["peildatum"]),
        labels=_count(document["labels"]),
        positives=_count(document["positief"]),
        tables=tables,
    )


def _table(entry: dict[str, Any]) -> Counted:
    cuts, scores, labels = (_numbers(entry[name]) for name in ("grenzen", "scores", "labels"))
    if (np.diff(cuts) <= 0).any() or len(scores) != len(labels) or (labels < 0).any():
        raise ValueError("borders that do not ascend, or counts that do not fit")
    return Counted(term=Term(features=(str(entry["kenmerk"]),), cuts=(cuts,), scores=scores), labels=labels)


def _numbers(values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    if not isinstance(values, list) or len(values) > LARGEST:
        raise ValueError("no list of numbers")
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
        raise ValueError("a cell that is not a number")
    numbers = np.array(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("a number that is not finite")
    return numbers


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} where a count belongs")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")
