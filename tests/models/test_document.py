"""The model as a document: comes back bit for bit, is refused when anything is off, and cannot execute anything."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import models.document
from features.errors import Refusal
from models.document import from_json, to_json
from models.tables import Calibration, TableModel, Term


def _model(scores: list[float] | None = None) -> TableModel:
    return TableModel(
        doel="schijnbewoning",
        base=-3.1,
        terms=(
            Term(features=("a",), cuts=(np.array([0.1]),), scores=np.array(scores or [0.0, 0.1, 0.3, 0.0])),
            Term(features=("a", "b"), cuts=(np.array([0.1]), np.array([])), scores=np.full((4, 3), 1 / 3)),
        ),
        directions=(("a", 1),),
        register="r1",
        trained_as_of="2026-10-01",
        calibration=Calibration(slope=0.9, intercept=-1.0, prevalence=0.01, prevalence_se=0.002, based_on="x"),
    )


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=2).map(sorted))
def test_every_number_comes_back_bit_for_bit(cells: list[float]) -> None:
    model = _model([cells[0], cells[0], cells[1], 0.0])
    back = from_json(to_json(model))
    assert to_json(back) == to_json(model)
    assert all(np.array_equal(a.scores, b.scores) for a, b in zip(back.terms, model.terms, strict=True))
    assert (back.base, back.directions, back.register) == (model.base, model.directions, model.register)
    assert back.calibration == model.calibration


def _changed(path: list[Any], value: Any) -> str:
    document = json.loads(to_json(_model()))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "schijnwerper/tabelmodel/2"),
        (["doel"], "iets anders"),
        (["basis"], "-3.1"),
        (["basis"], None),
        (["basis"], True),
        (["basis"], float("nan")),
        (["extra"], 1),
        (["kenmerken"], ["b", "a"]),
        (["richtingen", "a"], 2),
        (["termen", 0, "scores"], [0.0, 0.1, 0.3]),
        (["termen", 0, "scores"], [0.0, 0.1, "0.3", 0.0]),
        (["termen", 0, "scores"], [0.0, 0.1, float("inf"), 0.0]),
        (["termen", 0, "scores"], [0.0, [0.1], 0.3, 0.0]),
        (["termen", 0, "grenzen"], [[0.2, 0.1]]),
        (["termen", 0, "kenmerken"], "a"),
        (["termen", 0, "kenmerken"], [7]),
        (["termen", 1, "kenmerken"], ["a"]),
        (["termen"], {"a": 1}),
        (["kalibratie"], []),
    ],
)
def test_whatever_is_not_exactly_such_a_document_is_refused(path: list[Any], value: Any) -> None:
    with pytest.raises(Refusal):
        from_json(_changed(path, value))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, "\x80\x04K\x01.", "__import__('os')"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        from_json(text)


def test_a_table_against_its_declared_direction_is_refused() -> None:
    with pytest.raises(Refusal, match="direction of a"):
        from_json(_changed(["termen", 0, "scores"], [0.0, 0.3, 0.1, 0.0]))


def test_reading_a_document_uses_nothing_that_can_execute() -> None:
    """The reader's own code names no eval, exec, pickle, import-by-name or object hook."""
    tree = ast.parse(Path(str(models.document.__file__)).read_text())
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {word.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords if word.arg}
    forbidden = {"eval", "exec", "compile", "pickle", "__import__", "getattr", "object_hook", "import_module", "open"}
    assert not names & forbidden
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not modules & {"pickle", "joblib", "skops", "importlib", "yaml", "interpret"}
