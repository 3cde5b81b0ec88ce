"""Issue 3, shown by 4: what is planted changes no feature, and a feature that does look ahead is caught."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import landing
from features.errors import Refusal
from features.landing import LandingTable, Sources
from features.table import of_sources
from models.leak import alarms, changed_by_the_future, require_no_alarm, tables_of, truncated
from tests.features.tiny import AS_OF, table, world
from tests.features.tiny_town import N, Town
from tests.models.example_rows import rows
from tests.models.made_up import feature

SEEDS = st.integers(0, 100_000)
DAYS = st.sampled_from([date(2024, 12, 31), date(2025, 6, 30)])
few = settings(max_examples=8, deadline=None)
FRAUD = pd.Timestamp("2026-03-10")  # the investigation begins here; the features are of 2026-02-28
BEFORE = date(2026, 2, 28)


def _investigation() -> pd.DataFrame:
    """Begun after the features' day, at address 0, with its outcome."""
    return table(
        landing.ONDERZOEKEN,
        [
            {"onderzoek_id": "o1", "adres": 0, "doel": "schijnbewoning", "aanleiding": "signaal", "bekend": FRAUD,
             "afgerond": FRAUD + pd.Timedelta(days=40), "uitkomst": "ingeschreven_niet_woonachtig", "behandelaar": "h1"}
        ],
    )  # fmt: skip


def _features(frames: dict[str, pd.DataFrame], as_of: date = BEFORE) -> pd.DataFrame:
    return of_sources(world(as_of, **frames)).frame


@few
@given(SEEDS)
def test_the_investigation_its_signals_and_the_moves_after_it_change_no_feature(seed: int) -> None:
    frames = Town(seed).frames()
    expected = _features(frames)
    signal = {"adres": 0, "soort": "retourpost", "bron": "handhaving", "bekend": FRAUD}
    moved = (
        frames["verblijf"]
        .iloc[-1:]
        .assign(volgorde=99, adres=np.int32(0), bekend=FRAUD, van_vroegst=FRAUD, van_laatst=FRAUD)
    )
    frames["onderzoeken"] = _investigation()
    frames["signalen"] = pd.concat([frames["signalen"], table(landing.SIGNALEN, [signal] * 3)])
    frames["verblijf"] = pd.concat([frames["verblijf"], moved.astype(frames["verblijf"].dtypes)])
    pd.testing.assert_frame_equal(_features(frames), expected)


@few
@given(SEEDS)
def test_a_column_with_the_truth_changes_no_feature(seed: int) -> None:
    """Even where the answer lies in every table, under any name: only declared columns are read."""
    frames = Town(seed).frames()
    expected = _features(frames)
    answer = np.random.default_rng(seed)
    told = {name: frame.assign(waarheid=answer.random(len(frame)), y=1.0) for name, frame in frames.items()}
    pd.testing.assert_frame_equal(_features(told), expected)


@few
@given(SEEDS, DAYS)
def test_no_feature_of_the_register_knows_ahead(seed: int, as_of: date) -> None:
    frames = Town(seed).frames() | {"onderzoeken": _investigation()}
    assert changed_by_the_future(frames, world(as_of, **frames)) == ()


def _ends_in_disgrace(sources: Sources) -> pd.DataFrame:
    """A leaking feature: outcomes per address, whenever they were known."""
    found = sources.onderzoeken
    assert found is not None
    bad = found["uitkomst"].astype("str") == "ingeschreven_niet_woonachtig"
    counts = np.bincount(found.loc[bad, "adres"], minlength=N).astype(float)
    return pd.DataFrame({"uitkomsten": counts, "huisnummer": np.arange(float(N))})


def test_a_leaking_feature_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cut works the feature sees no later outcome; where a declaration forgets its date, it is caught."""
    frames = Town(1).frames() | {"onderzoeken": _investigation()}
    assert changed_by_the_future(frames, world(BEFORE, **frames), _ends_in_disgrace) == ()
    forgotten = LandingTable(name="onderzoeken", description="", columns=landing.ONDERZOEKEN.columns)
    tables = tuple(forgotten if one.name == "onderzoeken" else one for one in landing.LANDING_TABLES)
    monkeypatch.setattr("models.leak.LANDING_TABLES", tables)
    assert changed_by_the_future(frames, world(BEFORE, **frames), _ends_in_disgrace) == ("uitkomsten",)


def test_a_feature_that_reads_a_later_end_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row was known, its end was not: only the fact is to be blanked."""
    signal = {"adres": 0, "bekend": pd.Timestamp("2026-01-05"), "afgehandeld": pd.Timestamp("2026-05-05")}
    frames = {"signalen": table(landing.SIGNALEN, [signal])}

    def settled(sources: Sources) -> pd.DataFrame:
        assert sources.signalen is not None
        return pd.DataFrame({"afgehandeld": sources.signalen["afgehandeld"].notna().astype(float)})

    assert changed_by_the_future(frames, world(BEFORE, **frames), settled) == ()
    careless = LandingTable(name="signalen", description="", columns=landing.SIGNALEN.columns, known="bekend")
    monkeypatch.setattr("models.leak.LANDING_TABLES", (landing.ADRESSEN, careless))
    assert changed_by_the_future(frames, world(BEFORE, **frames), settled) == ("afgehandeld",)


def test_the_tables_of_sources_are_those_that_are_there() -> None:
    sources = world(AS_OF, **Town(2).frames())
    assert set(tables_of(sources)) == set(Town(2).frames())
    assert len(truncated(sources.signalen, date(2020, 1, 1))) == 0


def _labelled(n: int = 400, positives: int = 40) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(5)
    y = np.zeros(n)
    y[:positives] = 1
    return pd.DataFrame({"verbruik": rng.normal(size=n) + 2 * y, "uitkomst": np.where(y == 1, -1.0, 3.0)}), y


def test_a_feature_that_is_the_outcome_in_disguise_is_refused_by_name() -> None:
    X, y = _labelled()
    both = (feature("verbruik"), feature("uitkomst"))
    assert [(one.feature, one.auc) for one in alarms(rows(X, y), both)] == [("uitkomst", 1.0)]
    with pytest.raises(Refusal, match=r"feature uitkomst alone separates the labels \(AUC 1.000\)"):
        require_no_alarm(rows(X, y), both, "training schijnbewoning")
    require_no_alarm(rows(X, y), both[:1], "training schijnbewoning")  # strong, AUC 0.92, and honest


def test_being_missing_can_be_the_leak() -> None:
    X, y = _labelled()
    X["uitkomst"] = np.where(y == 1, np.nan, np.random.default_rng(1).normal(size=len(y)))
    assert [one.feature for one in alarms(rows(X, y), (feature("uitkomst"),))] == ["uitkomst"]


def test_one_kind_of_label_or_light_negatives_raise_no_alarm() -> None:
    X, y = _labelled()
    assert alarms(rows(X, np.zeros(len(y))), (feature("uitkomst"),)) == ()
    light = rows(X, y, labelled=y == 1)  # all that is labelled is positive
    assert alarms(light, (feature("uitkomst"),)) == ()
