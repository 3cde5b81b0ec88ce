"""Law 1 on the features, and purpose: later facts and order change nothing, nothing undeclared is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.landing import LANDING_TABLES, Sources
from features.register import FEATURES
from features.table import of_sources
from tests.features.tiny import world
from tests.features.tiny_town import OWNERS, N, Town

SEEDS = st.integers(0, 100_000)
DAYS = st.sampled_from([date(2024, 12, 31), date(2025, 6, 30), date(2026, 1, 1)])
TABLES = {
    "brp": ("personen", "verblijf"),
    "energie": ("energie_jaar", "energie_maand", "kleinverbruik"),
    "vastgoed": ("woz", "eigendom", "vestigingen", "energielabels"),
    "signalen": ("signalen",),
    "omgeving": ("omgeving",),
}
few = settings(max_examples=15, deadline=None)


def _features(as_of: date, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    table = of_sources(world(as_of, **frames))
    return table.frame.set_index(table.identificatie)


def _same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other.loc[one.index], rtol=1e-9, atol=1e-9, check_names=False)


@few
@given(SEEDS, DAYS)
def test_what_is_known_later_changes_no_feature(seed: int, as_of: date) -> None:
    """The town's rows lie on both sides of the as-of date; without the later ones all must be the same."""
    frames = Town(seed).frames()
    day = pd.Timestamp(as_of)
    before = {
        t.name: frames[t.name][~(frames[t.name][t.known] > day)] if t.known else frames[t.name]
        for t in LANDING_TABLES
        if t.name in frames
    }
    for t in LANDING_TABLES:  # what becomes known later of a row that is there: as if it never will
        for fact in t.later:
            if t.name in before:
                later = before[t.name][fact.known] > day
                kept = before[t.name].copy()
                for column in fact.columns:
                    kept[column] = kept[column].mask(later)
                before[t.name] = kept
    _same(_features(as_of, frames), _features(as_of, before))


@few
@given(SEEDS, DAYS, st.data())
def test_a_later_row_planted_anywhere_changes_no_feature(seed: int, as_of: date, data: st.DataObject) -> None:
    frames = Town(seed).frames()
    expected = _features(as_of, frames)
    for t in LANDING_TABLES:
        if not t.known or t.name not in frames or not len(frames[t.name]):
            continue
        frame = frames[t.name]
        copies = frame.iloc[data.draw(st.lists(st.integers(0, len(frame) - 1), min_size=1, max_size=5), label=t.name)]
        copies = copies.assign(
            **{t.known: pd.Series(pd.Timestamp("2027-12-01"), index=copies.index).astype("datetime64[s]")}
        )
        if t.name == "energie_maand":
            copies = copies.assign(maand=np.int32(2027 * 12))
        frames[t.name] = pd.concat([frame, copies]).astype(frame.dtypes)
        if t.name == "verblijf":
            frames[t.name] = frames[t.name].sort_values(["persoon", "volgorde"], kind="stable")
    _same(expected, _features(as_of, frames))


@few
@given(SEEDS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_feature(seed: int, as_of: date, random: st.RandomModule) -> None:
    """Rows shuffled, and addresses, persons and owners numbered otherwise."""
    frames = Town(seed).frames()
    shuffle = np.random.default_rng(random.randint(0, 1 << 30))  # type: ignore[attr-defined]
    place, person, owner = (shuffle.permutation(n) for n in (N, len(frames["personen"]), OWNERS))
    moved = {}
    for name, frame in frames.items():
        frame = frame.copy()
        for column, order in (("adres", place), ("persoon", person), ("gerechtigde", owner)):
            if column in frame:
                new = np.append(order, -1)[frame[column].to_numpy()]
                frame[column] = new.astype(np.int32)
        if name in ("adressen", "omgeving", "personen"):
            frame = frame.iloc[np.argsort(person if name == "personen" else place)].reset_index(drop=True)
        elif name == "verblijf":
            frame = frame.sort_values(["persoon", "volgorde"], ignore_index=True)
        elif name != "panden":
            frame = frame.iloc[shuffle.permutation(len(frame))].reset_index(drop=True)
        moved[name] = frame
    _same(_features(as_of, frames), _features(as_of, moved))


def _without(sources: Sources, keys: set[str]) -> Sources:
    gone = {table: None for key in keys for table in TABLES[key]}
    return replace(sources, **gone)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", TABLES)
def test_without_its_source_a_feature_is_unknown_never_zero(source: str) -> None:
    frame = of_sources(_without(world(**Town(1).frames()), {source})).frame
    for feature in FEATURES:
        if source in feature.sources:
            assert frame[feature.name].isna().all(), feature.name


def test_a_feature_rests_on_nothing_but_its_declared_sources() -> None:
    """With every other source taken away its values stay; so a grant for one source cannot let another one in."""
    sources = world(**Town(2).frames())
    everything = of_sources(sources).frame
    for declared in {frozenset(f.sources) for f in FEATURES}:
        # The BRP is always there: which dwellings are inhabited is part of every comparison.
        alone = of_sources(_without(sources, set(TABLES) - declared - {"brp"})).frame
        names = [f.name for f in FEATURES if frozenset(f.sources) == declared]
        pd.testing.assert_frame_equal(alone[names], everything[names])


def test_every_column_is_declared_and_every_declared_one_computed() -> None:
    from features.groups.all import GROUPS

    sources = world(**Town(3).frames())
    computed = [name for group in GROUPS for name in group(sources).columns]
    assert sorted(computed) == sorted(f.name for f in FEATURES)


def test_the_town_is_not_trivial() -> None:
    """The laws above would hold for columns that are always unknown: most must vary over a few towns."""
    together = pd.concat([_features(date(2026, 1, 1), Town(seed).frames()) for seed in range(6)])
    constant = {name for name in together if together[name].nunique() < 2}
    assert len(constant) < 35, sorted(constant)
