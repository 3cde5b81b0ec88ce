"""What rests on years of birth says so, and ships on trial: proved by changing everybody's year of birth."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from features import landing
from features.columns import Status
from features.register import FEATURES
from features.table import of_sources
from tests.features.tiny import adressen, personen, table, verblijf, world
from tests.features.tiny_town import Town

AS_OF = date(2026, 1, 1)
YEARS = (1940.0, 1950.0, 1975.0, 1985.0, 1990.0, 2015.0, float("nan"))  # before any spell: no birth becomes a move
SEEDS = range(20)
AGED = {feature.name for feature in FEATURES if feature.papers.age}


def _changed(seed: int) -> set[str]:
    """The features of a town that differ when everybody gets another year of birth."""
    frames = Town(seed).frames()
    born = np.random.default_rng(seed).choice(YEARS, len(frames["personen"]))
    return _different(frames, frames | {"personen": frames["personen"].assign(geboortejaar=born)})


def _settled(newcomer: float) -> dict[str, pd.DataFrame]:
    """Somebody of 1950 who came in 2015, joined in 2025 by one person born in the year `newcomer`."""
    lived = verblijf((0, 0, "2015-03-01"), (1, 0, "2025-06-01"))
    return {"adressen": adressen(1), "personen": personen(1950.0, newcomer), "verblijf": lived}


def _moved(*born: float) -> dict[str, pd.DataFrame]:
    """Three people who moved together between two homes of one owner."""
    lived = verblijf(*((p, at, day) for p in range(3) for at, day in ((0, "2024-01-01"), (1, "2025-06-01"))))
    share = {"gerechtigde": 0, "gerechtigde_type": "natuurlijk_persoon", "aandeel": 1.0}
    day = pd.Timestamp("2020-01-01")
    owned = table(landing.EIGENDOM, [share | {"adres": at, "van": day, "bekend": day} for at in range(2)])
    return {"adressen": adressen(2), "personen": personen(*born), "verblijf": lived, "eigendom": owned}


def _different(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> set[str]:
    before, after = (of_sources(world(AS_OF, **frames)).frame for frames in (one, other))
    return {name for name in before if not before[name].equals(after[name])}


def test_a_feature_that_follows_a_year_of_birth_declares_it_and_no_other_does() -> None:
    newcomer = _different(_settled(1955.0), _settled(1980.0))  # nobody's child; a child by age
    assert newcomer >= {"recent_bij_vaste_bewoners"}
    group = _different(_moved(1950.0, 1951.0, 1952.0), _moved(1950.0, 1980.0, 1981.0))
    assert group >= {"groepsverhuizingen_zelfde_eigenaar"}
    assert newcomer.union(group, *map(_changed, SEEDS)) == AGED


def test_what_is_derived_from_age_ships_on_trial_with_the_reason() -> None:
    for feature in FEATURES:
        assert (feature.papers.status is Status.PROEF) == feature.papers.age, feature.name
        assert ("years of birth" in feature.papers.why) == feature.papers.age
