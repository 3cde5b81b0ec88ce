from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, MultiLineString, Point

from features.errors import Refusal
from service.travel import kept, roads, speeds
from service.travel.graph import Graph
from service.travel.network import RoadNetwork
from service.travel.straight import PARKING, StraightLine

X, Y = 155_000.0, 463_000.0


def line(*spots: tuple[float, float]) -> LineString:
    return LineString([(X + x, Y + y) for x, y in spots])


def written(file: Path, rows: list[dict[str, Any]], lines: list[Any], *, crs: int | None = 28992, **rest: Any) -> Path:
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=lines, crs=28992)
    if crs is None:
        frame = frame.set_crs(None, allow_override=True)
    elif crs != 28992:
        frame = frame.to_crs(crs)
    frame.to_file(file, driver="GPKG", **rest)
    return file


def nwb(rijrichtng: str, bst_code: str, wegbehsrt: str, **rest: object) -> dict[str, object]:
    return {"RIJRICHTNG": rijrichtng, "BST_CODE": bst_code, "WEGBEHSRT": wegbehsrt, **rest}


def square(file: Path) -> Path:
    """A kilometre square of the NWB, one way round on one side, with a cycle path straight across."""
    rows = [
        nwb("H", "RB", "G"),
        nwb("B", "RB", "W"),
        nwb("B", "RB", "P"),
        nwb("T", "RB", "G"),
        nwb("B", "FP", "G"),
    ]
    lines = [
        line((0, 0), (1_000, 0)),
        MultiLineString([line((1_000, 0), (1_000, 500), (1_000, 1_000))]),
        line((1_000, 1_000), (0, 1_000)),
        line((0, 0), (0, 1_000)),  # against its line: from north to south
        line((0, 0), (1_000, 1_000)),
    ]
    return written(file, rows, lines, layer="wegvakken")


def test_the_nwb_as_it_is_published(tmp_path: Path) -> None:
    found = Graph.of(roads.read(square(tmp_path / "nwb.gpkg")))
    assert (found.nodes, len(found.begin)) == (4, 4)  # the cycle path is not there
    seconds = RoadNetwork(found, StraightLine()).seconds(np.array([(X, Y + 500.0), (X + 500.0, Y)]))
    assert seconds[0, 1] == pytest.approx(PARKING + 1_000 * 3.6 / 36, abs=0.01)
    round_ = 500 * 3.6 / 36 + 1_000 * 3.6 / 48 + 1_000 * 3.6 / 62 + 500 * 3.6 / 36
    assert seconds[1, 0] == pytest.approx(PARKING + round_, abs=0.01)


def test_openstreetmap_meets_at_shared_points_and_comes_in_degrees(tmp_path: Path) -> None:
    rows = [
        {"highway": "tertiary", "oneway": None, "maxspeed": "60"},
        {"highway": "service", "oneway": "no", "maxspeed": None},
        {"highway": "footway", "oneway": None, "maxspeed": None},
    ]
    lines = [line((0, 0), (500, 0), (1_000, 0)), line((500, 0), (500, 300)), line((0, 0), (500, 300))]
    file = written(tmp_path / "osm.gpkg", rows, lines, crs=4326)
    found = Graph.of(roads.read(file))
    assert (found.nodes, len(found.begin)) == (4, 3)  # cut at the crossing in the middle
    seconds = RoadNetwork(found, StraightLine()).seconds(np.array([(X, Y), (X + 500.0, Y + 300.0)]))
    assert seconds[0, 1] == pytest.approx(PARKING + 500 * 3.6 / 48 + 300 * 3.6 / 15, rel=1e-3)


def test_one_way_and_forbidden_in_every_spelling() -> None:
    along, against = speeds.osm(
        pd.DataFrame(
            {
                "fclass": ["residential"] * 6 + ["motorway", "residential", "residential", "cycleway"],
                "oneway": ["yes", "-1", "F", "T", "B", "no", None, None, None, None],
                "junction": [None] * 7 + ["roundabout", None, None],
                "access": [None] * 8 + ["no", None],
                "maxspeed": [30, 0, None, None, None, None, None, None, None, 30],
            }
        )
    )
    assert along.tolist() == [24, 0, 25, 0, 25, 25, 95, 25, 0, 0]
    assert against.tolist() == [0, 25, 0, 25, 25, 25, 0, 0, 0, 0]
    columns = pd.DataFrame(
        {
            "rijrichtng": ["H", "T", "B", "O", None, "B"],
            "bst_code": ["HR", "RB", "AFR", "RB", None, "VP"],
            "wegbehsrt": ["R", "W", "R", "T", "?", "G"],
            "maxshd": [None, 80, None, None, None, 30],
        }
    )
    along, against = speeds.nwb(columns)
    assert along.tolist() == [90, 0, 60, 22, 36, 0]
    assert against.tolist() == [0, 64, 60, 22, 36, 0]


def test_a_file_that_is_no_road_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="found layers wegen; expected a layer of lines with rijrichtng"):
        roads.read(written(tmp_path / "a.gpkg", [{"naam": "x"}], [line((0, 0), (1, 1))], layer="wegen"))
    with pytest.raises(Refusal, match="asked for andere"):
        roads.read(square(tmp_path / "b.gpkg"), "andere")
    with pytest.raises(Refusal, match="without one road for cars"):
        roads.read(written(tmp_path / "c.gpkg", [nwb("B", "FP", "G")], [line((0, 0), (1, 1))]))
    with pytest.raises(Refusal, match="without one road for cars"):
        roads.read(written(tmp_path / "d.gpkg", [nwb("B", "RB", "G")], [Point(X, Y)]))
    (tmp_path / "e.gpkg").write_bytes(b"not a database")
    with pytest.raises(Refusal, match=r"e\.gpkg"):
        roads.read(tmp_path / "e.gpkg")


def test_the_graph_is_kept_and_made_again_when_file_or_copy_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, cache = square(tmp_path / "nwb.gpkg"), tmp_path / "cache"
    points = np.array([(X, Y + 500.0), (X + 500.0, Y)])
    first = RoadNetwork.read(file, StraightLine(), cache=cache)
    assert first.name == "wegennet (nwb.gpkg)"
    (copy,) = cache.iterdir()
    read = roads.read
    monkeypatch.setattr(roads, "read", lambda *_: pytest.fail("read again"))
    again = RoadNetwork.read(file, StraightLine(), cache=cache)
    assert np.array_equal(again.seconds(points), first.seconds(points))
    monkeypatch.setattr(roads, "read", read)
    whole = copy.read_bytes()
    for broken in (whole[:200], b"", whole[:300] + bytes(40) + whole[340:]):
        copy.write_bytes(broken)
        assert np.array_equal(
            RoadNetwork.read(file, StraightLine(), cache=cache).seconds(points), first.seconds(points)
        )
    before = kept.stamp(file, "")
    monkeypatch.setitem(speeds.BELONGS, "G", 30.0)
    assert kept.stamp(file, "") != before
    assert kept.graph(file, "", file / "no folder").nodes == 4  # nowhere to keep it: made, and not kept
