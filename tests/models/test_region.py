"""Joining tables of several gemeenten: a mean per cell, weighed by labels, with every contribution in sight."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel
from features.errors import Refusal
from models.region import CELLS, EVERYBODY, Counted, Share, join, joined
from models.region_document import region_from_json, region_to_json, share_from_json, share_to_json
from models.region_start import from_region, others
from models.tables import Term, probability


def counted(cuts: list[float], scores: list[float], labels: list[float], name: str = "a") -> Counted:
    term = Term(features=(name,), cuts=(np.array(cuts),), scores=np.array([0.0, *scores, 0.0]))
    return Counted(term=term, labels=np.array([0.0, *labels, 0.0]))


def share(gemeente: str, labels: int = 600, **given: object) -> Share:
    one = Share(
        doel="spookbewoning",
        gemeente=gemeente,
        round=1,
        register="r1",
        peildatum="2026-10-01",
        labels=labels,
        positives=20,
        tables=(counted([1.0], [-1.0, 1.0], [100, 100]),),
    )
    return replace(one, **given)  # type: ignore[arg-type]


def test_two_equal_tables_join_to_themselves() -> None:
    found = joined([counted([1.0, 2.0], [-1.0, 0.0, 1.0], [50, 50, 50])] * 2)
    assert found.cuts[0].tolist() == [1.0, 2.0]
    assert found.scores == pytest.approx([0.0, -1.0, 0.0, 1.0, 0.0])


def test_each_cell_is_weighed_by_its_labels() -> None:
    """Level of the first: (91 * 0 + 11 * 3) / 102. Of the second 0. Above 1: ((3 - 0.3235) * 20 + 0) / 120."""
    first, second = counted([1.0], [0.0, 3.0], [90, 10]), counted([1.0], [0.0, 0.0], [90, 90])
    level = (91 * 0.0 + 11 * 3.0) / 102
    found = joined([first, second])
    assert EVERYBODY == 10.0
    assert found.scores[1] == pytest.approx((-level * 100 + 0.0 * 100) / 200)
    assert found.scores[2] == pytest.approx(((3.0 - level) * 20 + 0.0 * 100) / 120)


def test_different_borders_meet_on_all_of_them() -> None:
    found = joined([counted([1.0], [0.0, 0.0], [10, 10]), counted([2.0], [-1.0, 1.0], [50, 50])])
    assert found.cuts[0].tolist() == [1.0, 2.0]
    assert found.scores[1] == found.scores[2] < found.scores[3] or found.scores[1] <= found.scores[2] < found.scores[3]


def test_a_joined_table_stays_readable() -> None:
    many = [counted([k / 10 + n for n in range(9)], list(np.arange(10.0)), [20.0] * 10) for k in range(8)]
    found = joined(many)
    assert len(found.cuts[0]) + 1 == CELLS
    assert (np.diff(found.scores[1:-1]) > 0).all()


def test_the_order_of_shares_says_nothing_and_contributions_stay_visible() -> None:
    one = share("0002", 600, tables=(counted([1.0], [-1.0, 2.0], [90, 10]),))
    shares = [share("0001", 200), one, share("0003", 200)]
    forth, back = join(shares), join(shares[::-1])
    assert region_to_json(forth) == region_to_json(back)
    assert [forth.weight_of(name) for name in ("0001", "0002", "0003", "9999")] == [0.2, 0.6, 0.2, 0.0]


def test_documents_come_back_as_they_were() -> None:
    one = share("0001")
    assert share_to_json(share_from_json(share_to_json(one), "x")) == share_to_json(one)
    region = join([one, share("0002")])
    again = region_from_json(region_to_json(region), "x")
    assert region_to_json(again) == region_to_json(region)
    assert [t.scores.tolist() for t in again.terms] == [t.scores.tolist() for t in region.terms]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"doel": "iets"}, "ValueError"),
        ({"schema": "schijnwerper/tabelmodel/1"}, "another schema"),
        ({"labels": -5}, "count belongs"),
        ({"tabellen": [{"kenmerk": "a", "grenzen": [2, 1], "scores": [0] * 5, "labels": [0] * 5}]}, "ascend"),
        ({"tabellen": [{"kenmerk": "a", "grenzen": [1], "scores": [0, "1", 0, 0], "labels": [0] * 4}]}, "not a number"),
        ({"tabellen": [{"kenmerk": "a", "grenzen": [1], "scores": [0, 1e400, 0, 0], "labels": [0] * 4}]}, "number"),
    ],
)
def test_anything_else_is_refused_by_name(change: dict[str, object], found: str) -> None:
    document = json.loads(share_to_json(share("0001"))) | change
    with pytest.raises(Refusal, match=found) as refusal:
        share_from_json(json.dumps(document), "aandeel.json")
    assert refusal.value.place == "aandeel.json"


@pytest.mark.parametrize(
    "other", [{"round": 2}, {"doel": "schijnbewoning"}, {"register": "r2"}, {"gemeente": "0001"}], ids=lambda o: str(o)
)
def test_shares_that_do_not_belong_together_are_refused(other: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="join"):
        join([share("0001"), replace(share("0002"), **other)])  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="no share"):
        join([])


def test_ones_own_labels_are_not_heard_twice() -> None:
    region = join([share("0001"), share("0002", tables=(counted([1.0], [-3.0, 3.0], [90, 90]),))])
    left = others(region, ("0001",))
    assert left[0].scores[2] == pytest.approx(3.0)
    assert others(join([share("0001")]), ("0001",)) == () == others(None, ("0001",))


def test_without_labels_a_gemeente_has_the_regions_tables_on_the_national_level() -> None:
    rng = np.random.default_rng(0)
    town = pd.DataFrame({"a": rng.normal(1, 1, 600), "b": rng.normal(size=600)})
    terms = join([share("0001"), share("0002", tables=(counted([1.0], [1.0, -1.0], [9, 9], "c"),))]).terms
    model = from_region(Doel.SPOOKBEWONING, terms, town, {"a": 1}, seed=0)
    assert model.features == ("a",)  # c is not in this gemeente's delivery
    assert probability(model.score(town)).mean() == pytest.approx(0.005, abs=1e-6)
    assert model.directions == (("a", 1),)
    assert "geen eigen uitkomsten" in model.calibration.based_on
