"""The publication's tables: what a scoring run leaves behind and the service reads. The contract between the edges.

`publicaties/<run_id>/` holds these as Parquet beside `manifest.json`; `publicaties/actueel` names the current run.
Base (manifest, per target) + all `bijdrage` of an address and target = `score` (log-odds), to 1e-9. In a cold start the
score is a 0-1 number on the declared directions and `kans` is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BANDS = ("A", "B", "C", "D", "E")  # A = first 0.3% of a gemeente's ranking per target, B 1%, C 3%, D 10%, E the rest
EVIDENCE_BANDS = ("A", "B", "C")  # only of these addresses the pictures' data are published (data minimisation)
REST = "overige"  # the row of `redenen` in which the contributions too small to list are summed


@dataclass(frozen=True, kw_only=True)
class PublishedTable:
    """One Parquet table of a publication: column -> pandas dtype."""

    name: str
    description: str
    columns: Mapping[str, str]


SCORES = PublishedTable(
    name="scores",
    description="One row per address and target.",
    columns={
        "run_id": "category",
        "doel": "category",  # spookbewoning | schijnbewoning
        "adresseerbaarobject_identificatie": "str",
        "gemeente": "category",
        "kans": "float64",  # calibrated probability 0-1, higher = more likely; NaN in a cold start
        "score": "float64",  # what is ranked on, higher = more urgent (log-odds; 0-1 in a cold start)
        "rang": "int32",  # 1 = first, within gemeente and target
        "afwijking": "float64",  # 0-1 percentile of the isolation forest, higher = more unusual
        "band": "category",  # A-E
    },
)
REASONS = PublishedTable(
    name="redenen",
    description="The strongest contributions per address and target, strongest first, and one row for the rest.",
    columns={
        "doel": "category",
        "adresseerbaarobject_identificatie": "str",
        "volgorde": "int32",  # 1 = largest absolute contribution
        "kenmerk": "category",  # feature name, "a x b" for a pair, "overige" for the rest
        "waarde": "float64",  # the address's own value (of a pair: of its first feature); NaN = unknown
        "vergelijking": "float64",  # the peer reference: median of comparable addresses; NaN = none
        "bijdrage": "float64",  # log-odds, + speaks for, - against (cold start: change in score)
        "zin": "category",  # Dutch sentence (B1)
    },
)
ADDRESSES = PublishedTable(
    name="adressen",
    description="What a list shows of an address. No names, no BSN. Counts are empty where a person has secrecy.",
    columns={
        "adresseerbaarobject_identificatie": "str",
        "gemeente": "category",
        "adres": "str",  # "Dorpsstraat 12a"
        "postcode": "str",
        "woonplaats": "category",
        "x": "float64",  # RD, metres
        "y": "float64",
        "buitengebied": "category",  # J | N | empty
        "soort": "category",  # verblijfsobject | ligplaats | standplaats
        "gebruiksdoel": "category",
        "oppervlakte": "float64",  # m2
        "bouwjaar": "float64",
        "ingeschrevenen": "float64",  # persons registered (W) on the peildatum; NaN = shielded
        "afgeschermd": "category",  # J: a person here has secrecy (07.70.10): nothing resting on persons is shown
    },
)
TIMELINE = PublishedTable(
    name="tijdlijn",
    description="Registrations at addresses in bands A-C, without persons who have secrecy; numbered, no pseudonym.",
    columns={
        "adresseerbaarobject_identificatie": "str",
        "persoon": "int32",  # 1, 2, 3 … in order of arrival at this address
        "functie": "category",  # W | B
        "van": "datetime64[s]",
        "tot": "datetime64[s]",  # NaT = running
        "einde_reden": "category",
    },
)
ENERGY = PublishedTable(
    name="energie",
    description="Monthly use at addresses in bands A-C with that of comparable inhabited dwellings.",
    columns={
        "adresseerbaarobject_identificatie": "str",
        "product": "category",  # ELK (kWh) | GAS (m3)
        "maand": "str",  # YYYY-MM
        "verbruik": "float64",
        "laag": "float64",  # P10 of the comparable inhabited dwellings
        "midden": "float64",  # P50
        "hoog": "float64",  # P90
    },
)
PUBLISHED_TABLES = (SCORES, REASONS, ADDRESSES, TIMELINE, ENERGY)
