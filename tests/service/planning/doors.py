"""Doors, teams and a flat country for the tests of planning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import numpy as np
from numpy.typing import NDArray

from features.columns import Doel
from service.planning.doors import Candidate, Duty, Team

TUESDAY = date(2026, 11, 24)
PAIR = Team(naam="team 1", leden=("a", "b"), start_x=0.0, start_y=0.0)


class Straight:
    """10 metres a second, as the crow flies."""

    def seconds(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        away = points[:, None, :] - points[None, :, :]
        return np.asarray(np.hypot(away[..., 0], away[..., 1]) / 10.0)


def door(n: int, x: float = 0.0, y: float = 0.0, **more: object) -> Candidate:
    plain = Candidate(identificatie=f"{n:016d}", gemeente="0175", doel=Doel.SPOOKBEWONING, x=x, y=y, kans=0.3, band="A")
    return replace(plain, **more)


def duty(begin: int = 9, einde: int = 16, team: Team = PAIR, dag: date = TUESDAY) -> Duty:
    return Duty(team=team, dag=dag, begin=time(begin), einde=time(einde))
