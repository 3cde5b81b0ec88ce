"""What the store hands out: frozen rows, in the words of the publication (models/scores.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from features.columns import Doel
from service.reading.box import Box


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which addresses of a ranking. None or empty = no restriction, but for `rechten`: nobody may forget it.

    rechten: the gemeenten that the reader may see; of elsewhere there is nothing. zonder: identificaties left out:
    those that the reader has yet to judge. kenmerkgroepen: of the strongest reason. gebied: a rectangle on the map.
    """

    rechten: frozenset[str]
    gemeente: str | None = None
    woonplaats: str | None = None
    buitengebied: bool | None = None
    banden: tuple[str, ...] = ()
    kenmerkgroepen: tuple[str, ...] = ()
    gebied: Box | None = None
    zonder: frozenset[str] = frozenset()

    def key(self, doel: Doel, volgorde: str | None = None) -> str:
        """One text per list, filters and kind of order; a cursor is only good for its own."""
        parts = (
            doel,
            self.gemeente,
            self.woonplaats,
            self.buitengebied,
            "".join(sorted(self.banden)),
            ",".join(sorted(self.kenmerkgroepen)),
            self.gebied,
            volgorde,
        )
        return "|".join("" if part is None else str(part) for part in parts)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the choice of gemeenten leaves rows out."""
        return bool(
            self.woonplaats is not None
            or self.buitengebied is not None
            or self.banden
            or self.kenmerkgroepen
            or self.gebied is not None
            or self.zonder
        )

    @property
    def of_model(self) -> bool:
        """Whether what the model said decides which rows there are: not possible while it is stopped."""
        return bool(self.banden or self.kenmerkgroepen)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One contribution. bijdrage: + speaks for, - against (log-odds; change in score in a cold start)."""

    volgorde: int
    kenmerk: str
    waarde: float | None
    vergelijking: float | None
    bijdrage: float
    zin: str


@dataclass(frozen=True, kw_only=True)
class Address:
    """One address as published. ingeschrevenen: None = unknown or shielded."""

    id: str
    identificatie: str
    gemeente: str
    adres: str
    postcode: str
    woonplaats: str
    x: float | None
    y: float | None
    buitengebied: bool | None
    soort: str
    gebruiksdoel: str
    oppervlakte: float | None
    bouwjaar: int | None
    ingeschrevenen: int | None
    afgeschermd: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an address stands in one ranking. kans: 0-1, None in a cold start. afwijking: 0-1, high = unusual."""

    doel: Doel
    rang: int
    band: str
    score: float
    kans: float | None
    afwijking: float | None


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One row of a list: an address, its standing and its strongest reasons.

    plaats: where it stands in this list: its rang, or a neutral number while the model is stopped. stand: None then.
    """

    adres: Address
    plaats: int
    stand: Standing | None
    redenen: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """Consecutive rows of a ranking, and how many the filters leave in all. betrokkenen: of the rows, for the log."""

    rijen: tuple[Ranked, ...]
    totaal: int
    meer: bool  # there are rows after these
    betrokkenen: bytes


@dataclass(frozen=True, kw_only=True)
class Stay:
    """One registration; `persoon` is a number within the address. tot None = running; van None = unknown."""

    persoon: int
    functie: str
    van: date | None
    tot: date | None
    einde_reden: str


@dataclass(frozen=True, kw_only=True)
class MonthOfUse:
    """One month of one product (ELK kWh, GAS m3) with P10, P50 and P90 of comparable inhabited dwellings."""

    product: str
    maand: str
    verbruik: float | None
    laag: float | None
    midden: float | None
    hoog: float | None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything the publication says of one address, reasons per target. Of a shielded address nothing on persons.

    While the model is stopped: the address alone.
    """

    adres: Address
    standen: tuple[Standing, ...]
    redenen: tuple[tuple[Doel, tuple[Reason, ...]], ...]
    tijdlijn: tuple[Stay, ...]
    energie: tuple[MonthOfUse, ...]

    def stand(self, doel: Doel) -> Standing | None:
        """The standing for one target, None when the address is not ranked for it."""
        return next((stand for stand in self.standen if stand.doel == doel), None)

    def redenen_voor(self, doel: Doel) -> tuple[Reason, ...]:
        """All reasons of one target, strongest first."""
        return dict(self.redenen).get(doel, ())
