"""A plan as other rooms see it: rounds of stops, a stop of one or more addresses, and what was left out and why.

Nothing here tells through which stream an address was chosen, nor its band or score: whoever goes there sees words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from features.columns import Doel


@dataclass(frozen=True, kw_only=True)
class Adres:
    """One door. id: opaque (service/opaque.py). x, y: RD, metres. onderzoek_id: the investigation it belongs to.

    redenen: sentences, strongest first, for and against; no figures of the model. nodig: what the visit needs
    (twee_personen, politie). pogingen: moments of earlier visits at which nobody was met.
    """

    id: str
    identificatie: str
    onderzoek_id: str
    gemeente: str
    adres: str
    postcode: str
    woonplaats: str
    doel: Doel
    afgeschermd: bool
    x: float
    y: float
    redenen: tuple[str, ...] = ()
    nodig: frozenset[str] = frozenset()
    pogingen: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One erf or building. nr: 1, 2 … within its round. vast: pinned by the planner. vervallen: "" or why it is off
    (solved since, by the check on the day itself).
    """

    id: str
    nr: int
    adressen: tuple[Adres, ...]
    x: float
    y: float
    aankomst: datetime
    begin: datetime
    einde: datetime
    vast: bool = False
    vervallen: str = ""


@dataclass(frozen=True, kw_only=True)
class Ronde:
    """One team on one day. leden: ids of persons; who sees it. versie: changes whenever the round does."""

    id: str
    plan_id: str
    gemeente: str
    dag: date
    team: str
    leden: tuple[str, ...]
    start_x: float
    start_y: float
    vertrek: datetime
    terug: datetime
    stops: tuple[Stop, ...]
    begonnen: datetime | None = None
    versie: int = 1


@dataclass(frozen=True, kw_only=True)
class Over:
    """An address that is in no round, and why: a word of service.planning.problem.Why, or `geweerd` (banned)."""

    adres: Adres
    waarom: str


@dataclass(frozen=True, kw_only=True)
class Vergelijking:
    """What the same hours give by another rule. vondsten: expected confirmed findings; uren: on the road and at doors."""

    naam: str  # plan | lijst (top of the list by rank)
    vondsten: float
    uren: float
    adressen: int


@dataclass(frozen=True, kw_only=True)
class Plangegevens:
    """A whole plan. toestand: concept | vastgesteld | vervangen. versie: changes with every re-solve."""

    id: str
    gemeente: str
    eerste_dag: date
    laatste_dag: date
    toestand: str
    versie: int
    ronden: tuple[Ronde, ...]
    over: tuple[Over, ...]
    vergelijkingen: tuple[Vergelijking, ...]
