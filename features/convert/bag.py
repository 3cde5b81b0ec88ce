"""A Kadaster BAG 2.0 extract (XML) into `bag-light.gpkg`, the layers and columns that PDOK publishes (FORMATS 2).

Kept of each object is the occurrence that the register holds for true on the day of the extract: not ended, not closed.
Memory grows with the extract; take that of your gemeente, not that of the country.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from features.convert.bag_xml import BagObject, objects, parts, towns
from features.convert.report import ConvertReport
from features.errors import Refusal
from features.geofile import CRS
from features.sources import bag

ENDED = "voorkomen is beëindigd of vervallen"
NO_SHAPE = "geen geometrie"
LAYERS = {
    "VBO": bag.VERBLIJFSOBJECT,
    "PND": bag.PAND,
    "LIG": bag.LIGPLAATS,
    "STA": bag.STANDPLAATS,
    "WPL": bag.WOONPLAATS,
}


def convert_bag(source: Path, target: Path) -> ConvertReport:
    """Write the layers that the extract holds; raises Refusal when it holds none or is damaged."""
    read: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    kept, relation = _current(source, read, skipped)
    if not any(kept.get(kind) for kind in LAYERS):
        raise Refusal(
            str(source), found="no BAG objects", expected="a BAG 2.0 extract", do="take the zip of the Kadaster"
        )
    tables = {kind: _frame(list(found.values())) for kind, found in kept.items()}
    joined = _join(tables, relation)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    written = {}
    for kind, table in LAYERS.items():
        frame = joined.get(kind)
        if frame is not None and len(frame):
            none = frame["geometry"].isna()
            skipped[NO_SHAPE] += int(none.sum())
            written[table.name] = _write(target, table.layer, frame[~none], [c.name for c in table.columns])
    return ConvertReport(
        source=str(source),
        target=str(target),
        read=dict(read),
        written=written,
        skipped={reason: count for reason, count in skipped.items() if count},
    )


def _current(
    source: Path, read: Counter[str], skipped: Counter[str]
) -> tuple[dict[str, dict[str, BagObject]], dict[str, str]]:
    """Per kind the current occurrence of every object; of several the one with the highest number."""
    kept: dict[str, dict[str, BagObject]] = {}
    relation: dict[str, str] = {}
    for kind, name, stream in parts(source):
        if kind == "GWR":
            relation |= towns(stream)
            continue
        found = kept.setdefault(kind, {})
        for item in objects(kind, name, stream):
            read[kind] += 1
            standing = found.get(item.identificatie)
            if item.closed or item.end:
                skipped[ENDED] += 1
            elif standing is None:
                found[item.identificatie] = item
            else:
                skipped[ENDED] += 1
                found[item.identificatie] = max(standing, item, key=lambda o: o.number)
    return kept, relation


def _frame(items: list[BagObject]) -> pd.DataFrame:
    """One row per object; references as ids, several of one kind joined by commas."""

    def texts(name: str) -> list[str | None]:
        return [",".join(i.texts[name]) if name in i.texts else None for i in items]

    frame = pd.DataFrame(
        {
            "identificatie": [i.identificatie for i in items],
            "status": texts("status"),
            "naam": texts("naam"),
            "gebruiksdoel": texts("gebruiksdoel"),
            "oppervlakte": pd.to_numeric(pd.Series(texts("oppervlakte"), dtype="str")),
            "huisnummer": pd.to_numeric(pd.Series(texts("huisnummer"), dtype="str")),
            "huisletter": texts("huisletter"),
            "toevoeging": texts("huisnummertoevoeging"),
            "postcode": texts("postcode"),
            "bouwjaar": pd.to_numeric(pd.Series(texts("oorspronkelijkBouwjaar"), dtype="str")),
            "nummer": texts("heeftAlsHoofdadres"),
            "pand_identificatie": texts("maaktDeelUitVan"),
            "straat_id": texts("ligtAan"),
            "plaats_id": texts("ligtIn"),
        }
    )
    return frame.assign(geometry=gpd.GeoSeries([i.geometry for i in items], crs=CRS))


def _join(tables: dict[str, pd.DataFrame], relation: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The addresses, towns and panden joined to the objects, as far as they are in the extract."""
    addresses = _addresses(tables)
    out: dict[str, pd.DataFrame] = {}
    for kind in ("VBO", "LIG", "STA"):
        if kind in tables:
            own = tables[kind].drop(
                columns=["huisnummer", "huisletter", "toevoeging", "postcode", "straat_id", "plaats_id"]
            )
            frame = own.merge(addresses, on="nummer", how="left")
            keeper = frame["woonplaats_identificatie"].map(relation)
            out[kind] = frame.assign(
                nummeraanduiding_hoofdadres_identificatie=frame["nummer"],
                bronhouder_identificatie=keeper.fillna(frame["identificatie"].str[:4]),
            )
    if "PND" in tables:
        out["PND"] = _panden(tables["PND"], tables.get("VBO"))
    if "VBO" in out and "PND" in tables:
        first = out["VBO"]["pand_identificatie"].str[:16]
        panden = tables["PND"].set_index("identificatie")
        out["VBO"] = out["VBO"].assign(bouwjaar=first.map(panden["bouwjaar"]), pandstatus=first.map(panden["status"]))
    if "WPL" in tables:
        towns_ = tables["WPL"]
        keeper = towns_["identificatie"].map(relation)
        out["WPL"] = towns_.assign(woonplaats=towns_["naam"], bronhouder_identificatie=keeper)
    return out


def _addresses(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """nummer -> the parts of its address."""
    columns = ["identificatie", "huisnummer", "huisletter", "toevoeging", "postcode", "straat_id", "plaats_id"]
    numbers = tables["NUM"][columns] if "NUM" in tables else pd.DataFrame(columns=columns)
    streets = tables.get("OPR", pd.DataFrame(columns=["identificatie", "naam", "plaats_id"])).set_index("identificatie")
    places = tables.get("WPL", pd.DataFrame(columns=["identificatie", "naam"])).set_index("identificatie")
    # A nummeraanduiding names its woonplaats only where it differs from that of its street.
    place = numbers["plaats_id"].fillna(numbers["straat_id"].map(streets["plaats_id"]))
    return numbers.rename(columns={"identificatie": "nummer", "straat_id": "openbare_ruimte_identificatie"}).assign(
        openbare_ruimte_naam=numbers["straat_id"].map(streets["naam"]),
        woonplaats_identificatie=place,
        woonplaats_naam=place.map(places["naam"]),
    )


def _panden(panden: pd.DataFrame, objects_: pd.DataFrame | None) -> pd.DataFrame:
    """Counts and areas of the verblijfsobjecten in each pand; unknown when the extract has none."""
    if objects_ is None:
        nothing = pd.Series(None, index=panden.index, dtype="float64")
        return panden.assign(oppervlakte_min=nothing, oppervlakte_max=nothing, aantal_verblijfsobjecten=nothing)
    inside = objects_.assign(pand=objects_["pand_identificatie"].str.split(",")).explode("pand")
    per = inside.groupby("pand").agg(
        oppervlakte_min=("oppervlakte", "min"),
        oppervlakte_max=("oppervlakte", "max"),
        aantal_verblijfsobjecten=("identificatie", "size"),
        gebruiksdoel=("gebruiksdoel", lambda g: ",".join(sorted({d for v in g.dropna() for d in v.split(",")}))),
    )
    out = panden.drop(columns="gebruiksdoel").join(per, on="identificatie")
    return out.assign(aantal_verblijfsobjecten=out["aantal_verblijfsobjecten"].fillna(0))


def _write(target: Path, layer: str, frame: pd.DataFrame, columns: list[str]) -> int:
    """One layer with its declared columns, geometry `geom`; absent columns are empty."""
    whole = frame.reindex(columns=[*columns, "geometry"])
    shaped = gpd.GeoDataFrame(whole, geometry="geometry", crs=CRS)
    pyogrio.write_dataframe(shaped, target, layer=layer, driver="GPKG", layer_options={"GEOMETRY_NAME": "geom"})
    return len(shaped)
