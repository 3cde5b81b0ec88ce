"""Which rows a target is learned from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from features.errors import Refusal
from features.table import FeatureTable
from models.examples import combined, examples


def _table(version: str = "v1", as_of: date = date(2026, 2, 28)) -> FeatureTable:
    # six scored addresses; position 3 of the landing is not scored
    adres = pd.Series([0, 1, 2, 4, 5, 6], dtype="int32")
    return FeatureTable(
        gemeente="0175",
        as_of=as_of,
        identificatie=pd.Series([f"id{i}" for i in adres], dtype="str"),
        adres=adres,
        frame=pd.DataFrame({"x": adres.astype("float64") * 10}),
        grants=(),
        version=version,
    )


def _labels() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "adres": np.array([4, 3, 1], dtype=np.int32),  # 3 is not scored; 1 is of another month-end
            "y": [1.0, 1.0, 0.0],
            "start": pd.to_datetime(["2026-03-05", "2026-03-06", "2026-05-01"]).astype("datetime64[s]"),
            "afgerond": pd.to_datetime(["2026-04-05", "2026-04-06", "2026-06-01"]).astype("datetime64[s]"),
            "features_as_of": pd.to_datetime(["2026-02-28", "2026-02-28", "2026-04-30"]).astype("datetime64[s]"),
            "steekproef": [True, False, False],
            "selectiekans": [0.5, 0.5, 0.5],
            "behandelaar": ["h1", "h22", ""],
        }
    )


def test_a_label_gets_the_features_of_its_own_month_end_and_row() -> None:
    found = examples(_table(), _labels(), light=0, seed=1)
    assert found.X["x"].tolist() == [40.0]
    assert (found.y.tolist(), found.labelled.tolist(), found.steekproef.tolist()) == ([1.0], [True], [True])


def test_light_negatives_are_never_addresses_that_had_a_label() -> None:
    # one of the three labels is here and scored: a third of 9 wanted = 3; 4 addresses never had a label
    found = examples(_table(), _labels(), light=9, seed=1)
    quiet = found.X.loc[~found.labelled, "x"]
    assert len(quiet) == 3
    assert set(quiet) <= {0.0, 20.0, 50.0, 60.0}
    assert (found.y[~found.labelled] == 0).all()
    assert not found.steekproef[~found.labelled].any()


def test_chance_handler_and_block_travel_along() -> None:
    blocks = np.arange(7) * 10
    found = examples(_table(), _labels(), light=3, seed=1, blocks=blocks)
    assert found.selectiekans[0] == 0.5 and np.isnan(found.selectiekans[1])
    assert found.behandelaar.tolist() == ["h1", ""]
    assert found.block.tolist() == [40, *(found.X["x"][1:].astype(int))]  # x is ten times the address, as the block
    assert examples(_table(), _labels(), light=0, seed=1).block.tolist() == [-1]


def test_a_weight_of_labels_is_taken_along() -> None:
    found = replace(examples(_table(), _labels(), light=9, seed=1), weight=np.array([2.0, 1.0, 1.0, 1.0]))
    part = found.take(found.labelled).weight
    assert part is not None and part.tolist() == [2.0]


def test_the_draw_is_the_same_for_the_same_seed() -> None:
    one, other = (examples(_table(), _labels(), light=6, seed=7).X for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_tables_of_different_registers_are_not_mixed() -> None:
    parts = [examples(_table(version), _labels(), light=0, seed=1) for version in ("v1", "v2")]
    with pytest.raises(Refusal, match="2 versions of the register"):
        combined(parts)


def test_rows_of_one_address_share_a_number_and_gemeenten_do_not() -> None:
    one = examples(_table(), _labels(), light=9, seed=1)
    both = combined([one, one])
    assert len(both) == 2 * len(one)
    assert (both.address[: len(one)] == both.address[len(one) :]).all()
    assert both.take(both.labelled).y.tolist() == [1.0, 1.0]
