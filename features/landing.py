"""The landing: a delivery after reading, linked and pseudonymised, one folder of Parquet per gemeente.

Addresses and persons are positions (int32) in the tables `adressen` and `personen`; -1 means not linked. So what is
per address is an array of length n, and no identifier needs to be joined twice. Everything after ingest reads this.

`Landing.at(as_of)` is the one place where time is cut: rows whose knowledge date lies after the as-of date are
dropped, and facts that became known later (an end, an outcome) are blanked. Groups only ever see the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from features.table import Grant


@dataclass(frozen=True, kw_only=True)
class Later:
    """A fact that became known after its row: blank `columns` where `known` > as_of (or is empty)."""

    known: str
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LandingTable:
    """One Parquet table of the landing: columns with pandas dtypes, and how it is cut at an as-of date."""

    name: str
    description: str
    columns: Mapping[str, str]  # column -> pandas dtype
    known: str = ""  # column with the day the row became known; empty = not bound to time
    later: tuple[Later, ...] = ()


DAY = "datetime64[s]"
CODE = "category"

ADRESSEN = LandingTable(
    name="adressen",
    description="One row per adresseerbaar object; the row number is the address everywhere else.",
    columns={
        "identificatie": "str",
        "soort": CODE,  # verblijfsobject | ligplaats | standplaats
        "gescoord": "bool",  # woonfunctie or logiesfunctie and not withdrawn; every stand- and ligplaats in use
        "gebruiksdoel": CODE,  # comma-joined, as in the BAG; empty for lig- and standplaats
        "oppervlakte": "float64",  # m2; NaN = unknown (1, 9999, 99999, 999999 too)
        "status": CODE,
        "straat": CODE,
        "huisnummer": "int32",
        "huisletter": CODE,
        "toevoeging": CODE,
        "postcode": CODE,
        "woonplaats": CODE,
        "bouwjaar": "float64",
        "pand": "int32",  # row in panden, -1 = none
        "x": "float64",  # RD, metres, EPSG:28992
        "y": "float64",
    },
)
PANDEN = LandingTable(
    name="panden",
    description="One row per pand; the row number is `pand` in adressen.",
    columns={
        "identificatie": "str",
        "bouwjaar": "float64",
        "status": CODE,
        "aantal_verblijfsobjecten": "float64",
        "grondvlak": "float64",  # m2
        "x": "float64",
        "y": "float64",
    },
)
PERSONEN = LandingTable(
    name="personen",
    description="One row per persoonslijst; the row number is the person everywhere else. No BSN, name or birth date.",
    columns={
        "pseudoniem": "str",  # keyed HMAC, hex
        "geboortejaar": "float64",
        "geheim": "bool",  # 07.70.10
        "opgeschort": CODE,  # 07.67.20: O died, E emigrated, M, R, F, W; empty = not
        "opgeschort_datum": "str",  # 07.67.10 as registered
        "opgeschort_vroegst": DAY,
        "opgeschort_van": DAY,  # latest day of its interval, from which it is known; see sources/brp_landing.py
    },
    later=(
        Later(
            known="opgeschort_van", columns=("opgeschort", "opgeschort_datum", "opgeschort_vroegst", "opgeschort_van")
        ),
    ),
)
VERBLIJF = LandingTable(
    name="verblijf",
    description="The category 08 rows of the BRP, incorrect ones out, oldest first within a person.",
    columns={
        "persoon": "int32",
        "volgorde": "int32",  # 0 = oldest row of the list
        "adres": "int32",
        "route": CODE,  # how it was linked
        "adresseerbaarobject": "str",  # 08.11.80 where it is not linked (no BAG, or another gemeente's); else empty
        "functie": CODE,  # W | B | empty (abroad)
        "datum_aanvang": "str",  # 08.10.30; where empty 08.85.10, 08.14.20 or 08.09.20: as registered, 00 parts kept
        "van_vroegst": DAY,
        "van_laatst": DAY,
        "bekend": DAY,  # 08.86.10
        "aangifte": CODE,  # 08.72.10
        "vertrek_land": "str",  # 08.13.10; 0000 = unknown (VOW)
        "vertrek_van": "str",  # 08.13.20 as registered
        "vertrek_vroegst": DAY,
        "vertrek_laatst": DAY,
        "vestiging_land": "str",  # 08.14.10
        "onderzoek": "str",  # 08.83.10
        "onderzoek_van": DAY,
        "onderzoek_tot": DAY,
    },
    known="bekend",
    later=(
        Later(known="onderzoek_tot", columns=("onderzoek_tot",)),
        Later(known="onderzoek_van", columns=("onderzoek", "onderzoek_van", "onderzoek_tot")),
    ),
)
ENERGIE_JAAR = LandingTable(
    name="energie_jaar",
    description="Yearly use per connection (3a).",
    columns={
        "adres": "int32",
        "aansluiting": "int32",  # code of the EAN within the gemeente
        "product": CODE,  # ELK | GAS
        "bekend": DAY,  # peildatum
        "verbruik": "float64",  # kWh or m3 a year, sja_normaal + sja_laag
        "invoeding": "float64",  # kWh a year
        "in_bedrijf": "bool",
        "slimme_meter": "float64",  # 1, 0, NaN
        "profielcategorie": CODE,
    },
    known="bekend",
)
ENERGIE_MAAND = LandingTable(
    name="energie_maand",
    description="Monthly use per connection (3b), sorted by address, product, month.",
    columns={
        "adres": "int32",
        "product": CODE,
        "maand": "int32",  # year * 12 + month - 1
        "bekend": DAY,  # the 15th of the next month
        "afname": "float32",  # kWh or m3, summed over the address's connections of that product
        "invoeding": "float32",
        "gemeten": "bool",
    },
    known="bekend",
)
KLEINVERBRUIK = LandingTable(
    name="kleinverbruik",
    description="Open data of the grid operator per postcode range (3c).",
    columns={
        "postcode_van": "str",
        "postcode_tot": "str",
        "product": CODE,
        "aansluitingen": "float64",
        "verbruik": "float64",  # mean kWh or m3 a year
        "leveringsrichting": "float64",  # % delivering to the home
        "slimme_meter": "float64",  # %
        "bekend": DAY,  # 1 January of the file's year where it is known, else empty (always known)
    },
    known="bekend",
)
WOZ = LandingTable(
    name="woz",
    description="WOZ values per object and reference date (4a).",
    columns={
        "adres": "int32",
        "gebruikscode": CODE,
        "waardepeildatum": DAY,
        "bekend": DAY,  # waardepeildatum + 14 months: the decision's term (Wet WOZ art. 24: 8 weeks into the year)
        "waarde": "float64",  # EUR
        "eigenaar_type": CODE,
        "gebruiker_type": CODE,
    },
    known="bekend",
)
EIGENDOM = LandingTable(
    name="eigendom",
    description="Shares of ownership per period (4b).",
    columns={
        "adres": "int32",
        "gerechtigde": "int32",  # code within the gemeente
        "gerechtigde_type": CODE,
        "aandeel": "float64",  # 0-1
        "woont_op_adres": "float64",  # 1, 0, NaN
        "van": DAY,
        "tot": DAY,
        "koopsom": "float64",
        "bekend": DAY,  # van (or tijdstip_ondertekening where later)
    },
    known="bekend",
    later=(Later(known="tot", columns=("tot",)),),
)
VESTIGINGEN = LandingTable(
    name="vestigingen",
    description="Business establishments (4c).",
    columns={"adres": "int32", "onderneming": "int32", "sbi": CODE, "van": DAY, "tot": DAY, "bekend": DAY},
    known="bekend",
    later=(Later(known="tot", columns=("tot",)),),
)
ENERGIELABELS = LandingTable(
    name="energielabels",
    description="Energy labels (4d).",
    columns={"adres": "int32", "klasse": CODE, "gebouwtype": CODE, "oppervlakte": "float64", "bekend": DAY},
    known="bekend",
)
SIGNALEN = LandingTable(
    name="signalen",
    description="Signals (5).",
    columns={"adres": "int32", "bron": CODE, "soort": CODE, "bekend": DAY, "afgehandeld": DAY},
    known="bekend",
    later=(Later(known="afgehandeld", columns=("afgehandeld",)),),
)
ONDERZOEKEN = LandingTable(
    name="onderzoeken",
    description="Investigations and outcomes (6): the only source of labels.",
    columns={
        "onderzoek_id": "str",
        "adres": "int32",
        "doel": CODE,
        "aanleiding": CODE,
        "selectiekans": "float64",
        "bekend": DAY,  # datum_start
        "bezoekpogingen": "float64",
        "afgerond": DAY,
        "uitkomst": CODE,
        "behandelaar": CODE,
    },
    known="bekend",
    later=(Later(known="afgerond", columns=("afgerond", "uitkomst", "bezoekpogingen")),),
)
OMGEVING = LandingTable(
    name="omgeving",
    description="The map layers (7) joined to each row of adressen, in the same order; NaN where a layer is absent.",
    columns={
        "buitengebied": "float64",  # 1 outside every bebouwde kom, 0 inside
        "afstand_kom": "float64",  # m to the nearest bebouwde kom, 0 inside
        "recreatiepark": "float64",  # 1 inside
        "afstand_recreatiepark": "float64",
        "bedrijventerrein": "float64",
        "afstand_bedrijventerrein": "float64",
        "afstand_jachthaven": "float64",
        "afstand_hoofdweg": "float64",
        "afstand_landsgrens": "float64",
        "erf": "float64",  # 1 on an agrarisch erf in use, 2 on a vacated one, 0 on none
    },
)
LANDING_TABLES = (
    ADRESSEN, PANDEN, PERSONEN, VERBLIJF, ENERGIE_JAAR, ENERGIE_MAAND, KLEINVERBRUIK, WOZ, EIGENDOM, VESTIGINGEN,
    ENERGIELABELS, SIGNALEN, ONDERZOEKEN, OMGEVING,
)  # fmt: skip


def cut(table: LandingTable, frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """`frame` as it was known on `as_of` (inclusive): later rows out, facts known later blanked.

    A row without a knowledge date is kept: it is of a file that is not bound to time.
    """
    day = pd.Timestamp(as_of)
    if table.known:
        frame = frame[~(frame[table.known] > day)]
    if table.later:
        frame = frame.copy(deep=False)
        for fact in table.later:
            unknown = ~(frame[fact.known] <= day)
            for column in fact.columns:
                frame[column] = frame[column].mask(unknown)
    return frame


@dataclass(frozen=True)
class Sources:
    """What is known of one gemeente on the as-of date. None = the source is absent or may not be used."""

    gemeente: str
    as_of: date
    adressen: pd.DataFrame
    panden: pd.DataFrame | None = None
    personen: pd.DataFrame | None = None
    verblijf: pd.DataFrame | None = None
    energie_jaar: pd.DataFrame | None = None
    energie_maand: pd.DataFrame | None = None
    kleinverbruik: pd.DataFrame | None = None
    woz: pd.DataFrame | None = None
    eigendom: pd.DataFrame | None = None
    vestigingen: pd.DataFrame | None = None
    energielabels: pd.DataFrame | None = None
    signalen: pd.DataFrame | None = None
    onderzoeken: pd.DataFrame | None = None
    omgeving: pd.DataFrame | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def size(self) -> int:
        """The number of addresses: the length of every per-address array."""
        return len(self.adressen)

    @cached_property
    def spells(self) -> pd.DataFrame:
        """The residence spells as known on the as-of date (see residence.spells); empty without a BRP."""
        from features.residence import spells

        return spells(self.verblijf, self.personen, self.as_of)


@dataclass(frozen=True)
class Landing:
    """One gemeente's folder of the landing, opened. Tables are read once and cut per as-of date."""

    folder: Path
    gemeente: str
    grants: tuple[Grant, ...] = ()

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        found = {t.name: self.folder / f"{t.name}.parquet" for t in LANDING_TABLES}
        return {name: pd.read_parquet(path) for name, path in found.items() if path.exists()}

    def at(self, as_of: date) -> Sources:
        """Everything as it was known on `as_of`, inclusive."""
        known = {t.name: cut(t, self._tables[t.name], as_of) for t in LANDING_TABLES if t.name in self._tables}
        return Sources(gemeente=self.gemeente, as_of=as_of, grants=self.grants, **known)

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets the place, not the tables, and reads them once for all its as-of dates."""
        return _opened, (self.folder, self.gemeente, self.grants, self.folder.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _opened(folder: Path, gemeente: str, grants: tuple[Grant, ...], written: int) -> Landing:
    """One gemeente at a time is kept; `written` tells a landing that was replaced from the one before."""
    return Landing(folder, gemeente, grants)


def empty_table(table: LandingTable) -> pd.DataFrame:
    """No rows in the declared columns and types: what a source that may be read but has nothing here lands as."""
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in table.columns.items()})
