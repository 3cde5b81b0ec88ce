"""Map layers of the surroundings (FORMATS 7), EPSG:28992, each optional."""

from __future__ import annotations

from features.columns import Column, Constraint, Kind, SourceTable

AREA = ("Polygon", "MultiPolygon")
LINE = ("LineString", "MultiLineString")


def _layer(
    name: str, geometry: tuple[str, ...], description: str, owner: str, columns: tuple[Column, ...] = ()
) -> SourceTable:
    """One layer of omgeving.gpkg; all share the same file."""
    return SourceTable(
        name=name,
        source="omgeving",
        files=("omgeving/omgeving", "omgeving/*.gpkg"),
        layer=name,
        geometry=geometry,
        description=description,
        owner=owner,
        law="open data (Wet hergebruik van overheidsinformatie) or the gemeente's own map",
        refresh="yearly",
        known_faults=("a missing layer means unknown, an empty layer means none",),
        columns=columns,
    )


BEBOUWDE_KOM = _layer("bebouwde_kom", AREA, "Built-up areas; outside all of them is buitengebied.", "gemeente")
RECREATIEPARK = _layer(
    "recreatiepark",
    AREA,
    "Recreation parks.",
    "gemeente or province",
    (Column(name="naam", kind=Kind.TEXT, required=False, description="Name of the park."),),
)
BEDRIJVENTERREIN = _layer("bedrijventerrein", AREA, "Business parks (IBIS).", "province")
JACHTHAVEN = _layer("jachthaven", (*AREA, "Point", "MultiPoint"), "Marinas.", "gemeente or province")
AGRARISCH_ERF = _layer(
    "agrarisch_erf",
    AREA,
    "Farmyards.",
    "gemeente",
    (
        Column(
            name="status",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(one_of=("actief", "vrijgekomen")),
            description="In use as a farm, or vacated.",
        ),
    ),
)
HOOFDWEG = _layer("hoofdweg", LINE, "Main roads.", "Rijkswaterstaat (NWB) or Kadaster (TOP10NL)")
LANDSGRENS = _layer("landsgrens", LINE, "The national border.", "Kadaster")
TABLES = (BEBOUWDE_KOM, RECREATIEPARK, BEDRIJVENTERREIN, JACHTHAVEN, AGRARISCH_ERF, HOOFDWEG, LANDSGRENS)
