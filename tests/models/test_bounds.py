"""Every bound of a model that may score: broken one at a time, on a model that is fine otherwise."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from features.errors import Refusal
from features.register import FEATURES
from models import bounds
from models.bounds import require_bounds
from models.derived import spoken_of
from models.document import to_json
from models.registry import checked
from models.tables import TableModel, Term
from tests.models.trained_made_up import table_model

GOOD = table_model("spookbewoning")
MAIN, PAIR = GOOD.terms
KNOWN = spoken_of(FEATURES)


def with_main(term: Term) -> TableModel:
    return replace(GOOD, terms=(term, PAIR))


def test_a_model_within_its_bounds_passes() -> None:
    require_bounds(GOOD, KNOWN, "model x")


@pytest.mark.parametrize(
    ("model", "found"),
    [
        (replace(GOOD, terms=()), "0 terms"),
        (replace(GOOD, base=51.0), "a base of 51"),
        (replace(GOOD, base=float("nan")), "a base of nan"),
        (with_main(replace(MAIN, scores=np.array([0.25, -1.0, 1.0, 50.5]))), "a cell of 50.5"),
        (with_main(replace(MAIN, scores=np.array([float("nan"), -1.0, 1.0, 0.0]))), "a cell of nan"),
        (with_main(replace(MAIN, features=("nationaliteit",))), "unknown term nationaliteit"),
        (replace(GOOD, directions=((GOOD.directions[0][0], -GOOD.directions[0][1]),)), "direction"),
        (replace(GOOD, directions=((PAIR.features[1], 1),)), "direction"),
        (with_main(replace(MAIN, scores=-MAIN.scores)), "against the declared direction"),
    ],
)
def test_a_broken_bound_is_refused(model: TableModel, found: str) -> None:
    with pytest.raises(Refusal, match=found):
        require_bounds(model, KNOWN, "model x")


def test_absurd_numbers_of_terms_and_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "CELLS", 19)
    with pytest.raises(Refusal, match="20 cells"):
        require_bounds(GOOD, KNOWN, "model x")
    monkeypatch.setattr(bounds, "TERMS", 1)
    with pytest.raises(Refusal, match="2 terms"):
        require_bounds(GOOD, KNOWN, "model x")


def test_an_absurd_size_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = to_json(GOOD).encode()
    digest = hashlib.sha256(text).hexdigest()
    assert to_json(checked(text, digest, "model x")).encode() == text
    monkeypatch.setattr(bounds, "DOCUMENT_BYTES", len(text) - 1)
    monkeypatch.setattr("models.registry.from_json", lambda _: pytest.fail("it was parsed"))
    with pytest.raises(Refusal, match=f"{len(text):,} bytes"):
        checked(text, digest, "model x")


def test_an_unknown_term_is_refused_even_with_its_digest_approved() -> None:
    text = to_json(with_main(replace(MAIN, features=("nationaliteit",))))
    with pytest.raises(Refusal, match="nationaliteit"):
        checked(text.encode(), hashlib.sha256(text.encode()).hexdigest(), "model x")
