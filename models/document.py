"""A table model as JSON, and back. Plain numbers and words only: reading a document can execute nothing.

Numbers are written so that they come back bit for bit. Whatever is not exactly such a document is refused.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from features.columns import Doel
from features.errors import Refusal
from models.monotone import require_directions
from models.tables import Calibration, Floats, TableModel, Term

SCHEMA = "schijnwerper/tabelmodel/1"
KEYS = {
    "schema",
    "doel",
    "register",
    "getraind_tot",
    "uitleg",
    "basis",
    "kalibratie",
    "richtingen",
    "kenmerken",
    "termen",
}
EXPLANATION = (
    "Score (log-odds) = basis + per term the score of the cell in which the address falls. Cells per feature: missing, "
    "then from low to high between the borders (grenzen; a value on a border belongs to the upper cell), then unknown. "
    "kans = 1 / (1 + exp(-score)). Calibration is already in the numbers."
)


def to_json(model: TableModel) -> str:
    """The document: indented, one term after another; equal models give equal text."""
    document = {
        "schema": SCHEMA,
        "doel": model.doel,
        "register": model.register,
        "getraind_tot": model.trained_as_of,
        "uitleg": EXPLANATION,
        "basis": model.base,
        "kalibratie": {
            "helling": model.calibration.slope,
            "snijpunt": model.calibration.intercept,
            "prevalentie": _number_or_none(model.calibration.prevalence),
            "prevalentie_se": _number_or_none(model.calibration.prevalence_se),
            "gebaseerd_op": model.calibration.based_on,
        },
        "richtingen": dict(model.directions),
        "kenmerken": list(model.features),
        "termen": [
            {
                "kenmerken": list(term.features),
                "grenzen": [cut.tolist() for cut in term.cuts],
                "scores": term.scores.tolist(),
            }
            for term in model.terms
        ],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def from_json(text: str) -> TableModel:
    """The model of a document; raises Refusal for anything else, and where a declared direction does not hold."""
    try:
        document = json.loads(text, parse_constant=_no_constant)
        model = _model(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _refusal(f"{type(error).__name__}: {error}") from None
    require_directions(model)
    return model


def _model(document: Any) -> TableModel:
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise _refusal("another schema" if isinstance(document, dict) else type(document).__name__)
    if set(document) != KEYS:
        raise _refusal(f"keys that differ: {', '.join(sorted(set(document) ^ KEYS))}")
    calibration = document["kalibratie"]
    terms = tuple(_term(term) for term in _list(document["termen"]))
    names = [term.features for term in terms]
    if len(set(names)) != len(names):
        raise _refusal("a term that occurs twice")
    model = TableModel(
        doel=Doel(document["doel"]).value,
        base=_number(document["basis"]),
        terms=terms,
        directions=tuple((_text(name), _direction(sign)) for name, sign in document["richtingen"].items()),
        register=_text(document["register"]),
        trained_as_of=_text(document["getraind_tot"]),
        calibration=Calibration(
            slope=_number(calibration["helling"]),
            intercept=_number(calibration["snijpunt"]),
            prevalence=_number(calibration["prevalentie"], nullable=True),
            prevalence_se=_number(calibration["prevalentie_se"], nullable=True),
            based_on=_text(calibration["gebaseerd_op"]),
        ),
    )
    if list(model.features) != document["kenmerken"]:
        raise _refusal("a list of features that is not that of the terms")
    return model


def _term(entry: Any) -> Term:
    return Term(
        features=tuple(_text(name) for name in _list(entry["kenmerken"])),
        cuts=tuple(_cuts(cut) for cut in _list(entry["grenzen"])),
        scores=_array(entry["scores"]),
    )


def _cuts(values: Any) -> Floats:
    cuts = _array(values)
    if cuts.ndim != 1 or (np.diff(cuts) <= 0).any():
        raise _refusal("borders that do not ascend")
    return cuts


def _array(values: Any) -> Floats:
    cells = np.array(values, dtype=object).ravel()
    if any(isinstance(cell, bool) or not isinstance(cell, int | float) for cell in cells):
        raise _refusal("a cell that is not a number")
    numbers = np.array(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise _refusal("a number that is not finite")
    return numbers


def _number(value: Any, *, nullable: bool = False) -> float:
    if nullable and value is None:
        return float("nan")
    return float(_array([value])[0])


def _number_or_none(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _direction(value: Any) -> int:
    if value not in (-1, 1):
        raise _refusal(f"direction {value!r}")
    return int(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _refusal(f"{value!r} where a list belongs")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _refusal(f"{value!r} where text belongs")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _refusal(found: str) -> Refusal:
    return Refusal(
        "model document",
        found=found,
        expected=f"a document of schema {SCHEMA}",
        do="take the model from the registry again, or train it again",
    )
