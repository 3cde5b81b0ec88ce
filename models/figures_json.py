"""The figures and facts of a training run as the registry keeps them: `cijfers.json` and `feiten.json`.

From these two and the model's own document everything that accounts for the model is made (models/accountability), so
no number is typed twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.figures import Backtest
from models.records_json import read, written

FIGURES_FILE, FACTS_FILE = "cijfers.json", "feiten.json"
FIGURES_SCHEMA, FACTS_SCHEMA = "schijnwerper/cijfers/1", "schijnwerper/feiten/1"


@dataclass(frozen=True, kw_only=True)
class RunFacts:
    """What a training run says of itself beside its figures.

    labels, positives: outcomes learned from; light: unlabelled addresses that weighed lightly as negatives; drawn,
    found: of the random stream. strength: of the prior; belief: share of the learned correction that was kept (0-1).
    trained_as_of: ISO date. sha256: of the model's document. version: "" until it is registered (who reads the facts
    back from the registry fills it in). recipe: (ingredient, value). data: (file, SHA-256) of the delivery.
    grounds: (source, ground, retention in months; 0 = not stated). gemeenten: codes. model: the kind of model.
    """

    doel: str
    name: str
    version: str
    sha256: str
    run_id: str
    trained_as_of: str
    register: str
    code_version: str
    seed: int
    labels: int
    positives: int
    light: int
    drawn: int
    found: int
    strength: float
    belief: float
    recipe: tuple[tuple[str, str], ...] = ()
    gemeenten: tuple[str, ...] = ()
    grounds: tuple[tuple[str, str, int], ...] = ()
    data: tuple[tuple[str, str], ...] = ()


def to_json(backtest: Backtest) -> str:
    """`cijfers.json`."""
    return written(backtest, FIGURES_SCHEMA)


def from_json(text: str) -> Backtest:
    """The figures of `cijfers.json`; raises Refusal for any other document."""
    return read(Backtest, text, FIGURES_SCHEMA)


def facts_to_json(facts: RunFacts) -> str:
    """`feiten.json`."""
    return written(facts, FACTS_SCHEMA)


def facts_from_json(text: str) -> RunFacts:
    """The facts of `feiten.json`; raises Refusal for any other document."""
    return read(RunFacts, text, FACTS_SCHEMA)
