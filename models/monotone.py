"""Declared directions hold on the tables themselves: checked when a model is loaded, enforced when it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from features.errors import Refusal
from models.tables import Floats, TableModel, Term

SLACK = 1e-9  # rounding of sums of tables


def breaches(term: Term, directions: dict[str, int]) -> tuple[str, ...]:
    """The features of `term` along which its cells go against the declared direction (missing and unknown left out)."""
    wrong = []
    for axis, name in enumerate(term.features):
        steps = np.diff(_inner(term.scores, axis), axis=axis) * directions.get(name, 0)
        if (steps < -SLACK).any():
            wrong.append(name)
    return tuple(wrong)


def require_directions(model: TableModel) -> None:
    """Refuse a model whose tables break a direction it declares."""
    directions = dict(model.directions)
    for term in model.terms:
        wrong = breaches(term, directions)
        if wrong:
            raise Refusal(
                f"model {model.doel}, term {term.name}",
                found=f"points that go against the declared direction of {', '.join(wrong)}",
                expected="every declared direction to hold",
                do="train the model again; do not edit its tables by hand",
            )


def straightened(terms: Iterable[Term], directions: dict[str, int]) -> tuple[Term, ...]:
    """The terms with every declared direction holding.

    Along an axis: the mean of the running maximum from below and the running minimum from above. Each of the two is
    monotone and keeps what another axis already has, so their mean is monotone in all axes; a table that already keeps
    to its directions is returned unchanged.
    """
    return tuple(_straight(term, directions) if breaches(term, directions) else term for term in terms)


def _straight(term: Term, directions: dict[str, int]) -> Term:
    low, high = term.scores.copy(), term.scores.copy()
    for axis, name in enumerate(term.features):
        direction = directions.get(name, 0)
        if direction:
            _run(low, axis, np.maximum, upward=direction > 0)
            _run(high, axis, np.minimum, upward=direction < 0)
    return replace(term, scores=(low + high) / 2)


def _run(scores: Floats, axis: int, extreme: np.ufunc, *, upward: bool) -> None:
    """The running extreme along the numbered cells of an axis, in place, from low to high or from high to low."""
    inner = _inner(scores, axis)
    view = inner if upward else np.flip(inner, axis=axis)
    view[...] = extreme.accumulate(view, axis=axis)


def _inner(scores: Floats, axis: int) -> Floats:
    """The cells between missing and unknown along an axis (a view)."""
    return scores[(slice(None),) * axis + (slice(1, -1),)]
