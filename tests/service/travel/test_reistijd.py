from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from features.errors import Refusal
from service.settings import Settings
from service.travel.contract import Points, Times
from service.travel.reistijd import Reistijd, Soort, travel
from service.travel.remembered import KEPT, Remembered
from service.travel.straight import StraightLine
from tests.service.travel.test_roads import square


def test_nothing_set_needs_nothing(tmp_path: Path) -> None:
    assert isinstance(travel(Settings(publicaties=tmp_path).reistijd), StraightLine)


def test_each_kind_from_the_file_of_settings(tmp_path: Path) -> None:
    file = square(tmp_path / "nwb.gpkg")
    names = []
    for words in (
        'gebied = "bebouwd"\nparkeren = "PT2M"',
        f'soort = "wegennet"\nbestand = "{file}"',
        'soort = "osrm"\nurl = "http://osrm.example"',
    ):
        (tmp_path / "dienst.toml").write_text(f"[reistijd]\n{words}\n")
        settings = Settings.from_environment({"SCHIJNWERPER_DIENST": str(tmp_path / "dienst.toml")})
        names.append(travel(settings.reistijd).name)
    assert names == ["rechte lijn met omweg (bebouwd)", "wegennet (nwb.gpkg)", "OSRM (osrm.example)"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (
            {"url": "http://osrm.example"},
            "soort = osrm alone",
        ),  # no place leaves the house because an address stands there
        ({"soort": Soort.OSRM}, "found none; expected an address"),
        ({"soort": Soort.OSRM, "url": "osrm.example"}, "without a query"),
        ({"soort": Soort.WEGENNET}, "expected a GeoPackage"),
        ({"soort": Soort.WEGENNET, "bestand": Path("nothing.gpkg")}, "mend the path"),
        ({"hoogstens": 1}, "max-table-size"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        Reistijd(**wrong)


class Counting(StraightLine):
    asked = 0

    def times(self, points: Points) -> Times:
        self.asked += 1
        return super().times(points)


def test_the_same_places_are_computed_once_and_old_ones_go() -> None:
    inner = Counting()
    kept = Remembered(inner)
    points = [np.array([[0.0, 0.0], [float(i), 1.0]]) for i in range(KEPT + 1)]
    assert kept.seconds(points[0]) is kept.seconds(points[0].copy()) and inner.asked == 1
    with pytest.raises(ValueError, match="read-only"):
        kept.seconds(points[0])[0, 1] = 5
    for some in points:
        kept.seconds(some)
    kept.seconds(points[0])
    assert inner.asked == KEPT + 2
