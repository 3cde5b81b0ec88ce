"""Comparable dwellings: the percentile and the quantile against a plain slow version, and how groups widen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import landing
from features.peers import (
    BERTH,
    DETACHED,
    END,
    FEW,
    FLAT,
    HOLIDAY,
    MINIMUM,
    OTHER,
    TERRACED,
    Peers,
    kinds,
    peers,
)
from features.table import Grant
from tests.features.tiny import BOTH, adressen, table, world


def _plain(groups: Peers, at: int, values: np.ndarray) -> list[float]:
    """The values of the peers of address `at`: the narrowest level with enough, one address at a time."""
    for depth, codes in enumerate(groups.levels):
        found = [
            float(values[other])
            for other in range(len(values))
            if groups.reference[other] and codes[other] == codes[at] and not np.isnan(values[other])
        ]
        if len(found) >= MINIMUM or depth == len(groups.levels) - 1:
            return found
    return []


@st.composite
def _worlds(draw: st.DrawFn) -> tuple[Peers, np.ndarray]:
    n = draw(st.integers(1, 160))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    wide = random.integers(0, 3, n)
    narrow = wide * 4 + random.integers(0, draw(st.integers(1, 4)), n)
    values = random.integers(0, draw(st.sampled_from([3, 1000])), n).astype(np.float64)  # few values: many ties
    values[random.random(n) < 0.2] = np.nan
    levels = tuple(codes.astype(np.int16) for codes in (narrow, wide, np.zeros(n)))
    return Peers(levels=levels, reference=random.random(n) < 0.8, kind=wide.astype(np.int16)), values


@settings(max_examples=60, deadline=None)
@given(_worlds())
def test_percentile_and_quantile_equal_the_plain_version(world_: tuple[Peers, np.ndarray]) -> None:
    groups, values = world_
    percentile = groups.percentile(values)
    quantiles = {share: groups.quantile(values, share) for share in (0.2, 0.5)}
    for at, own in enumerate(values):
        of_peers = _plain(groups, at, values)
        if np.isnan(own) or not of_peers:
            assert np.isnan(percentile[at])
        else:
            middle = sum((p < own) + (p == own) / 2 for p in of_peers) / len(of_peers)
            assert percentile[at] == pytest.approx(middle)
        for share, quantile in quantiles.items():
            if of_peers:
                assert quantile[at] == pytest.approx(np.quantile(of_peers, share))
            else:
                assert np.isnan(quantile[at])


def test_a_group_of_thirty_is_used_and_one_of_twenty_nine_is_not() -> None:
    for members in (MINIMUM, MINIMUM - 1):
        code = np.r_[np.zeros(members), np.ones(100)].astype(np.int16)
        values = np.r_[np.full(members, 10.0), np.full(100, 20.0)]
        groups = Peers(levels=(code, np.zeros_like(code)), reference=np.ones(len(code), bool), kind=code)
        # Among its own thirty the median is 10; with one less all 129 are taken, whose median is 20.
        assert groups.quantile(values, 0.5)[0] == (10.0 if members == MINIMUM else 20.0)


def test_only_inhabited_dwellings_are_peers_but_every_address_is_placed() -> None:
    code = np.zeros(3, dtype=np.int16)
    groups = Peers(levels=(code,), reference=np.array([True, True, False]), kind=code)
    # Of the two peers (10, 30) one lies below 20 and none above 40.
    assert groups.percentile(np.array([10.0, 30.0, 20.0])).tolist() == [0.25, 0.75, 0.5]


def test_the_number_registered_splits_the_groups() -> None:
    code = np.zeros(62, dtype=np.int16)
    groups = Peers(levels=(code,), reference=np.ones(62, bool), kind=code)
    people = np.r_[np.full(31, 1.0), np.full(31, 6.0)]
    values = np.r_[np.full(31, 1000.0), np.full(31, 4000.0)]
    assert groups.with_number(people).quantile(values, 0.5)[[0, -1]].tolist() == [1000.0, 4000.0]


def test_kinds_follow_from_use_pand_and_distance() -> None:
    homes = adressen(
        12,
        # 0 stands alone; 1-2 six metres apart; 3-5 a row; 6-7 two in one pand; 8 lodging, 9 berth,
        # 10 office, 11 a flat of five
        x=[0, 100, 106, 200, 206, 212, 300, 300, 400, 500, 600, 700],
        y=[0] * 12,
        pand=[0, 1, 2, 3, 4, 5, 6, 6, 7, -1, 8, 9],
        gebruiksdoel=["woonfunctie"] * 8 + ["logiesfunctie", "", "kantoorfunctie", "woonfunctie,winkelfunctie"],
        soort=["verblijfsobject"] * 9 + ["ligplaats"] + ["verblijfsobject"] * 2,
        gescoord=[True] * 10 + [False, True],
    )
    flats = pd.concat([homes, *[homes.iloc[[11]]] * 4], ignore_index=True)
    found = kinds(world(adressen=flats))
    expected = [DETACHED, END, END, END, TERRACED, END, FEW, FEW, HOLIDAY, BERTH, OTHER, FLAT]
    assert found[:12].tolist() == expected


def test_a_label_names_the_kind_only_where_it_serves_every_target() -> None:
    label = table(
        landing.ENERGIELABELS,
        [{"adres": 0, "gebouwtype": "Rijwoning tussen", "klasse": "B", "bekend": pd.Timestamp("2020-01-01")}],
    )
    granted = world(energielabels=label)
    assert kinds(granted)[0] == TERRACED
    half = [
        g if g.source != "vastgoed" else Grant(source="vastgoed", grondslag="x", doelen=BOTH[:1])
        for g in granted.grants
    ]
    assert kinds(replace(granted, grants=tuple(half)))[0] == DETACHED


def test_unknown_area_is_a_class_of_its_own() -> None:
    homes = adressen(3, oppervlakte=[float("nan"), 500.0, 60.0])
    form = peers(world(adressen=homes), None).levels[1]
    assert len(set(form.tolist())) == 3
