"""What a publication says for itself, read from the documents beside its tables (models/published_account.py).

A document that is absent was not made yet, and the page says so. One that is there and cannot be trusted (unreadable,
or a model that is not the one of the manifest) is left out by name: silence about it would hide the fault.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import structlog

from features.columns import Doel
from features.errors import Refusal
from features.register import FEATURES
from models.accountability.facts import Facts
from models.accountability.organisation import Organisation
from models.document import from_json as model_from_json
from models.monitoring import Report
from models.published_account import (
    DECISION,
    FACTS,
    FAIRNESS,
    FIGURES,
    FOLDER,
    MODEL,
    MONITORING,
    Decision,
    FairnessAccount,
    decision_from_json,
    fairness_from_json,
    monitoring_from_json,
)
from models.tables import TableModel
from service.publication import Publication

log = structlog.get_logger()
Found = TypeVar("Found")
Stamps = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class TargetAccount:
    """One target. model None: a cold start, or not published; facts None: training left none behind."""

    doel: Doel
    model: TableModel | None
    facts: Facts | None
    decision: Decision | None


@dataclass(frozen=True, kw_only=True)
class PastStop:
    """A stop that was lifted. van, tot: ISO moments; redenen, motivering: Dutch. By whom stands in the manifest."""

    van: str
    tot: str
    redenen: tuple[str, ...]
    motivering: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Account:
    """faults: the documents that are there and are not shown, by path."""

    doelen: Mapping[Doel, TargetAccount]
    fairness: FairnessAccount | None
    monitoring: Report | None
    faults: tuple[str, ...]


def past_stops(publication: Publication) -> tuple[PastStop, ...]:
    """The stops of a publication that were lifted, the oldest first."""
    try:
        raw = json.loads((publication.folder / "manifest.json").read_text(encoding="utf-8"))
        return tuple(
            PastStop(
                van=str(one.get("sinds", "")),
                tot=str(one.get("opgeheven", "")),
                redenen=tuple(str(reason) for reason in one.get("reden", ())),
                motivering=str(one.get("motivering", "")),
            )
            for one in raw.get("stop_geschiedenis", ())
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return ()


def account_of(publication: Publication) -> Account:
    """Everything that was published; kept until one of the files changes."""
    folder = publication.folder / FOLDER
    files = sorted(file for file in folder.rglob("*.json") if not file.name.startswith("."))
    stamps = tuple((str(file), (at := file.stat()).st_mtime_ns, at.st_size) for file in files)
    expected = tuple((doel, publication.manifest.model(doel).digest) for doel in Doel)
    return _read(folder, stamps, expected)


@lru_cache(maxsize=4)
def _read(folder: Path, _: Stamps, digests: tuple[tuple[Doel, str], ...]) -> Account:
    faults: list[str] = []
    return Account(
        doelen={doel: _target(folder, doel, digest, faults) for doel, digest in digests},
        fairness=_document(folder / FAIRNESS, fairness_from_json, faults),
        monitoring=_document(folder / MONITORING, monitoring_from_json, faults),
        faults=tuple(str(Path(fault).relative_to(folder)) for fault in faults),
    )


def _target(folder: Path, doel: Doel, digest: str, faults: list[str]) -> TargetAccount:
    place = folder / doel.value
    decision = _document(place / DECISION, decision_from_json, faults)
    model = _document(place / MODEL, model_from_json, faults)
    if model is not None and f"sha256:{hashlib.sha256((place / MODEL).read_bytes()).hexdigest()}" != digest:
        log.error("published model is not the one of the manifest", doel=doel.value)
        faults.append(str(place / MODEL))
        model = None
    organisation = decision.organisation if decision else Organisation()
    facts = None if model is None else _facts(place, organisation, faults)
    return TargetAccount(doel=doel, model=model, facts=facts, decision=decision)


def _facts(place: Path, organisation: Organisation, faults: list[str]) -> Facts | None:
    model = (place / MODEL).read_text(encoding="utf-8")
    figures = place / FIGURES
    backtest = figures.read_text(encoding="utf-8") if figures.exists() else None
    return _document(
        place / FACTS,
        lambda text: Facts.stored(model, text, backtest, register=FEATURES, organisation=organisation),
        faults,
    )


def _document(file: Path, read: Callable[[str], Found], faults: list[str]) -> Found | None:
    """What `file` holds; None where it is not, or where it is no such document (then it is among `faults`)."""
    try:
        return read(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, Refusal) as fault:
        log.error("document of account not shown", file=str(file), fault=str(fault))
        faults.append(str(file))
        return None
