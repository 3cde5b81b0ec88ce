"""The register in figures: every feature with its papers, measured on what it should be measured on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from features.columns import Doel, Status
from models.accountability.papers_page import papers_page
from models.examples import Examples
from models.records_json import read, written
from models.tested import MeasuredRegister, measured_register
from tests.models.made_up import PAPERS, feature

SPOOK = Doel.SPOOKBEWONING
TRIED = feature("leeftijd", papers=replace(PAPERS, status=Status.PROEF, why="leest <jaren>"))
REGISTER = (feature("verbruik"), TRIED, feature("afwezig"))


def _examples() -> Examples:
    """60 labels: the first 20 drawn at random, where use says nothing; among the others it says everything."""
    n = 60
    y = np.tile([1.0, 0.0], n // 2)
    drawn = np.arange(n) < 20
    use = np.where(drawn, np.tile([1.0, 1.0, 2.0, 2.0], n // 4), y)
    day = np.full(n, np.datetime64("2026-01-01", "s"))
    return Examples(
        X=pd.DataFrame({"verbruik": use, "leeftijd": 1 - y, "afwezig": np.full(n, np.nan)}),
        y=y, labelled=np.ones(n, dtype=bool), address=np.arange(n), start=day, afgerond=day, steekproef=drawn,
        selectiekans=np.where(drawn, 0.5, np.nan), behandelaar=np.full(n, ""), block=np.zeros(n, dtype=np.int64),
        register="r",
    )  # fmt: skip


def _measured() -> MeasuredRegister:
    frame = pd.DataFrame({"verbruik": np.arange(200.0), "leeftijd": np.arange(200.0) % 2, "afwezig": np.nan})
    groups = pd.DataFrame({"eigendom": ["huur", "koop"] * 100})
    return measured_register(REGISTER, frame, groups, {SPOOK: _examples()}, date(2026, 10, 1))


def test_the_random_stream_is_measured_apart_and_speaks_first() -> None:
    use = _measured().entries[0].relations[0]
    assert (use.random.n, use.random.value) == (20, 0.5)
    assert use.everything.n == 60
    assert use.everything.value > 0.7
    assert use.verdict == "niet te zien"  # though the chosen addresses say otherwise
    age = _measured().entries[1].relations[0]
    assert (age.direction, age.verdict) == (1, "spreekt tegen")


def test_a_feature_that_is_nowhere_known_is_listed_without_figures() -> None:
    absent = _measured().entries[2]
    assert absent.strongest is None
    assert absent.relations[0].verdict == "te weinig"


def test_a_feature_shows_what_it_tells_of_a_group() -> None:
    strongest = _measured().entries[1].strongest
    assert strongest is not None
    assert (strongest.grouping, round(strongest.strength, 2)) == ("eigendom", 1.0)


def test_papers_and_status_travel_whole_through_json_and_page() -> None:
    found = _measured()
    assert repr(read(MeasuredRegister, written(found, "s"), "s")) == repr(found)  # NaN is not equal to itself
    entry = found.entries[1]
    assert (entry.status, entry.why, entry.missing) == ("proef", "leest <jaren>", ())
    assert [paper.test for paper in entry.tests] == ["lawful", "proxy", "quality", "statistical", "substantive"]
    page = papers_page(found)
    assert "leest &lt;jaren&gt;" in page
    assert page.index('id="leeftijd"') < page.index('id="verbruik"')  # what is on trial comes first
    assert "spreekt tegen" in page


def test_what_the_rules_of_practice_leave_out_is_said() -> None:
    frame, groups = pd.DataFrame({"verbruik": np.arange(9.0)}), pd.DataFrame({"eigendom": ["huur"] * 9})
    schijn = {Doel.SCHIJNBEWONING: _examples()}
    said = measured_register(REGISTER[:1], frame, groups, schijn, date(2026, 10, 1)).statements
    assert any("samenwoners” telt niet mee" in sentence for sentence in said)
