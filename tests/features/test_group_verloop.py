"""Comings and goings: five addresses by hand, a slow plain version, and the same after shuffling."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import landing
from features.groups.verloop import verloop
from features.groups.verloop_declared import VERLOOP
from features.landing import Sources
from tests.features.tiny import ABROAD, AS_OF, VOW, personen, table, verblijf, world

NAN = float("nan")
MONTH = 365.25 / 12
ELSEWHERE = -1  # an address of another gemeente


def five_addresses() -> Sources:
    """0 a lasting couple with a birth; 1 people passing through; 2 a group and its former home 3; 4 long empty."""
    return world(
        personen=personen(1980, 1981, 2025, 1990, 1991, 1992, 1970, 1972, 1974, 1950),
        verblijf=verblijf(
            (0, 0, "2010-10-01"),
            (1, 0, "2010-10-01"),
            (2, 0, "2025-11-01"),  # born: no arrival
            (3, 1, "2025-10-10"), (3, VOW, "2026-02-10"), (3, 1, "2026-08-01"),  # four months, unknown, back again
            (4, 1, "2025-02-01"), (4, ABROAD, "2025-04-01"),  # two months
            (5, ELSEWHERE, "2020-01-01"), (5, VOW, "2024-01-01"),
            (5, 1, "2026-01-01", {"bekend": pd.Timestamp("2026-03-01")}),
            *((p, 3, "2012-01-01") for p in (6, 7, 8)),
            *((p, 2, "2026-09-01") for p in (6, 7, 8)),
            (9, 4, "1990-01-01"), (9, ABROAD, "2021-01-01"),
        ),
        eigendom=table(
            landing.EIGENDOM,
            [
                {"adres": adres, "gerechtigde": 7, "gerechtigde_type": "natuurlijk_persoon", "aandeel": 1.0,
                 "van": pd.Timestamp("2011-01-01"), "bekend": pd.Timestamp("2011-01-01")}
                for adres in (2, 3)
            ],
        ),
    )  # fmt: skip


EXPECTED: dict[str, list[float]] = {
    "aankomsten_3": [0, 1, 3, 0, 0],  # since 1 July 2026
    "aankomsten_12": [0, 3, 3, 0, 0],  # person 3 twice, person 5
    "aankomsten_24": [0, 4, 3, 0, 0],
    "aankomsten_36": [0, 4, 3, 0, 0],
    "vertrekken_3": [0, 0, 0, 3, 0],
    "vertrekken_12": [0, 1, 0, 3, 0],
    "vertrekken_24": [0, 2, 0, 3, 0],
    "vertrekken_36": [0, 2, 0, 3, 0],  # address 4 was left in 2021
    "personen_36": [3, 3, 3, 3, 0],  # person 3 counts once
    # 0: 192, 192 and 11 months; 1: stays of 123, 61, 59 and 273 days; 2: 30 days; 3: 2012-01-01 to 2026-09-01
    "mediaan_verblijf": [5844 / MONTH, 92 / MONTH, 30 / MONTH, 5357 / MONTH, NAN],
    "korte_verblijven": [0, 2, 0, 0, 0],
    "maanden_sinds_aankomst": [5844 / MONTH, 61 / MONTH, 30 / MONTH, 5387 / MONTH, NAN],
    "vertrek_onbekend_24": [0, 1, 0, 0, 0],
    "emigratie_24": [0, 1, 0, 0, 0],
    "herinschrijvingen_24": [0, 2, 0, 0, 0],  # person 5 left to VOW from another gemeente: that counts too
    "laat_vastgelegd_36": [0, 1, 0, 0, 0],  # person 5: two months after the day
    "groepsaankomst_12": [0, 0, 1, 0, 0],  # three adults, nobody's child, less a couple
    "groepsaankomst_36": [0, 0, 1, 0, 0],
    "groepsverhuizingen": [0, 0, 1, 1, 0],  # at both ends
    "samen_eerder_verhuisd": [0, 0, 0, 0, 0],
    "groepsverhuizingen_zelfde_eigenaar": [0, 0, 1, 1, 0],
}


@pytest.mark.parametrize("name", list(EXPECTED))
def test_value_by_hand(name: str) -> None:
    np.testing.assert_allclose(verloop(five_addresses())[name], EXPECTED[name], rtol=1e-12)


def test_declares_exactly_what_it_gives() -> None:
    found = verloop(five_addresses())
    assert set(found) == {feature.name for feature in VERLOOP} == set(EXPECTED)
    assert (found.dtypes == "float64").all()


def test_missing_sources_leave_their_columns_out() -> None:
    assert verloop(world()).shape == (5, 0)
    found = verloop(world(personen=personen(1980), verblijf=verblijf((0, 0, "2020-01-01"))))
    assert set(EXPECTED) - set(found) == {"groepsverhuizingen_zelfde_eigenaar"}


def test_an_emigrant_who_returns_is_no_reregistration() -> None:
    back = verblijf((0, 0, "2020-01-01"), (0, ABROAD, "2025-06-01"), (0, 0, "2026-06-01"))
    found = verloop(world(personen=personen(1980), verblijf=back))
    assert found["herinschrijvingen_24"].tolist() == [0] * 5


def test_who_left_over_36_months_ago_changes_nothing() -> None:
    """A person with secrecy shields an address for 36 months after leaving: no longer may a feature follow them."""
    stayed = verblijf((0, 0, "2015-01-01"))
    more = verblijf(
        (0, 0, "2015-01-01"), (1, 0, "2019-01-01"), (1, VOW, "2021-01-01"), (2, 1, "2022-01-01"), (2, 2, "2023-01-01")
    )
    people = personen(1980, 1985, 1990)  # the second left address 0 in 2021; the third left 1 for 2 in 2023
    once, twice = (verloop(world(personen=people, verblijf=rows)) for rows in (stayed, more))
    pd.testing.assert_frame_equal(once.iloc[:2], twice.iloc[:2])


STEPS = st.lists(
    st.tuples(st.sampled_from([0, 1, 2, ELSEWHERE, VOW, ABROAD]), st.integers(20, 500)), min_size=1, max_size=6
)
LIVES = st.lists(STEPS, min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(LIVES, st.randoms(use_true_random=False))
def test_flows_equal_the_plain_version_whoever_comes_first(lives: list[list[tuple[int, int]]], random: object) -> None:
    found = verloop(_world(lives))
    order = list(range(len(lives)))
    random.shuffle(order)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(found, verloop(_world([lives[at] for at in order])))
    today = pd.Timestamp(AS_OF)
    tally = {
        name: np.zeros(5) for name in ("aankomsten_24", "vertrekken_24", "herinschrijvingen_24", "korte_verblijven")
    }
    persons: list[set[int]] = [set() for _ in range(5)]
    for who, life in enumerate(lives):
        dated = _dated(life)
        unknown = False
        for at, (place, day) in enumerate(dated):
            end = dated[at + 1][1] if at + 1 < len(dated) else None
            if place >= 0:
                tally["aankomsten_24"][place] += (today - day).days < 24 * MONTH
                tally["herinschrijvingen_24"][place] += unknown and (today - day).days < 24 * MONTH
                if end is not None:
                    tally["vertrekken_24"][place] += (today - end).days < 24 * MONTH
                    short = (end - day).days < 6 * MONTH
                    tally["korte_verblijven"][place] += short and (today - end).days < 36 * MONTH
                if end is None or (today - end).days < 36 * MONTH:
                    persons[place].add(who)
            if place in (VOW, ABROAD):
                lived_before = at > 0 and dated[at - 1][0] not in (VOW, ABROAD)
                unknown = (place == VOW) if lived_before else unknown
            else:
                unknown = False
    for name, values in tally.items():
        assert found[name].tolist() == values.tolist(), name
    assert found["personen_36"].tolist() == [len(who) for who in persons]


def _dated(life: list[tuple[int, int]]) -> list[tuple[int, pd.Timestamp]]:
    """Each step with its day: `life` names, last step first, how many days before the step after it."""
    days = np.cumsum([gap for _, gap in life])[::-1]
    return [(place, pd.Timestamp(AS_OF) - pd.Timedelta(days=int(d))) for (place, _), d in zip(life, days, strict=True)]


def _world(lives: list[list[tuple[int, int]]]) -> Sources:
    rows = [(who, place, f"{day:%Y-%m-%d}") for who, life in enumerate(lives) for place, day in _dated(life)]
    return world(personen=personen(*[1980.0] * len(lives)), verblijf=verblijf(*rows))
