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
    """What the same hours give by another rule. vondsten: expected confirmed findings; uren: from office to office."""

    naam: str  # plan | lijst (top of the list by rank)
    vondsten: float
    uren: float
    adressen: int


@dataclass(frozen=True, kw_only=True)
class Dienst:
    """One team on one day, whether a round came of it or not: where a stop can be moved to. einde = begin: no time."""

    id: str
    dag: date
    team: str
    leden: tuple[str, ...]
    begin: datetime
    einde: datetime


@dataclass(frozen=True, kw_only=True)
class Wens:
    """What a planner wants with one address, the last time it was said. soort: vast | weren | venster | nodig.

    adres: opaque id. dienst: "" = any. van, tot: of a window. nodig: what the visit needs (twee_personen, politie).
    """

    adres: str
    soort: str
    dienst: str = ""
    van: datetime | None = None
    tot: datetime | None = None
    nodig: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Plangegevens:
    """A whole plan. toestand: concept | vastgesteld | vervangen. versie: changes with every wish and every solution.

    over: who is left out: every investigation, and any other address that a planner asked for; of the rest of the
    ranking `over_aantallen` holds the number alone, by reason. bezig: somebody computes, voortgang 0-1 of it. mislukt:
    they were cut off, or it could not be done: `fout` says why. reis: what the travel times were computed with.
    berekend: when; None = nothing yet.
    """

    id: str
    gemeente: str
    eerste_dag: date
    laatste_dag: date
    toestand: str
    versie: int
    ronden: tuple[Ronde, ...]
    over: tuple[Over, ...]
    vergelijkingen: tuple[Vergelijking, ...]
    over_aantallen: tuple[tuple[str, int], ...] = ()
    diensten: tuple[Dienst, ...] = ()
    wensen: tuple[Wens, ...] = ()
    bezig: bool = False
    voortgang: float = 1.0
    mislukt: bool = False
    fout: str = ""
    berekend: datetime | None = None
    reis: str = ""


@dataclass(frozen=True, kw_only=True)
class Planregel:
    """A plan in a list: no address. stops, teams: how many."""

    id: str
    gemeente: str
    eerste_dag: date
    laatste_dag: date
    toestand: str
    versie: int
    gemaakt: datetime
    door: str
    stops: int
    teams: int
    bezig: bool
