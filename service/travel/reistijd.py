"""Section [reistijd] of dienst.toml: what travel times are computed with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from features.errors import Refusal
from service.travel.contract import Travel
from service.travel.network import RoadNetwork
from service.travel.osrm import Osrm
from service.travel.remembered import Remembered
from service.travel.straight import Gebied, StraightLine


class Soort(StrEnum):
    """Where travel times come from."""

    RECHT = "recht"
    WEGENNET = "wegennet"
    OSRM = "osrm"


@dataclass(frozen=True, kw_only=True)
class Reistijd:
    """soort: `recht` needs nothing. bestand: the GeoPackage of `wegennet`; laag: its layer, "" = the one that fits.
    tussenmap: where the graph made of it is kept, none = beside the file.

    url: of an OSRM server, for `osrm` alone; the coordinates of the addresses go there, so it must be asked for.
    profiel: its profile. hoogstens: places per question, as the server allows (its --max-table-size). tijd: per
    question. parkeren: added to each trip. gebied: the rule for what no road joins, and for `recht`. Raises Refusal.
    """

    soort: Soort = Soort.RECHT
    gebied: Gebied = Gebied.BUITENGEBIED
    parkeren: timedelta = timedelta(seconds=60)
    bestand: Path | None = None
    laag: str = ""
    tussenmap: Path | None = None
    url: str = ""
    profiel: str = "driving"
    hoogstens: int = 100
    tijd: timedelta = timedelta(seconds=10)

    def __post_init__(self) -> None:
        if (self.soort is Soort.WEGENNET) != (self.bestand is not None):
            raise _refusal("bestand", str(self.bestand), "a GeoPackage, with soort = wegennet alone", "mend either")
        if self.bestand is not None and not self.bestand.is_file():
            raise _refusal("bestand", str(self.bestand), "a file that we may read", "mend the path")
        parts = urlsplit(self.url)
        if (self.soort is Soort.OSRM) != bool(self.url):
            raise _refusal("url", self.url or "none", "an address, with soort = osrm alone", "mend either")
        if self.url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
            raise _refusal("url", self.url, "http(s)://host without a query", "leave /table out")
        if not 2 <= self.hoogstens <= 10_000:
            raise _refusal("hoogstens", str(self.hoogstens), "2 to 10000", "take the server's --max-table-size")
        if not timedelta(0) <= self.parkeren <= timedelta(minutes=30):
            raise _refusal("parkeren", str(self.parkeren), "0 to 30 minutes", "choose one")
        if not timedelta(0) < self.tijd <= timedelta(minutes=2):
            raise _refusal("tijd", str(self.tijd), "up to 2 minutes", "choose one")


def travel(chosen: Reistijd) -> Travel:
    """What `chosen` asks for. Reading a road file takes its time: make it once and keep it. Raises Refusal."""
    straight = StraightLine(chosen.gebied, chosen.parkeren.total_seconds())
    if chosen.bestand is not None:
        return Remembered(RoadNetwork.read(chosen.bestand, straight, layer=chosen.laag, cache=chosen.tussenmap))
    if chosen.url:
        return Remembered(
            Osrm(
                chosen.url,
                straight,
                profile=chosen.profiel,
                most=chosen.hoogstens,
                timeout=chosen.tijd.total_seconds(),
            )
        )
    return straight


def _refusal(name: str, found: str, expected: str, do: str) -> Refusal:
    return Refusal(f"service settings, [reistijd] {name}", found=found, expected=expected, do=do)
