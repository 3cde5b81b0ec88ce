"""Tiny worlds: a handful of addresses, each landing table built by hand in its declared columns and types."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from features import landing
from features.columns import Doel
from features.landing import LANDING_TABLES, LandingTable, Sources, cut
from features.table import Grant

AS_OF = date(2026, 10, 1)
BOTH = (Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING)
VOW, ABROAD = -2, -3  # in place of an address: left to an unknown place, left for abroad


def table(declared: LandingTable, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows with what matters; the other columns empty in their type."""
    columns = {}
    for name, kind in declared.columns.items():
        empty: Any = {"int32": -1, "bool": False, "float64": float("nan"), "float32": float("nan")}.get(kind, "")
        empty = None if kind.startswith("datetime") else empty
        columns[name] = pd.Series([row.get(name, empty) for row in rows], dtype="object").astype(kind)
    return pd.DataFrame(columns)


def adressen(n: int = 5, **columns: Any) -> pd.DataFrame:
    """n dwellings of 100 m2 of 1980, 50 metres apart; `columns` name lists that differ."""
    rows = [
        {
            "identificatie": f"01750100000000{at:02d}", "soort": "verblijfsobject", "gescoord": True,
            "gebruiksdoel": "woonfunctie", "oppervlakte": 100.0, "status": "Verblijfsobject in gebruik",
            "straat": "Dorpsstraat", "huisnummer": at + 1, "postcode": "1234AB", "woonplaats": "Dorp",
            "bouwjaar": 1980.0, "pand": at, "x": 100_000.0 + 50 * at, "y": 400_000.0,
        }
        for at in range(n)
    ]  # fmt: skip
    for name, values in columns.items():
        for row, value in zip(rows, values, strict=True):
            row[name] = value
    return table(landing.ADRESSEN, rows)


def personen(*geboortejaren: float) -> pd.DataFrame:
    """One living person per year of birth."""
    return table(landing.PERSONEN, [{"pseudoniem": f"p{at}", "geboortejaar": y} for at, y in enumerate(geboortejaren)])


def verblijf(*rows: tuple[int, int, str] | tuple[int, int, str, dict[str, Any]]) -> pd.DataFrame:
    """Category 08 rows (persoon, adres, since when, other columns), oldest first within a person; known on the day."""
    made: list[dict[str, Any]] = []
    for persoon, adres, since, *rest in rows:
        day = pd.Timestamp(since)
        order = sum(row["persoon"] == persoon for row in made)
        row: dict[str, Any] = {"persoon": persoon, "volgorde": order, "adres": max(adres, -1), "bekend": day}
        if adres in (VOW, ABROAD):
            row |= {"vertrek_land": "0000" if adres == VOW else "6029", "vertrek_van": f"{day:%Y%m%d}"}
            row |= {"vertrek_vroegst": day, "vertrek_laatst": day}
        else:
            row |= {"functie": "W", "datum_aanvang": f"{day:%Y%m%d}", "van_vroegst": day, "van_laatst": day}
        made.append(row | {"aangifte": "I"} | (rest[0] if rest else {}))
    return table(landing.VERBLIJF, made).sort_values(["persoon", "volgorde"], ignore_index=True)


def jaar(*rows: tuple[int, str, float], **more: Any) -> pd.DataFrame:
    """Yearly use (adres, product, use), one connection each, known on 1 September 2026."""
    return table(
        landing.ENERGIE_JAAR,
        [
            {"adres": adres, "aansluiting": at, "product": product, "bekend": pd.Timestamp("2026-09-01"),
             "verbruik": use, "invoeding": 0.0, "in_bedrijf": True} | more
            for at, (adres, product, use) in enumerate(rows)
        ],
    )  # fmt: skip


def maanden(use: dict[tuple[int, str], list[float]], last: str = "2026-08", **more: Any) -> pd.DataFrame:
    """Monthly use per (adres, product): the list ends in month `last`; NaN = no row."""
    end = pd.Period(last, "M")
    rows = []
    for (adres, product), values in sorted(use.items()):
        for back, value in enumerate(reversed(values)):
            month = end - back
            if value == value:
                known = (month + 1).to_timestamp() + pd.Timedelta(days=14)
                rows.append(
                    {"adres": adres, "product": product, "maand": month.year * 12 + month.month - 1, "bekend": known,
                     "afname": value, "invoeding": 0.0, "gemeten": True} | more
                )  # fmt: skip
    return table(landing.ENERGIE_MAAND, rows)


def known_on(as_of: date, frames: dict[str, pd.DataFrame], **rest: Any) -> Sources:
    """The landing's own cut, on tables by hand."""
    known = {t.name: cut(t, frames[t.name], as_of) for t in LANDING_TABLES if t.name in frames}
    return Sources(gemeente="0175", as_of=as_of, **known, **rest)


def world(as_of: date = AS_OF, **frames: pd.DataFrame) -> Sources:
    """What is known on `as_of`; without `adressen` five dwellings; every source granted for both targets."""
    given = {"adressen": adressen()} | frames
    names = ("brp", "bag", "energie", "vastgoed", "signalen", "onderzoeken", "omgeving")
    grants = tuple(Grant(source=name, grondslag="test", doelen=BOTH) for name in names)
    return known_on(as_of, given, grants=grants)
