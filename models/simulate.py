"""The closed loop: pick, find, learn, pick again, on a world whose truth is known afterwards.

Each month, per target: features as known at the end of the month before; the policy picks among the free addresses;
what an inspector finds there comes to light when the investigation is finished, and only then teaches anything.
What was confirmed is settled and leaves the game; whatever was visited rests. The world itself goes on as it would
have gone: nobody moves out because of a visit.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel
from features.table import FeatureTable
from models.examples import LIGHT, Examples, combined, examples
from models.labels import month_end_before
from models.loop_measures import Ledger
from models.loop_records import LoopRun
from models.loop_world import Answers, World
from models.policies import Picks, Policy, Seen
from models.tables import Codes

REST = 9  # months in which an address is not looked at again, as in practice
RESERVE = 500  # addresses of each month-end kept aside, from which light negatives are drawn later
NEVER = -1000


@dataclass(frozen=True, kw_only=True)
class Setup:
    """capacity: addresses a month per target. history: start with the outcomes of past practice, or with none."""

    capacity: int = 20
    history: bool = True
    seed: int = 1


@dataclass(eq=False)
class _Memory:
    """What was investigated, and of each month-end the feature rows that may be learned from later."""

    world: World
    seed: int
    investigations: pd.DataFrame
    tables: dict[date, FeatureTable] = field(default_factory=dict)

    def keep(self, table: FeatureTable, rows: Codes) -> None:
        """Keep these rows of a month-end and a reserve drawn at random."""
        n = len(table.adres)
        rng = np.random.default_rng([self.seed, table.as_of.toordinal()])
        kept = np.union1d(rows, rng.choice(n, min(RESERVE, n), replace=False))
        self.tables[table.as_of] = replace(
            table,
            identificatie=table.identificatie.iloc[kept].reset_index(drop=True),
            adres=table.adres.iloc[kept].reset_index(drop=True),
            frame=table.frame.iloc[kept].reset_index(drop=True),
        )

    def examples(self, as_of: date, doel: Doel) -> Examples:
        """The labels known on `as_of`, with light negatives: what a training on that day would read."""
        found = self.world.labels(self.investigations, as_of, doel)
        parts = [examples(table, found, light=LIGHT, seed=self.seed) for table in self.tables.values()]
        return combined(parts)

    def settled(self, as_of: date, doel: Doel, adres: pd.Series) -> NDArray[np.bool_]:
        """Per address whether the target was confirmed there by then."""
        found = self.world.labels(self.investigations, as_of, doel)
        return adres.isin(found.loc[found["y"] == 1, "adres"]).to_numpy()


def play(
    world: World, policy: Policy, setup: Setup = Setup(), tell: Callable[[int], None] = lambda month: None
) -> LoopRun:
    """Run the loop of every month of `world` under `policy` and measure it. tell: is told each month that is done."""
    first = world.table(_eve(world.starts[0]))
    past = world.before()
    memory = _Memory(world=world, seed=setup.seed, investigations=past if setup.history else past.iloc[:0])
    memory.keep(first, np.empty(0, dtype=np.int64))
    if setup.history:
        _remember(memory, past, first.adres)
    last = _last_visit(past, world.starts[0], first.adres)
    ledger = Ledger(len(first.adres), world.starts)
    for month, start in enumerate(world.starts):
        table = first if month == 0 else world.table(_eve(start))
        order = list(Doel) if month % 2 == 0 else list(Doel)[::-1]  # neither target always comes first
        picked = []
        for doel in order:
            settled = memory.settled(_eve(start), doel, first.adres)
            seen = _seen(month, table, doel, (month - last > REST) & ~settled, setup, memory)
            picks = checked(policy.pick(seen), seen)
            answers = world.answers(month, doel)
            ledger.add(month, seen, picks, answers, world.truth(month, doel) & ~settled)
            last[picks.rows] = month
            memory.investigations = pd.concat([memory.investigations, _opened(picks, answers, doel)], ignore_index=True)
            picked.append(picks.rows)
        memory.keep(table, np.concatenate(picked))
        tell(month)
    return ledger.run()


def checked(picks: Picks, seen: Seen) -> Picks:
    """Refuse what is against the rules of the game: too many, twice, or not free. Raises ValueError."""
    rows = picks.rows
    if len(rows) > seen.count or len(np.unique(rows)) < len(rows) or not seen.free[rows].all():
        raise ValueError(f"Expected at most {seen.count} different free rows; found {len(rows)} picks.")
    return picks


def _seen(month: int, table: FeatureTable, doel: Doel, free: NDArray[np.bool_], setup: Setup, memory: _Memory) -> Seen:
    def stream(name: str) -> np.random.Generator:
        return np.random.default_rng([setup.seed, month, zlib.crc32(f"{name} {doel.value}".encode())])

    return Seen(
        doel=doel,
        month=month,
        table=table,
        free=free,
        count=setup.capacity,
        examples=lambda: memory.examples(table.as_of, doel),
        rng=stream("policy"),
        lot=stream("lot"),
    )


def _opened(picks: Picks, answers: Answers, doel: Doel) -> pd.DataFrame:
    """The picks as investigations, outcome and all; who reads them cuts them off at a day."""
    found = answers.found.iloc[picks.rows]
    return found.assign(doel=doel.value, aanleiding=picks.reason, selectiekans=picks.chance)


def _remember(memory: _Memory, past: pd.DataFrame, adres: pd.Series) -> None:
    """Keep the month-ends that past investigations need. adres: of the n addresses, their row in the landing."""
    rows, day = pd.Index(adres).get_indexer(past["adres"]), month_end_before(past["bekend"])
    for month_end in sorted(day.unique()):
        here = rows[(day == month_end).to_numpy()]
        memory.keep(memory.world.table(pd.Timestamp(month_end).date()), here[here >= 0])


def _last_visit(past: pd.DataFrame, start: date, adres: pd.Series) -> Codes:
    """n: the month of the loop in which an investigation last began at each address; negative before the loop."""
    last = np.full(len(adres), NEVER, dtype=np.int64)
    rows = pd.Index(adres).get_indexer(past["adres"])
    months = (past["bekend"].dt.year * 12 + past["bekend"].dt.month - start.year * 12 - start.month).to_numpy()
    np.maximum.at(last, rows[rows >= 0], months[rows >= 0])
    return last


def _eve(start: date) -> date:
    return (pd.Timestamp(start) - pd.Timedelta(days=1)).date()
