"""The carousel: joint moves, groups that move together again, and the owner of both ends, against a plain version."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from features import landing
from features.landing import Sources
from features.moves import group_moves
from features.stays import stays
from tests.features.tiny import personen, table, verblijf, world

START = date(2024, 1, 1)
Lives = list[tuple[int, list[tuple[int, int]]]]  # year of birth, and (day after START, address) in order of time


def _town(lives: Lives, owners: list[tuple[int, int]] | None = None) -> Sources:
    rows = [
        (p, adres, f"{START + timedelta(days=day)}") for p, (_, stays_) in enumerate(lives) for day, adres in stays_
    ]
    frames = {"personen": personen(*[float(year) for year, _ in lives]), "verblijf": verblijf(*rows)}
    if owners is not None:
        shares = [
            {"adres": a, "gerechtigde": o, "gerechtigde_type": "natuurlijk_persoon", "van": pd.Timestamp("2010-01-01")}
            for a, o in owners
        ]
        frames["eigendom"] = table(landing.EIGENDOM, shares)
    return world(**frames)


def _columns(sources: Sources) -> dict[str, list[float]]:
    known = stays(sources)
    assert known is not None
    return {name: values.tolist() for name, values in group_moves(known, sources).items()}


def _plain(lives: Lives) -> dict[str, list[float]]:
    """Joint moves person by person; every move here is an adult's, in the last 36 months and without a gap."""
    moves = sorted(
        (one[1], other[1], other[0], p)
        for p, (_, own) in enumerate(lives)
        for one, other in pairwise(own)
        if one[1] != other[1]
    )
    joint: list[list[tuple[int, int, int, int]]] = []
    for move in moves:
        last = joint[-1][-1] if joint else None
        if last is not None and last[:2] == move[:2] and move[2] - last[2] <= 31:
            joint[-1].append(move)
        else:
            joint.append([move])
    groups, again = [0.0] * 5, [0.0] * 5
    chain: dict[int, list[int]] = {}
    for g, members in enumerate(joint):
        for *_, day, p in members:
            chain.setdefault(p, []).append(day * 1000 + g)
    pairs = Counter((a % 1000, b % 1000) for own in chain.values() for a, b in pairwise(sorted(own)))
    for g, members in enumerate(joint):
        years = [lives[m[3]][0] for m in members]
        heads = sum(not any(16 <= year - older <= 50 for older in years) for year in years)
        best = max((n for pair, n in pairs.items() if g in pair and n >= 3), default=0)
        for adres in members[0][:2]:
            groups[adres] += heads >= 3
            again[adres] = max(again[adres], best)
    return {"groepsverhuizingen": groups, "samen_eerder_verhuisd": again}


@st.composite
def _lives(draw: st.DrawFn) -> Lives:
    """Few addresses and days, so that people meet; an address is never followed by itself."""
    stay = st.tuples(st.sampled_from([0, 20, 45]), st.integers(0, 4))
    itineraries = draw(st.lists(st.lists(stay, min_size=1, max_size=4), min_size=1, max_size=3))
    lives: Lives = []
    for _ in range(draw(st.integers(1, 9))):
        plan = draw(st.sampled_from(itineraries))
        own = [(200 * step + shift, adres) for step, (shift, adres) in enumerate(plan)]
        own = [stay for at, stay in enumerate(own) if at == 0 or own[at - 1][1] != stay[1]]
        lives.append((draw(st.sampled_from([1960, 1990, 1991])), own))
    return lives


@settings(max_examples=60, deadline=None)
@given(_lives())
def test_joint_moves_equal_the_plain_version(lives: Lives) -> None:
    found = _columns(_town(lives))
    expected = _plain(lives)
    assert {name: found[name] for name in expected} == expected


ROUND = [(0, 0), (300, 1), (600, 2)]  # from 0 to 1 to 2


def test_three_unrelated_adults_who_move_twice_are_a_carousel() -> None:
    found = _columns(_town([(1990, ROUND), (1991, ROUND), (1992, ROUND)]))
    assert found["groepsverhuizingen"] == [1, 2, 1, 0, 0]
    assert found["samen_eerder_verhuisd"] == [3, 3, 3, 0, 0]


def test_a_family_of_three_is_no_group() -> None:
    found = _columns(_town([(1970, ROUND), (1972, ROUND), (2000, ROUND)]))
    assert found["groepsverhuizingen"] == [0, 0, 0, 0, 0]


def test_moves_over_a_month_apart_are_not_joint() -> None:
    shifted = [(0, 0), (332, 1)]
    found = _columns(_town([(1990, ROUND[:2]), (1991, ROUND[:2]), (1992, shifted)]))
    assert found["groepsverhuizingen"] == [0, 0, 0, 0, 0]


def test_one_owner_of_both_ends() -> None:
    lives = [(1990, ROUND), (1991, ROUND), (1992, ROUND)]
    # Owner 7 has 0 and 1, nobody has both 1 and 2.
    found = _columns(_town(lives, owners=[(0, 7), (1, 7), (1, 8), (2, 9)]))
    assert found["groepsverhuizingen_zelfde_eigenaar"] == [1, 1, 0, 0, 0]


def test_a_move_before_the_last_three_years_is_not_looked_at() -> None:
    early = [(-800, 0), (-500, 1)]
    found = _columns(_town([(1990, early), (1991, early), (1992, early)]))
    assert found["groepsverhuizingen"] == [0, 0, 0, 0, 0]
