"""Public instances of the team orienteering problem, as problems of our own planner.

Chao, Golden and Wasil (1996), doi:10.1016/0377-2217(95)00035-6. A file has the lines `n`, `m`, `tmax`, then x, y and
score of each vertex; the first is the start, the last the end. Distances are Euclidean and not rounded; here a unit of
distance is a second. best_known.csv: `instance;best_known`, optional.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from service.planning.problem import Plan, Problem, Shift, Stop


@dataclass(frozen=True, kw_only=True)
class Instance:
    """vertices: (n, 3) x, y, score. best: the best value in the literature, None when not known."""

    name: str
    teams: int
    tmax: float
    vertices: np.ndarray
    best: float | None = None

    def problem(self) -> Problem:
        """The same, as shifts and stops."""
        at = self.vertices[:, :2]
        last = len(at) - 1
        return Problem(
            stops=tuple(Stop(id=str(i), place=i, service=0, prize=float(self.vertices[i, 2])) for i in range(1, last)),
            shifts=tuple(
                Shift(id=f"team {team}", start=0, finish=last, begin=0, end=self.tmax) for team in range(self.teams)
            ),
            travel=np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=-1)),
        )

    def checked(self, plan: Plan) -> float:
        """The score of a plan, by the instance alone. Raises ValueError when it is not a solution."""
        seen: set[int] = set()
        if len(plan.routes) > self.teams:
            raise ValueError(f"{self.name}: {len(plan.routes)} routes for {self.teams} teams")
        for route in plan.routes:
            path = [0, *(int(visit.stop) for visit in route.visits), len(self.vertices) - 1]
            at = self.vertices[path, :2]
            length = float(np.sqrt((np.diff(at, axis=0) ** 2).sum(axis=1)).sum())
            if length > self.tmax + 1e-6 or seen & set(path[1:-1]):
                raise ValueError(f"{self.name}: a route of {length} where {self.tmax} is the most, or a vertex twice")
            seen |= set(path[1:-1])
        return float(self.vertices[sorted(seen), 2].sum())

    def varied(self, teams: int, tmax: float) -> Instance:
        """Another number of teams, another length: its best value is not known."""
        return replace(self, name=f"{self.name} m={teams} tmax={tmax:g}", teams=teams, tmax=tmax, best=None)


def read(file: Path, best: float | None = None) -> Instance:
    """One file. Raises ValueError when it is not of this form."""
    lines = [line.split() for line in file.read_text().splitlines() if line.strip()]
    head = {words[0].lower(): words[1] for words in lines[:3]}
    rows = [[float(word.rstrip(";")) for word in words[:3]] for words in lines[3:]]
    if set(head) != {"n", "m", "tmax"} or len(rows) != int(head["n"]):
        raise ValueError(f"{file.name}: expected n, m, tmax and then n vertices, found {len(rows)}")
    return Instance(name=file.stem, teams=int(head["m"]), tmax=float(head["tmax"]), vertices=np.array(rows), best=best)


def instances(folder: Path) -> list[Instance]:
    """All files of a folder, by name."""
    known = folder / "best_known.csv"
    best: dict[str, float] = {}
    if known.exists():
        with known.open(newline="") as lines:
            best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(lines, delimiter=";")}
    return [read(file, best.get(file.stem)) for file in sorted(folder.glob("p*.txt"))]
