"""What a stop and a round are called in every export, and the clock on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache

from pyproj import Transformer

from service.rounds.records import Adres, Ronde, Stop
from service.web.getallen import MONTHS
from service.web.teksten import text
from service.web.tijd import WALL

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_NUMBER = re.compile(r"^(?P<street>.*?) (?P<number>\d.*)$")
DECIMALS = 6  # of a degree: 0.1 m


def clock(moment: datetime) -> str:
    """2026-11-26T08:05Z -> "9.05"."""
    there = moment.astimezone(WALL)
    return f"{there.hour}.{there.minute:02}"


def day(value: date) -> str:
    """2026-11-26 -> "donderdag 26 november 2026"."""
    return f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """2026-11-25T09:00Z -> "woensdag 25 november, 10.00 uur"."""
    there = value.astimezone(WALL)
    return f"{DAYS[there.weekday()]} {there.day} {MONTHS[there.month - 1]}, {clock(value)} uur"


def doors(addresses: Sequence[Adres]) -> str:
    """The addresses of one stop in one line, a street once: "Zandweg 1, 1a en 3", "Zandweg 1 en Bosrand 4"."""
    streets: dict[str, list[str]] = {}
    for one in dict.fromkeys(street(address) for address in addresses):
        found = _NUMBER.match(one)
        streets.setdefault(found["street"] if found else one, []).extend([found["number"]] if found else [])
    return _joined([f"{street} {_joined(numbers)}".strip() for street, numbers in streets.items()])


def street(address: Adres) -> str:
    """Street and number of one address; words for one that is published no more."""
    return address.adres or str(text("ronde_uit.onbekend"))


def by_address(addresses: Sequence[Adres]) -> list[tuple[Adres, ...]]:
    """The doors one by one: an address that is asked about for both targets is one door."""
    found: dict[str, tuple[Adres, ...]] = {}
    for one in addresses:
        found[one.identificatie] = (*found.get(one.identificatie, ()), one)
    return list(found.values())


def house_number(address: str) -> str:
    """ "Zandweg 12a" -> "12a"; "" of an address without a number."""
    found = _NUMBER.match(address)
    return found["number"] if found else ""


def place(stop: Stop) -> str:
    """The woonplaats of a stop; of several the first."""
    return stop.adressen[0].woonplaats if stop.adressen else ""


def needs(stop: Stop) -> str:
    """What the visit needs, in words; "" when nothing."""
    wanted = sorted({need for address in stop.adressen for need in address.nodig})
    return ", ".join(text(f"plan_nodig.{need}") for need in wanted)


def file_name(ronde: Ronde, ending: str) -> str:
    """ "ronde-2026-11-26-buiten-1.pdf": day and team, no address."""
    team = re.sub(r"[^a-z0-9]+", "-", ronde.team.lower()).strip("-") or "team"
    return f"ronde-{ronde.dag.isoformat()}-{team}.{ending}"


def running(ronde: Ronde) -> tuple[Stop, ...]:
    """The stops that are still to be made."""
    return tuple(stop for stop in ronde.stops if not stop.vervallen)


def degrees(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """RD metres to WGS84 as (longitude, latitude)."""
    told = list(points)
    if not told:
        return []
    lon, lat = _to_wgs84().transform([x for x, _ in told], [y for _, y in told])
    return [(round(a, DECIMALS), round(b, DECIMALS)) for a, b in zip(lon, lat, strict=True)]


@cache
def _to_wgs84() -> Transformer:
    return Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True)


def _joined(parts: Sequence[str]) -> str:
    return " en ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
