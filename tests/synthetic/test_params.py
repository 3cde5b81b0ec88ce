"""The choices refuse what cannot be made, and give every room its own random stream."""

from datetime import date

import numpy as np
import pytest

from features.errors import Refusal
from synthetic.params import MOST_PER_GEMEENTE, Params, month_start


@pytest.mark.parametrize(
    ("choice", "place"),
    [
        ({"addresses": 12}, "--addresses"),
        ({"addresses": 500, "gemeente": "175"}, "--gemeente"),
        ({"addresses": 500, "months": 5}, "--months"),
        ({"addresses": 500, "peildatum": date(1990, 1, 1)}, "--peildatum"),
    ],
)
def test_refuses_with_the_option_named(choice: dict, place: str) -> None:
    with pytest.raises(Refusal) as refused:
        Params(**choice)
    assert refused.value.place == place


def test_a_million_addresses_are_several_gemeenten_of_at_most_the_maximum() -> None:
    parts = Params(addresses=1_000_001).parts()
    assert sum(p.addresses for p in parts) == 1_000_001
    assert max(p.addresses for p in parts) <= MOST_PER_GEMEENTE
    assert len({p.gemeente for p in parts}) == len(parts) == 21  # 1,000,001 / 50,000, rounded up
    assert len({p.place for p in parts}) == len(parts)


def test_streams_differ_by_room_and_gemeente_and_repeat() -> None:
    params = Params(addresses=500)
    draw = params.rng("lives").random()
    assert params.rng("lives").random() == draw
    assert params.rng("town").random() != draw
    assert Params(addresses=500, gemeente="0180").rng("lives").random() != draw


def test_months_before_the_peildatum() -> None:
    params = Params(addresses=500, peildatum=date(2026, 10, 1), months=36)
    days = params.month_starts.astype("datetime64[D]").astype(str)
    assert (days[0], days[-1], len(days)) == ("2023-10-01", "2026-10-01", 37)
    assert month_start(np.array([1970 * 12])).tolist() == [0]
