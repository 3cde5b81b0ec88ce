"""What a planner asks for, as it is stored: canonical JSON, so that a plan can be made again from its own row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

MOST_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who goes, from where (RD, metres), and from when to when on the wall. offers: what it can do besides
    (politie); two people offer `twee_personen` by being two. dagen: on which it goes; empty = every day of the period.
    """

    naam: str
    leden: tuple[str, ...]
    start_x: float
    start_y: float
    begin: time
    einde: time
    kan: frozenset[str] = frozenset()
    dagen: frozenset[date] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Area:
    """Where. buitengebied: True = outside the built-up area alone; None = both. woonplaatsen: empty = all. vlak: the
    rings of a polygon (RD, metres), outer first; empty = no bound.
    """

    buitengebied: bool | None = None
    woonplaatsen: tuple[str, ...] = ()
    vlak: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A whole question. minuten: of the first door of a stop, and of each further one. aandeel_*: shares (0-1) of what
    is visited in the period for exploration and for chance. gevelschouw: addresses of the ranking too, to be seen from
    the public road. met_twee: every visit asks for two people. avond: evenings and Saturdays may be used where nobody
    was met before.
    """

    gemeente: str
    eerste_dag: date
    laatste_dag: date
    teams: tuple[Team, ...]
    gebied: Area = Area()
    minuten_eerste: float = 15.0
    minuten_verder: float = 7.0
    aandeel_verkenning: float = 0.10
    aandeel_steekproef: float = 0.10
    gevelschouw: bool = False
    met_twee: bool = False
    avond: bool = False

    @property
    def dagen(self) -> tuple[date, ...]:
        """Every day of the period."""
        return tuple(self.eerste_dag + timedelta(days=n) for n in range((self.laatste_dag - self.eerste_dag).days + 1))


def told(asked: Asked) -> str:
    """As canonical JSON."""
    return json.dumps(_plain(asked), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read(words: str) -> Asked:
    """Back from `told`."""
    about = json.loads(words)
    teams = tuple(
        Team(
            **{
                **team,
                "leden": tuple(team["leden"]),
                "begin": time.fromisoformat(team["begin"]),
                "einde": time.fromisoformat(team["einde"]),
                "kan": frozenset(team["kan"]),
                "dagen": frozenset(date.fromisoformat(day) for day in team["dagen"]),
            }
        )
        for team in about.pop("teams")
    )
    area = about.pop("gebied")
    rings = tuple(tuple((float(x), float(y)) for x, y in ring) for ring in area["vlak"])
    for name in ("eerste_dag", "laatste_dag"):
        about[name] = date.fromisoformat(about[name])
    place = Area(buitengebied=area["buitengebied"], woonplaatsen=tuple(area["woonplaatsen"]), vlak=rings)
    return Asked(**about, teams=teams, gebied=place)


def _plain(value: Any) -> Any:
    if isinstance(value, Asked | Team | Area):
        return {name: _plain(part) for name, part in vars(value).items()}
    if isinstance(value, frozenset):
        return sorted(_plain(part) for part in value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date | time) else value
