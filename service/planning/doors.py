"""What a plan is made from: doors that could be visited, and who can go when. Given in; nothing here is computed.

A candidate is one question about one door: an address that is asked about for both targets is two candidates, one door.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from features.columns import Doel
from service.planning.calendar import FIRST_HOUR, LAST_HOUR
from service.worklist.codes import Aanleiding

TWO = "twee_personen"
CHOSEN = frozenset({Aanleiding.VERKENNING, Aanleiding.STEEKPROEF})


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Within these moments the resident (or the case) wants the visit."""

    van: datetime
    tot: datetime


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One door and one target. x, y: RD, metres. kans: calibrated, 0-1; NaN in a cold start (then the band speaks).

    stroom, selectiekans: how it was chosen (never in an answer); gekozen: drawn for this period, so it is in the plan
    whatever it is worth. bekend: 0-1, how much of the answer is known already. pogingen: moments at which nobody was
    met. nodig: what the visit needs (twee_personen, politie). minuten: the door itself; None = the policy's.
    postcode, huisnummer: of one number with several additions, one stop is made; "" and 0 = unknown.
    """

    identificatie: str
    gemeente: str
    doel: Doel
    x: float
    y: float
    kans: float
    band: str = ""
    stroom: Aanleiding = Aanleiding.RISICO
    selectiekans: float | None = None
    gekozen: bool = False
    pogingen: tuple[datetime, ...] = ()
    nodig: frozenset[str] = frozenset()
    windows: tuple[Wish, ...] = ()
    onderzoek_id: str = ""
    postcode: str = ""
    huisnummer: int = 0
    buitengebied: bool = True
    bekend: float = 0.0
    minuten: float | None = None
    rang: int = 0


@dataclass(frozen=True, kw_only=True)
class Team:
    """leden: ids of persons; two of them offer `twee_personen`. kan: what they can do besides (politie)."""

    naam: str
    leden: tuple[str, ...]
    start_x: float
    start_y: float
    kan: frozenset[str] = frozenset()

    @property
    def offers(self) -> frozenset[str]:
        """What a visit may need of them."""
        return self.kan | ({TWO} if len(set(self.leden)) > 1 else set())


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One team on one day, from the office and back. begin, einde: wall clock."""

    team: Team
    dag: date
    begin: time
    einde: time

    @property
    def id(self) -> str:
        """Of its shift in the Problem."""
        return f"{self.dag.isoformat()} {self.team.naam}"


@dataclass(frozen=True, kw_only=True)
class Pin:
    """The planner wants this door visited; dienst: in that duty (its id), "" = in any."""

    identificatie: str
    dienst: str = ""


@dataclass(frozen=True, kw_only=True)
class Visiting:
    """How a gemeente visits. minuten_eerste: parking, walking up and the first door; minuten_verder: each further one.

    begin, einde: hours (wall clock, working days) between which a visit lies: 07:00-22:00 is the most that is allowed.
    avond: from this hour on only where nobody was met before; None = no such bound. zaterdag, zondag: whether they may
    be used for that.
    waarde: what a confirmed finding is worth per target. van_buiten: the chance that a visit gives an answer while
    nobody opens, at a home where nobody lives (boarded up, furniture gone, the neighbour's word): an own reading. Each
    attempt halves it: what could be seen from the road was seen.
    """

    minuten_eerste: float = 15.0
    minuten_verder: float = 8.0
    begin: int = FIRST_HOUR
    einde: int = LAST_HOUR
    avond: int | None = None
    zaterdag: bool = False
    zondag: bool = False
    waarde: dict[Doel, float] = field(default_factory=lambda: {Doel.SPOOKBEWONING: 1.0, Doel.SCHIJNBEWONING: 1.0})
    van_buiten: dict[Doel, float] = field(default_factory=lambda: {Doel.SPOOKBEWONING: 0.20, Doel.SCHIJNBEWONING: 0.30})

    def __post_init__(self) -> None:
        if not FIRST_HOUR <= self.begin < self.einde <= LAST_HOUR:
            raise ValueError(f"visits lie within {FIRST_HOUR}:00-{LAST_HOUR}:00, not {self.begin}:00-{self.einde}:00")
        if not self.minuten_eerste > 0 or self.minuten_verder < 0:
            raise ValueError("a first door takes more than 0 minutes, a further one not less")
        if any(not value >= 0 for value in self.waarde.values()):
            raise ValueError("a finding is worth 0 or more")
        if any(not 0 <= value <= 1 for value in self.van_buiten.values()):
            raise ValueError("a chance lies from 0 to 1")
