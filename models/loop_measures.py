"""Measuring the closed loop while it runs. The only place of the loop that looks at the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.loop_records import Band, Group, LoopRun, Month
from models.loop_world import Answers
from models.policies import LOT, RISK, Picks, Seen
from models.tables import Codes, Floats

GROUPS = ("woningtype", "buitengebied", "particuliere_verhuur")  # features by which selection is compared
EDGES = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)  # of the bands of kans


class Ledger:
    """Keeps count of a run over n addresses and the months that begin on `starts`."""

    def __init__(self, n: int, starts: Sequence[date]) -> None:
        """Nothing counted yet."""
        self._starts, self._n = starts, n
        self._months: list[Month] = []
        self._groups: list[Group] = []
        self._bands: dict[tuple[str, int], Band] = {}
        self._cases: dict[str, NDArray[np.bool_]] = {}
        self._found: dict[str, NDArray[np.bool_]] = {}

    def add(self, month: int, seen: Seen, picks: Picks, answers: Answers, true: NDArray[np.bool_]) -> None:
        """Count one target's month. true: n, where the target holds and is not settled."""
        doel, rows = seen.doel.value, picks.rows
        lot, greedy = picks.reason == LOT, rows[picks.reason == RISK]
        hit = answers.confirmed[rows]
        real = hit & answers.true[rows]
        cases = self._cases.setdefault(doel, np.zeros(self._n, dtype=bool))
        found = self._found.setdefault(doel, np.zeros(self._n, dtype=bool))
        cases |= true
        cases[rows[real]] = True
        found[rows[real]] = True
        kans = picks.kans
        self._months.append(
            Month(
                doel=doel,
                month=f"{self._starts[month]:%Y-%m}",
                picked=len(rows),
                chosen=int((~lot).sum()),
                chosen_hits=int(hit[~lot].sum()),
                drawn=int(lot.sum()),
                drawn_hits=int(hit[lot].sum()),
                hits=int(hit.sum()),
                true_hits=int(real.sum()),
                silent=int(answers.silent[rows].sum()),
                other=int((answers.other[rows] & ~hit).sum()),
                free=int(seen.free.sum()),
                free_found=int(answers.confirmed[seen.free].sum()),
                free_true=int(true[seen.free].sum()),
                cases=int(cases.sum()),
                cases_found=int(found.sum()),
                kans=_mean(kans, np.flatnonzero(seen.free)),
                top=len(greedy),
                top_kans=_mean(kans, greedy),
                top_found=int(answers.confirmed[greedy].sum()),
                top_true=int(true[greedy].sum()),
                basis=picks.basis,
            )
        )
        self._count_groups(seen, rows[~lot], true)
        if kans is not None:
            self._count_bands(doel, kans[seen.free], answers.confirmed[seen.free], true[seen.free])

    def run(self) -> LoopRun:
        """Everything counted."""
        return LoopRun(months=tuple(self._months), groups=tuple(self._groups), bands=tuple(self._bands.values()))

    def _count_groups(self, seen: Seen, chosen: Codes, true: NDArray[np.bool_]) -> None:
        for column in GROUPS:
            if column not in seen.table.frame.columns:
                continue
            values = seen.table.frame[column].to_numpy(dtype=np.float64)
            known, code = np.unique(values[~np.isnan(values)], return_inverse=True)
            of = np.full(len(values), len(known))
            of[~np.isnan(values)] = code
            counts = [np.bincount(of[rows], minlength=len(known) + 1) for rows in (seen.free, chosen, seen.free & true)]
            self._groups += [
                Group(
                    doel=seen.doel.value,
                    month=f"{self._starts[seen.month]:%Y-%m}",
                    column=column,
                    value=float(value),
                    free=int(counts[0][i]),
                    chosen=int(counts[1][i]),
                    true=int(counts[2][i]),
                )
                for i, value in enumerate(known)
            ]

    def _count_bands(self, doel: str, kans: Floats, found: NDArray[np.bool_], true: NDArray[np.bool_]) -> None:
        of = np.clip(np.searchsorted(EDGES, kans, side="right") - 1, 0, len(EDGES) - 2)
        for i in range(len(EDGES) - 1):
            here = of == i
            empty = Band(doel=doel, low=EDGES[i], high=EDGES[i + 1], n=0, kans=0.0, found=0, true=0)
            was = self._bands.get((doel, i), empty)
            self._bands[(doel, i)] = replace(
                was,
                n=was.n + int(here.sum()),
                kans=was.kans + float(kans[here].sum()),
                found=was.found + int(found[here].sum()),
                true=was.true + int(true[here].sum()),
            )


def _mean(kans: Floats | None, rows: Codes) -> float:
    return float("nan") if kans is None or not len(rows) else float(kans[rows].mean())
