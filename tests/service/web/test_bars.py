from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scores import REST
from service.records import Reason
from service.web.bars import balance


def reason(kenmerk: str, bijdrage: float, volgorde: int = 1) -> Reason:
    return Reason(volgorde=volgorde, kenmerk=kenmerk, waarde=1.0, vergelijking=2.0, bijdrage=bijdrage, zin="Zin.")


def test_split_by_sign_and_measured_against_the_heaviest() -> None:
    found = balance([reason("b", 2.0), reason("a", -1.0), reason(REST, 0.5), reason("c", 0.0)], base=-3.0)
    assert [bar.reason.kenmerk for bar in found.ervoor] == ["b", REST]
    assert [bar.reason.kenmerk for bar in found.ertegen] == ["a"]
    assert [bar.length for bar in (*found.ervoor, *found.ertegen)] == [100.0, 25.0, 50.0]
    # of 3.5 in all: 2.0 is 57%, 1.0 is 29%, 0.5 is 14%
    assert [bar.weight for bar in (*found.ervoor, *found.ertegen)] == ["zwaar", "gemiddeld", "zwaar"]
    assert found.total == pytest.approx(-1.5)


def test_in_a_cold_start_the_contributions_are_the_score() -> None:
    assert balance([reason("a", 0.25), reason("b", 0.5)], base=None).total == pytest.approx(0.75)
    assert balance([], base=None).ervoor == ()


@given(st.permutations(["a", "b", "c", "d", REST]), st.lists(st.floats(0.01, 5), min_size=5, max_size=5))
def test_the_order_does_not_depend_on_the_weights(names: list[str], weights: list[float]) -> None:
    found = balance([reason(name, weight) for name, weight in zip(names, weights, strict=True)], base=0.0)
    assert [bar.reason.kenmerk for bar in found.ervoor] == ["a", "b", "c", "d", REST]
