"""The bounds a model must keep to before it may score anybody: sizes, points, known features, declared directions.

`document.py` sees to the form; this sees to the sense. An approved digest already says that nobody changed a byte; this
says that what was approved can be a model of ours at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from features.columns import Doel, Feature
from features.errors import Refusal
from models.monotone import require_directions
from models.tables import TableModel, Term

DOCUMENT_BYTES = 32 * 2**20  # larger is not even parsed; 125 features with pairs take about 1 MiB
TERMS = 1_000
CELLS = 100_000  # of one term
POINTS = 50.0  # |log-odds| of one cell or of the base: odds of 1 to 10^21, beyond any calibration


def require_size(document: bytes, place: str) -> None:
    """Refuse a document too large to be one of ours, before it is parsed."""
    if len(document) > DOCUMENT_BYTES:
        raise _refusal(place, f"a document of {len(document):,} bytes", f"at most {DOCUMENT_BYTES:,}")


def require_bounds(model: TableModel, features: Sequence[Feature], place: str) -> None:
    """Refuse a model that breaks a bound. features: of this register, with the derived ones. place: for the message."""
    if not model.terms or len(model.terms) > TERMS:
        raise _refusal(place, f"{len(model.terms)} terms", f"1 to {TERMS}")
    if not abs(model.base) <= POINTS:
        raise _refusal(place, f"a base of {model.base:g}", f"at most {POINTS:g} either way")
    for term in model.terms:
        _require_term(term, place)
    known = {feature.name: feature for feature in features}
    unknown = [name for name in model.features if name not in known]
    if unknown:
        raise _refusal(place, f"unknown term {', '.join(unknown[:5])}", "features of this register alone")
    doel = Doel(model.doel)
    for name, sign in model.directions:
        if name not in known or known[name].direction(doel) != sign:
            raise _refusal(place, f"direction {sign:+d} of {name}", "the directions that the register declares")
    require_directions(model)


def _require_term(term: Term, place: str) -> None:
    if term.scores.size > CELLS:
        raise _refusal(f"{place}, term {term.name}", f"{term.scores.size:,} cells", f"at most {CELLS:,}")
    largest = float(np.abs(term.scores).max())
    if not largest <= POINTS:
        raise _refusal(f"{place}, term {term.name}", f"a cell of {largest:g}", f"at most {POINTS:g} either way")


def _refusal(place: str, found: str, expected: str) -> Refusal:
    return Refusal(place, found=found, expected=expected, do="train again, and find out where it came from")
