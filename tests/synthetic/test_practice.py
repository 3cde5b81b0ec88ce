"""Past practice: scarce, biased, and only by lot with a known chance."""

import numpy as np
import pandas as pd
import pytest

from features.sources.onderzoeken import AANLEIDINGEN
from synthetic import practice
from synthetic.world import FOREVER
from tests.synthetic.handmade import homes, seeded, world

COUNT = 20_000


@pytest.fixture(scope="module")
def town():
    """One home in twenty empty on paper, one in thirty with people registered who are gone."""
    number = np.arange(COUNT)
    empty, gone = number % 20 == 0, number % 30 == 1
    spook = empty & (number % 8 == 0)
    return world(
        homes(COUNT), occupants=np.where(gone | (empty & ~spook), 0, 2), registered=np.where(empty, 0, 2),
        spook=spook, schijn=gone,
    )  # fmt: skip


@pytest.fixture(scope="module")
def done(town):
    return practice.simulate(town)


def test_the_same_seed_gives_the_same_practice(town, done):
    pd.testing.assert_frame_equal(practice.simulate(town).investigations, done.investigations)
    assert not practice.simulate(seeded(town, 9)).investigations.equals(done.investigations)


def test_capacity_is_scarce(done):
    # 0.00134 of 20,000 addresses a month over 35 months is about 940 begun
    assert 800 < len(done.investigations) < 1080


def test_only_a_draw_by_lot_has_a_chance_and_it_is_exact(town, done):
    rows = done.investigations
    lot = rows["reason"] == "steekproef"
    assert rows.loc[~lot, "chance"].isna().all()
    assert 50 < lot.sum() < 150
    month = np.searchsorted(town.params.month_starts, rows["start"], side="right") - 1
    drawn = rows[lot].groupby([month[lot], "doel"])["chance"].agg(["size", "mean", "nunique"])
    assert (drawn["nunique"] == 1).all()
    # chance = drawn / pool: the pool is a whole number, at most those (not) registered, less what was just looked at
    pool = drawn["size"] / drawn["mean"]
    np.testing.assert_allclose(pool, pool.round(), atol=1e-6)
    most = pool.groupby(level="doel").max()
    assert most["spookbewoning"] <= COUNT / 20 and most["schijnbewoning"] <= COUNT * 19 / 20
    assert pool.groupby(level="doel").min().min() > COUNT / 40


def test_the_lot_is_blind_and_the_signals_are_not(town, done):
    rows = done.investigations[done.investigations["doel"] == "schijnbewoning"]
    schijn = town.schemes.schijn[rows["address"].to_numpy(), 0]
    by_reason = pd.Series(schijn, index=rows.index).groupby(rows["reason"]).mean()
    assert by_reason["steekproef"] < 0.15  # one in thirty is the truth
    assert by_reason["signaal"] > 0.35


def test_reasons_are_of_the_catalogue_and_nobody_is_looked_at_twice_in_a_row(done):
    rows = done.investigations
    assert set(rows["reason"]) == set(AANLEIDINGEN)
    gap = rows.sort_values(["address", "start"]).groupby("address")["start"].diff().dropna()
    assert gap.min() > 8 * 28


def test_handlers_have_streets_they_like(town, done):
    rows = done.investigations
    street = town.town.adressen["straatnummer"].to_numpy()[rows.loc[rows["reason"] == "verkenning", "address"]]
    assert len(np.unique(street)) <= 0.25 * town.town.adressen["straatnummer"].nunique()


def test_the_registers_own_investigations_are_told_as_well_where_there_is_a_file(monkeypatch):
    monkeypatch.setattr(practice, "FILED", 1.0)
    made = world(homes(400))
    day, today = int(made.params.month_starts[4]), made.params.today
    rows = pd.DataFrame(
        {
            "address": [7, 7, 8, 9], "person": [1, 2, 3, 4], "begin": [day, day, day, today - 20],
            "besluit": [day + 60, day + 60, day + 70, FOREVER], "uitkomst": ["vow", "vow", "in_orde", ""],
        }
    )  # fmt: skip
    told = practice.simulate(world(homes(400), adresonderzoek=rows)).investigations.set_index("address")
    seven = told.loc[[7]]
    assert len(seven[seven["start"] == day]) == 1  # two persons of one household are one investigation
    assert "vertrokken_onbekend_waarheen" in seven["outcome"].tolist()
    nine = told.loc[[9]]
    assert (nine.loc[nine["start"] == today - 20, "outcome"] == "").all()
