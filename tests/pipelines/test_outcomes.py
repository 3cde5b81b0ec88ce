"""Gathering what there is to learn from: every month-end is built once, and what is left out is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features import landing
from features.columns import Doel
from features.landing import Sources
from features.table import FeatureTable, of_sources
from models.fitting import FEWEST, enough
from pipelines.outcomes import Outcomes, gathered, population, too_few
from pipelines.progress import Steps
from pipelines.settings import Settings
from tests.features.tiny import adressen, personen, table, verblijf, world
from tests.models.example_rows import rows
from tests.pipelines.bench_made_up import landed

AS_OF = date(2026, 10, 1)


def _investigation(number: int, adres: int, start: str, end: str | None, outcome: str, **more: Any) -> dict[str, Any]:
    row = {"onderzoek_id": f"o{number}", "adres": adres, "doel": "spookbewoning", "aanleiding": "risico"}
    ends = None if end is None else pd.Timestamp(end)
    return row | {"bekend": pd.Timestamp(start), "afgerond": ends, "uitkomst": outcome} | more


INVESTIGATIONS = [
    _investigation(1, 0, "2026-03-10", "2026-04-01", "gebruik_zonder_inschrijving", behandelaar="h1"),
    _investigation(2, 0, "2026-03-10", "2026-05-01", "in_orde", behandelaar="h2"),  # the same, finished later
    _investigation(3, 1, "2026-03-20", "2026-04-01", "in_orde", aanleiding="steekproef", selectiekans=0.25),
    _investigation(4, 2, "2026-06-02", "2026-07-01", "gebruik_zonder_inschrijving"),
    _investigation(5, 3, "2019-05-02", "2019-07-01", "in_orde"),  # before anything was recorded
    _investigation(6, 3, "2026-09-02", None, ""),  # running: says nothing, but the team is at work on it
]


@dataclass(frozen=True)
class Place:
    """Stands for a Landing."""

    gemeente: str = "0175"

    def at(self, as_of: date) -> Sources:
        return replace(
            world(
                as_of,
                adressen=adressen(),
                personen=personen(1980, 1990),
                verblijf=verblijf((0, 1, "2022-01-01"), (1, 2, "2023-01-01")),
                onderzoeken=table(landing.ONDERZOEKEN, INVESTIGATIONS),
            ),
            gemeente=self.gemeente,
        )


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days of which features were built, in order."""
    days: list[date] = []

    def kept(place: Place, day: date) -> FeatureTable:
        days.append(day)
        return of_sources(place.at(day))

    monkeypatch.setattr("pipelines.outcomes.kept", kept)
    return days


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(werkmap=tmp_path, mlflow="", taken=1, zaad=1, key=b"k" * 32)


@pytest.fixture
def found(built: list[date], settings: Settings) -> Callable[..., Outcomes]:
    def gather(**given: Any) -> Outcomes:
        delivery = replace(landed(), landings=(Place(),))  # type: ignore[arg-type]
        return gathered(delivery, AS_OF, replace(settings, **given), Steps(quiet=True))

    return gather


def test_every_month_end_is_built_once_and_labels_meet_the_features_of_the_day_before(
    found: Callable[..., Outcomes], built: list[date]
) -> None:
    spook = found().examples[Doel.SPOOKBEWONING]
    assert built == [date(2026, 2, 28), date(2026, 5, 31)]
    own = spook.take(spook.labelled)
    assert own.y.tolist() == [0.0, 0.0, 1.0]
    assert own.behandelaar.tolist() == ["h2", "", ""]
    assert own.steekproef.tolist() == [False, True, False] and own.selectiekans[1] == 0.25
    assert (spook.block >= 0).all()


def test_what_is_left_out_is_said_in_words(found: Callable[..., Outcomes]) -> None:
    twice, early = found().notes[Doel.SPOOKBEWONING]
    assert "1 onderzoeken stonden dubbel" in twice and "laatst afgeronde telt" in twice
    assert "1 uitkomsten tellen niet mee" in early and "Voor 2022-01-01 is geen inschrijving bekend" in early


def test_capacity_is_what_was_begun_unless_it_is_set(found: Callable[..., Outcomes]) -> None:
    assert found().capacity == {Doel.SPOOKBEWONING: 3, Doel.SCHIJNBEWONING: 0}  # five in a year, half of it
    assert found(capaciteit=80).capacity == {Doel.SPOOKBEWONING: 80, Doel.SCHIJNBEWONING: 80}


def test_a_delivery_without_outcomes_gives_nothing_to_learn_from(
    found: Callable[..., Outcomes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.INVESTIGATIONS", [])
    assert found().examples == {}


def test_the_population_is_thinned_where_there_are_many(built: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = replace(landed(), landings=(Place(),))  # type: ignore[arg-type]
    assert len(population(delivery, AS_OF)) == 5
    monkeypatch.setattr("pipelines.outcomes.POPULATION", 2)
    many = replace(delivery, report=replace(delivery.report, adressen={"0175": 5}))
    assert len(population(many, AS_OF)) == 2  # of five, every third


def test_why_nothing_can_be_learned() -> None:
    X = pd.DataFrame({"x": np.zeros(20)})
    none = rows(X, np.zeros(20), labelled=np.zeros(20, dtype=bool))
    negative, few = rows(X, np.zeros(20)), rows(X, (np.arange(20) < FEWEST - 1).astype(float))
    assert not any(enough(one) for one in (none, negative, few))
    assert too_few(None) == too_few(none) == "no finished investigations that speak for it"
    assert "all 20 labels are negative" in too_few(negative)
    assert too_few(few) == f"{FEWEST - 1} positives among 20 labels: too few to learn from"
