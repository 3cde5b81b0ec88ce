"""Distances and insides against a plain loop over all shapes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from features.landing import OMGEVING
from features.surroundings import FAR, surroundings

places = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=12)


def frame(shapes: list[shapely.Geometry], **columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"geometry": pd.Series(shapes, dtype="object"), **columns})


@settings(max_examples=60, deadline=None)
@given(places, places)
def test_the_nearest_of_all_shapes(addresses: list[tuple[int, int]], corners: list[tuple[int, int]]) -> None:
    kinds = (
        lambda x, y: shapely.box(x, y, x + 50, y + 20),
        lambda x, y: shapely.LineString([(x, y), (x + 9, y + 30), (x + 90, y)]),
        lambda x, y: shapely.Point(x, y),
        lambda x, y: shapely.MultiPolygon([shapely.box(x, y, x + 9, y + 9), shapely.Point(x + 60, y).buffer(20)]),
        lambda x, y: shapely.box(x, y, x + 90, y + 90).difference(shapely.box(x + 9, y + 9, x + 50, y + 50)),
    )
    boxes = [kinds[number % len(kinds)](x, y) for number, (x, y) in enumerate(corners)]
    x, y = (np.array(v, dtype="float64") for v in zip(*addresses, strict=True))
    found = surroundings(x, y, {"bebouwde_kom": frame(boxes)})
    plain = [min(shapely.Point(px, py).distance(box) for box in boxes) for px, py in addresses]
    np.testing.assert_allclose(found["afstand_kom"], plain, atol=1e-9)
    assert found["buitengebied"].tolist() == [float(d > 0) for d in plain]


def test_an_absent_layer_is_unknown_and_an_empty_one_is_none() -> None:
    x = y = np.array([0.0])
    nothing = surroundings(x, y, {})
    assert list(nothing.columns) == list(OMGEVING.columns)
    assert nothing.isna().all(axis=None)
    empty = surroundings(x, y, {"recreatiepark": frame([]), "agrarisch_erf": frame([], status=[])})
    assert empty[["recreatiepark", "afstand_recreatiepark", "erf"]].values.tolist() == [[0.0, FAR, 0.0]]


def test_a_yard_in_use_goes_before_a_vacated_one() -> None:
    yards = frame([shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10)], status=["vrijgekomen", "actief"])
    x, y = np.array([1.0, 6.0, 14.0, 99.0]), np.full(4, 5.0)
    assert surroundings(x, y, {"agrarisch_erf": yards})["erf"].tolist() == [2, 1, 1, 0]
