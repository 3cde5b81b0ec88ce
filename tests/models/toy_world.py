"""A world of a few hundred addresses whose truth shows plainly in its features, for tests of the closed loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from features.columns import Doel
from features.landing import Sources
from features.register import version
from features.table import FeatureTable, Grant
from models.labels import labels
from models.loop_world import Answers

SOURCES = ("brp", "bag", "energie", "vastgoed", "signalen", "omgeving")
GRANTS = tuple(Grant(source=s, grondslag="test", doelen=tuple(Doel)) for s in SOURCES)
CODE = {Doel.SPOOKBEWONING: "gebruik_zonder_inschrijving", Doel.SCHIJNBEWONING: "minder_bewoners_dan_ingeschreven"}


@dataclass(frozen=True)
class ToyWorld:
    """n scored addresses; every tenth is spookbewoning, every tenth after it schijnbewoning, all the time.

    A landing of twice as many addresses, of which the odd rows are scored. slow: days until an outcome is known.
    """

    n: int = 300
    months: int = 4
    slow: int = 40
    past: int = 0  # investigations a month in the six months before, of all addresses in turn
    seed: int = 1
    asked: list[date] = field(default_factory=list)

    @property
    def starts(self) -> tuple[date, ...]:
        return tuple(d.date() for d in pd.date_range("2025-01-01", periods=self.months, freq="MS"))

    @cached_property
    def adres(self) -> np.ndarray:
        return (2 * np.arange(self.n) + 1).astype(np.int32)

    def holds(self, doel: Doel) -> np.ndarray:
        return np.arange(self.n) % 10 == (0 if doel is Doel.SPOOKBEWONING else 1)

    def table(self, as_of: date) -> FeatureTable:
        self.asked.append(as_of)
        rng = np.random.default_rng([self.seed, as_of.toordinal()])
        frame = pd.DataFrame(
            {
                "maanden_zonder_inschrijving": 10.0 * self.holds(Doel.SPOOKBEWONING) + rng.random(self.n),
                "ingeschrevenen": 5.0 * self.holds(Doel.SCHIJNBEWONING) + rng.random(self.n),
                "stroom_percentiel": 100 * rng.random(self.n),
                "woningtype": (np.arange(self.n) % 3).astype(float),
            }
        )
        return FeatureTable(
            gemeente="0175",
            as_of=as_of,
            identificatie=pd.Series([f"A{i:04d}" for i in range(self.n)]),
            adres=pd.Series(self.adres),
            frame=frame,
            grants=GRANTS,
            version=version(),
        )

    def before(self) -> pd.DataFrame:
        rows = np.arange(6 * self.past) % self.n
        start = pd.to_datetime("2024-07-02") + pd.to_timedelta(
            30 * (np.arange(6 * self.past) // max(self.past, 1)), "D"
        )
        return self._investigations(rows, start, Doel.SPOOKBEWONING).assign(
            doel="spookbewoning", aanleiding="signaal", selectiekans=np.nan
        )

    def labels(self, investigations: pd.DataFrame, as_of: date, doel: Doel) -> pd.DataFrame:
        adressen = pd.DataFrame({"gescoord": np.arange(2 * self.n) % 2 == 1})
        return labels(Sources(gemeente="0175", as_of=as_of, adressen=adressen, onderzoeken=investigations), doel)

    def answers(self, month: int, doel: Doel) -> Answers:
        start = pd.to_datetime([self.starts[month]] * self.n) + pd.Timedelta(days=3)
        found = self._investigations(np.arange(self.n), start, doel)
        holds = self.holds(doel)
        other = self.holds(next(d for d in Doel if d is not doel))
        no = np.zeros(self.n, dtype=bool)
        return Answers(found=found, confirmed=holds, other=other & ~holds, silent=no, true=holds)

    def truth(self, month: int, doel: Doel) -> np.ndarray:
        return self.holds(doel)

    def _investigations(self, rows: np.ndarray, start: pd.DatetimeIndex, doel: Doel) -> pd.DataFrame:
        outcome = np.full(len(rows), "in_orde", dtype="U40")
        for one in (*(d for d in Doel if d is not doel), doel):  # the question asked comes first
            outcome = np.where(self.holds(one)[rows], CODE[one], outcome)
        return pd.DataFrame(
            {
                "onderzoek_id": [f"{doel.value[:2]}-{i}-{day:%y%m%d}" for i, day in zip(rows, start, strict=True)],
                "adres": self.adres[rows],
                "bekend": np.asarray(start, dtype="datetime64[s]"),
                "bezoekpogingen": 1.0,
                "afgerond": np.asarray(start + pd.Timedelta(days=self.slow), dtype="datetime64[s]"),
                "uitkomst": outcome,
                "behandelaar": "h",
            }
        )
