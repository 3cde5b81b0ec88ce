"""Who owned what: periods follow one another without holes, and shares make a whole."""

import numpy as np
import pandas as pd
import pytest

from synthetic import ownership
from synthetic.world import FOREVER
from tests.synthetic.handmade import homes, households, world


def spells_slowly(stays, gap):
    """The plain version: walk through the stays of each address."""
    found = []
    for address, rows in stays.groupby("address"):
        for van, tot in sorted(zip(rows["van"], rows["tot"], strict=True)):
            if found and found[-1][0] == address and van <= found[-1][2] + gap:
                found[-1][2] = max(found[-1][2], tot)
            else:
                found.append([address, van, tot])
    return [tuple(f) for f in found]


def test_household_spells_by_hand():
    stays = pd.DataFrame(
        [(1, 0, 100, 400), (2, 0, 200, 300), (3, 0, 462, 900), (4, 0, 1000, FOREVER), (5, 3, 50, 60), (6, -1, 0, 9)],
        columns=["person", "address", "van", "tot"],
    )
    # address 0: 100-400 holds 200-300; 462 comes 62 days later: still the same; 1000 comes 100 days later: another
    spells = ownership.household_spells(stays, gap=62)
    assert [*spells.itertuples(index=False, name=None)] == [(0, 100, 900), (0, 1000, FOREVER), (3, 50, 60)]


@pytest.mark.parametrize("seed", range(4))
def test_household_spells_equal_the_plain_version(seed):
    rng = np.random.default_rng(seed)
    van = rng.integers(0, 3000, 300)
    stays = pd.DataFrame(
        {
            "person": np.arange(300),
            "address": rng.integers(0, 20, 300),
            "van": van,
            "tot": van + rng.integers(1, 400, 300),
        }
    )
    fast = [*ownership.household_spells(stays, gap=30).itertuples(index=False, name=None)]
    assert fast == spells_slowly(stays, 30)


def made(count=400, soort="tussenpersonen", **columns):
    schemes = pd.DataFrame(
        {
            "scheme": [0, 1], "soort": soort, "address": [5, 6], "van": [20_000, 20_000], "tot": FOREVER,
            "intensiteit": 0.5, "personen": 2, "netwerk": 1, "bemeterd": True,
        }
    )  # fmt: skip
    return world(homes(count, **columns), stays=households(count), schemes=schemes)


def owned(the_world):
    return ownership.eigendom(the_world, np.full(the_world.town.size, 300_000.0), np.random.default_rng(1))


@pytest.mark.parametrize("tenure", ["koop", "particuliere_huur", "corporatie"])
def test_periods_follow_one_another_and_shares_make_a_whole(tenure):
    rows = owned(made(eigendomsvorm=tenure))
    whole = (rows["teller"] / rows["noemer"]).groupby([rows["address"], rows["van"]]).sum()
    assert whole.to_numpy() == pytest.approx(1.0)
    periods = rows.drop_duplicates(["address", "van"])
    for _, part in periods.groupby("address"):
        assert part["tot"].tolist() == [*part["van"].tolist()[1:], FOREVER]
    assert set(periods["address"]) == set(range(400))
    assert not rows.duplicated(["address", "owner", "van"]).any()


def test_a_chain_of_intermediaries_changes_hands_often_and_lawful_chains_exist_too():
    rows = owned(made(2000)).drop_duplicates(["address", "van"])
    recent = rows[rows["van"] > 19_500].groupby("address").size().reindex(range(2000), fill_value=0)
    assert recent[5] >= 2 and recent[6] >= 2
    assert (recent.drop([5, 6]) >= 2).sum() >= 5  # developers, flips, divorces


def test_corporations_own_their_homes_and_live_in_none():
    rows = owned(made(eigendomsvorm="corporatie"))
    assert (rows["kind"] == "woningcorporatie").mean() > 0.9
    assert not (rows["woont"] == "J").any()
    assert rows["owner"].nunique() <= 10


def test_owners_are_said_to_live_there_only_where_somebody_is_registered():
    full, empty = owned(made()), owned(world(homes(400), occupants=0, registered=0, stays=households(400)))
    now = lambda rows: rows[rows["tot"] == FOREVER]  # noqa: E731
    assert (now(full)["woont"] == "J").mean() > 0.7
    assert not (now(empty)["woont"] == "J").any()
    assert 0.03 < (full["woont"] == "").mean() < 0.14
