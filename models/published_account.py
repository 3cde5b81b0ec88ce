"""What a publication accounts for, as documents beside its tables: the contract between scoring run and service.

`publicaties/<run_id>/verantwoording/` holds per target the model's own document, the facts of its training, its figures
and who let it in; with them, once they were measured on this publication, the reports on fairness and monitoring. The
first appear with the publication, whole or not at all, and stand in its manifest with their SHA-256; the reports come
later, each replaced as a whole. Figures and texts alone: no address, no person, no handler.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.accountability.organisation import Organisation
from models.fairness import FairnessReport
from models.fairness_bounds import FairnessBounds
from models.figures import Backtest
from models.monitoring import Report
from models.records_json import read, written

FOLDER = "verantwoording"
LISTED = "verantwoording"  # key in the manifest: path within FOLDER -> SHA-256
MODEL, FACTS, FIGURES, DECISION = "model.json", "feiten.json", "cijfers.json", "besluit.json"  # per target
FAIRNESS, MONITORING = "eerlijkheid.json", "bewaking.json"
DECISION_SCHEMA, FAIRNESS_SCHEMA = "schijnwerper/besluit/1", "schijnwerper/eerlijkheid/1"
MONITORING_SCHEMA = "schijnwerper/bewaking/1"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who answers for the model, and whether two people let it in. Who they are stands in the record of approvals.

    approved_at: ISO moment, "" for a trial; version: in the registry.
    """

    version: str
    approved: bool
    approved_at: str
    organisation: Organisation


@dataclass(frozen=True, kw_only=True)
class FairnessAccount:
    """The reports of all targets, as measured on one publication under these bounds. made: ISO moment."""

    run_id: str
    made: str
    reports: tuple[FairnessReport, ...]
    bounds: FairnessBounds


def decision_to_json(decision: Decision) -> str:
    """`besluit.json`."""
    return written(decision, DECISION_SCHEMA)


def decision_from_json(text: str) -> Decision:
    """Raises Refusal for any other document."""
    return read(Decision, text, DECISION_SCHEMA)


def fairness_to_json(account: FairnessAccount) -> str:
    """`eerlijkheid.json`."""
    return written(account, FAIRNESS_SCHEMA)


def fairness_from_json(text: str) -> FairnessAccount:
    """Raises Refusal for any other document."""
    return read(FairnessAccount, text, FAIRNESS_SCHEMA)


def monitoring_to_json(report: Report) -> str:
    """`bewaking.json`."""
    return written(report, MONITORING_SCHEMA)


def monitoring_from_json(text: str) -> Report:
    """Raises Refusal for any other document."""
    return read(Report, text, MONITORING_SCHEMA)


def without_handlers(figures: Backtest) -> Backtest:
    """The figures without the effect of each handler: how much handlers differ is told, who differs is not."""
    if figures.handlers is None:
        return figures
    return replace(figures, handlers=replace(figures.handlers, effects=()))
