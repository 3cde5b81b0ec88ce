"""The BAG as PDOK publishes it: bag-light.gpkg (FORMATS 2). Declarations; the reader is in bag_reader.py."""

from __future__ import annotations

from features.columns import ID16, Column, Constraint, Kind, SourceTable

OWNER = "gemeente als bronhouder; landelijk beheer Kadaster"
LAW = "Wet basisregistratie adressen en gebouwen (Wet BAG), art. 2, 10 and 32 (open data)"
REFRESH = "daily at the source; PDOK publishes the whole file once a month"
FILES = ("bag/bag-light", "bag/*.gpkg")
GEMEENTECODE = Constraint(pattern=r"\d{4}")
NUMBER = Constraint(at_least=1, at_most=99999)
YEAR = Constraint(at_least=0, at_most=2200)
# A verblijfsobject can lie in more than one pand; then the ids are comma-joined.
ID16_LIST = Constraint(pattern=r"\d{16}(,\s*\d{16})*")

_IDENTIFICATIE = Column(
    name="identificatie",
    kind=Kind.TEXT,
    nullable=False,
    constraint=ID16,
    description="16 digits: gemeente (4), type (2), number (10). The key of everything we compute.",
)
_STATUS = Column(
    name="status", kind=Kind.TEXT, nullable=False, description="Life cycle, in the words of the BAG catalogue."
)
_BRONHOUDER = Column(
    name="bronhouder_identificatie",
    kind=Kind.TEXT,
    field="gemeente",
    nullable=False,
    constraint=GEMEENTECODE,
    description="Gemeentecode (4 digits) of the gemeente that keeps the object.",
)
_ADDRESS = (
    Column(name="openbare_ruimte_naam", kind=Kind.TEXT, field="straat", description="Street name."),
    Column(name="huisnummer", kind=Kind.INT, nullable=False, constraint=NUMBER, description="House number."),
    Column(name="huisletter", kind=Kind.TEXT, description="House letter."),
    Column(name="toevoeging", kind=Kind.TEXT, description="Addition to the house number."),
    Column(
        name="postcode",
        kind=Kind.TEXT,
        constraint=Constraint(pattern=r"\d{4} ?[A-Za-z]{2}"),
        description="Postcode; may be empty.",
    ),
    Column(name="woonplaats_naam", kind=Kind.TEXT, field="woonplaats", description="Town or village."),
    Column(
        name="nummeraanduiding_hoofdadres_identificatie",
        kind=Kind.TEXT,
        field="nummeraanduiding",
        constraint=ID16,
        description="Identification of the main address.",
    ),
    Column(
        name="openbare_ruimte_identificatie",
        kind=Kind.TEXT,
        required=False,
        description="Identification of the street.",
    ),
    Column(
        name="woonplaats_identificatie",
        kind=Kind.TEXT,
        required=False,
        description="Identification of the town (4 digits).",
    ),
)

VERBLIJFSOBJECT = SourceTable(
    name="verblijfsobject",
    source="bag",
    files=FILES,
    layer="verblijfsobject",
    geometry=("Point",),
    description="Verblijfsobjecten: dwellings and other units of use.",
    owner=OWNER,
    law=LAW,
    refresh=REFRESH,
    known_faults=(
        "oppervlakte 1, 9999, 99999 and 999999 mean unknown",
        "gebruiksdoel follows the permit, not the use: a holiday home may be lived in the whole year",
        "a dwelling split without a permit is one verblijfsobject",
        "bouwjaar 1005 and 9999 are used for unknown",
    ),
    key=("identificatie",),
    columns=(
        _IDENTIFICATIE,
        Column(
            name="oppervlakte",
            kind=Kind.FLOAT,
            unit="m2",
            constraint=Constraint(at_least=0),
            description="Gebruiksoppervlakte; 1, 9999, 99999 and 999999 mean unknown.",
        ),
        _STATUS,
        Column(name="gebruiksdoel", kind=Kind.TEXT, description="Purposes of use, comma-joined."),
        *_ADDRESS,
        Column(name="bouwjaar", kind=Kind.INT, constraint=YEAR, description="Year of construction of the pand."),
        Column(name="pand_identificatie", kind=Kind.TEXT, constraint=ID16_LIST, description="The pand it lies in."),
        Column(name="pandstatus", kind=Kind.TEXT, required=False, description="Status of that pand."),
        _BRONHOUDER,
    ),
)

PAND = SourceTable(
    name="pand",
    source="bag",
    files=FILES,
    layer="pand",
    geometry=("Polygon", "MultiPolygon"),
    description="Panden: buildings.",
    owner=OWNER,
    law=LAW,
    refresh=REFRESH,
    known_faults=(
        "bronhouder is not in the file: the gemeente follows from the verblijfsobjecten in it, else from the id",
        "bouwjaar 1005 and 9999 are used for unknown",
    ),
    key=("identificatie",),
    columns=(
        _IDENTIFICATIE,
        Column(name="bouwjaar", kind=Kind.INT, constraint=YEAR, description="Year of construction."),
        _STATUS,
        Column(name="gebruiksdoel", kind=Kind.TEXT, required=False, description="Purposes of use in it, comma-joined."),
        Column(
            name="oppervlakte_min",
            kind=Kind.FLOAT,
            required=False,
            unit="m2",
            description="Smallest floor area of the verblijfsobjecten in it.",
        ),
        Column(
            name="oppervlakte_max",
            kind=Kind.FLOAT,
            required=False,
            unit="m2",
            description="Largest floor area of the verblijfsobjecten in it.",
        ),
        Column(
            name="aantal_verblijfsobjecten",
            kind=Kind.INT,
            constraint=Constraint(at_least=0),
            description="Number of verblijfsobjecten in it; 0 for a shed or barn.",
        ),
    ),
)


def _place(name: str, description: str) -> SourceTable:
    """Ligplaats and standplaats share one layout."""
    return SourceTable(
        name=name,
        source="bag",
        files=FILES,
        layer=name,
        geometry=("Polygon", "MultiPolygon"),
        description=description,
        owner=OWNER,
        law=LAW,
        refresh=REFRESH,
        known_faults=("what lies or stands on the place is not in the BAG",),
        key=("identificatie",),
        columns=(_IDENTIFICATIE, _STATUS, *_ADDRESS, _BRONHOUDER),
    )


LIGPLAATS = _place("ligplaats", "Ligplaatsen: berths appointed for permanent mooring of a house boat.")
STANDPLAATS = _place("standplaats", "Standplaatsen: pitches appointed for a caravan or mobile home.")
WOONPLAATS = SourceTable(
    name="woonplaats",
    source="bag",
    files=FILES,
    layer="woonplaats",
    geometry=("Polygon", "MultiPolygon"),
    description="Woonplaatsen: towns and villages.",
    owner=OWNER,
    law=LAW,
    refresh=REFRESH,
    known_faults=(),
    key=("identificatie",),
    columns=(
        Column(
            name="identificatie",
            kind=Kind.TEXT,
            nullable=False,
            constraint=GEMEENTECODE,
            description="Identification of the town: 4 digits.",
        ),
        _STATUS,
        Column(name="woonplaats", kind=Kind.TEXT, nullable=False, description="Name."),
        _BRONHOUDER,
    ),
)
TABLES = (VERBLIJFSOBJECT, PAND, LIGPLAATS, STANDPLAATS, WOONPLAATS)
