"""Buildings, farmyards, towns and the map layers of omgeving.gpkg, as rectangles and lines in RD."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from synthetic import plan
from synthetic.params import Params

RD = "EPSG:28992"
BORDER_EAST = 268_500.0  # the national border runs roughly here, metres east
ASPECT = 1.4


def panden(adressen: pd.DataFrame, layout: pd.DataFrame, params: Params, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """One building per home, one per flat, and sheds and barns without an address. Sets `adressen["pand"]`."""
    stacked = adressen["type"].isin(["appartement"]).to_numpy() | (adressen["instelling"].to_numpy())
    has = (adressen["soort"] == "verblijfsobject").to_numpy()
    key = np.where(stacked, layout["block"].to_numpy(), -np.arange(len(adressen)) - 1)
    code = np.full(len(adressen), -1, dtype=np.int32)
    code[has] = pd.factorize(key[has])[0]
    adressen["pand"] = code
    lived = adressen[has].assign(storeys=np.where(stacked[has], 4.0, 1.7))
    main = lived.groupby("pand", sort=True).agg(
        x=("x", "mean"),
        y=("y", "mean"),
        bouwjaar=("bouwjaar", "first"),
        gebruiksdoel=("gebruiksdoel", "first"),
        aantal_verblijfsobjecten=("pand", "size"),
        floor=("oppervlakte", "sum"),
        storeys=("storeys", "first"),
        status=("status", "first"),
    )
    main["size"] = main["floor"] / main["storeys"]
    main["status"] = np.where(main["status"].str.contains("gevormd|gerealiseerd"), "Bouw gestart", "Pand in gebruik")
    out = pd.concat([main.reset_index(drop=True), _sheds(adressen, rng)], ignore_index=True)
    serial = 100_000 + rng.permutation(len(out) * 2)[: len(out)]
    out["identificatie"] = np.char.add(params.gemeente + "10", np.char.zfill(serial.astype(str), 10))
    geometry = rectangles(out["x"].to_numpy(), out["y"].to_numpy(), out["size"].to_numpy(dtype=float))
    columns = ["identificatie", "bouwjaar", "status", "gebruiksdoel", "aantal_verblijfsobjecten"]
    return gpd.GeoDataFrame(out[columns], geometry=geometry, crs=RD)


def rectangles(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], size: npt.NDArray[np.float64]
) -> npt.NDArray[np.object_]:
    """Boxes of `size` m2 around the points."""
    half = np.sqrt(np.maximum(size, 9.0) / ASPECT) / 2
    return shapely.box(
        np.round(x - half * ASPECT, 2), np.round(y - half, 2), np.round(x + half * ASPECT, 2), np.round(y + half, 2)
    )


def _sheds(adressen: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Barns on farmyards and sheds behind country houses: panden without an address."""
    rural = (adressen["zone"] == "buitengebied").to_numpy()
    farm = rural & (adressen["type"] == "boerderij").to_numpy()
    mean = np.where(farm, 2.6, np.where(rural, 0.7, np.where(adressen["type"] == "vrijstaand", 0.15, 0.0)))
    at = np.repeat(np.arange(len(adressen)), rng.poisson(mean))
    angle, away = rng.uniform(0, 2 * np.pi, len(at)), rng.uniform(16, 46, len(at))
    size = np.where(farm[at], rng.gamma(3.0, 160.0, len(at)), rng.gamma(3.0, 14.0, len(at)))
    return pd.DataFrame(
        {
            "x": adressen["x"].to_numpy()[at] + away * np.cos(angle),
            "y": adressen["y"].to_numpy()[at] + away * np.sin(angle),
            "bouwjaar": np.minimum(adressen["bouwjaar"].to_numpy()[at] + rng.integers(0, 40, len(at)), 2024),
            "gebruiksdoel": "",
            "aantal_verblijfsobjecten": 0,
            "size": size,
            "status": "Pand in gebruik",
        }
    )


def squares(places: list[plan.Settlement], zones: tuple[str, ...], margin: float) -> list[shapely.Polygon]:
    """The area of every place of these zones, with rounded corners."""
    return [
        shapely.box(p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius).buffer(margin)
        for p in places
        if p.zone in zones and p.count
    ]


def frame_of(
    places: list[plan.Settlement], west: float, south: float, side: float
) -> tuple[float, float, float, float]:
    """The box of the gemeente: wide enough for all of its places."""
    edges = [(p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius) for p in places]
    low, high = np.min(edges, axis=0), np.max(edges, axis=0)
    return (
        min(west, low[0]) - 200,
        min(south, low[1]) - 200,
        max(west + side, high[2]) + 200,
        max(south + side, high[3]) + 200,
    )


def woonplaatsen(
    places: list[plan.Settlement], frame: tuple[float, float, float, float], adressen: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Every point of the gemeente belongs to the nearest village."""
    villages = [p for p in places if p.zone in ("kern", "dorp")]
    points = shapely.MultiPoint([(p.x, p.y) for p in villages])
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=shapely.box(*frame)))
    cells = shapely.intersection(cells, shapely.box(*frame))
    nearest = [int(np.argmax([cell.contains(shapely.Point(p.x, p.y)) for cell in cells])) for p in villages]
    known = adressen.drop_duplicates("woonplaats_identificatie").sort_values("woonplaats_identificatie")
    out = known[["woonplaats_identificatie", "woonplaats"]].rename(
        columns={"woonplaats_identificatie": "identificatie"}
    )
    geometry = [shapely.MultiPolygon([cells[nearest[i]]]) for i in range(len(out))]
    return gpd.GeoDataFrame(out.reset_index(drop=True), geometry=geometry, crs=RD)


def layers(
    places: list[plan.Settlement],
    adressen: pd.DataFrame,
    frame: tuple[float, float, float, float],
    rng: np.random.Generator,
) -> dict[str, gpd.GeoDataFrame]:
    """The layers of FORMATS 7."""
    parks = squares(places, ("recreatiepark",), 20)
    kernels = [p for p in places if p.zone in ("kern", "dorp")]
    roads = [shapely.LineString([(kernels[0].x, kernels[0].y), (p.x, p.y)]) for p in kernels[1:]]
    middle = (frame[1] + frame[3]) / 2
    roads.append(shapely.LineString([(frame[0], middle + 400), (frame[2], middle - 600)]))
    wave = [(BORDER_EAST + 900 * np.sin(k), 300_000.0 + 20_000.0 * k) for k in range(17)]
    return {
        "bebouwde_kom": _layer(squares(places, ("kern", "dorp"), 45)),
        "recreatiepark": _layer(parks, naam=[f"Recreatiepark De {name}" for name in _park_names(len(parks))]),
        "bedrijventerrein": _layer(squares(places, ("bedrijventerrein",), 30)),
        "jachthaven": _layer(squares(places, ("jachthaven",), 25)),
        "agrarisch_erf": _yards(adressen, rng),
        "hoofdweg": _layer(roads),
        "landsgrens": _layer([shapely.LineString(wave)]),
    }


def _layer(geometry: list[shapely.Geometry], **columns: list[str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(dict(columns), geometry=geometry, crs=RD)


def _park_names(count: int) -> list[str]:
    first = ("Bosrand", "Zwaluw", "Vennen", "Heidebloem", "Plas", "Hazelhof", "Eekhoorn", "Wielewaal")
    return [first[i % len(first)] + ("" if i < len(first) else f" {i // len(first) + 1}") for i in range(count)]


def _yards(adressen: pd.DataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """A yard of about 8,000 m2 around each farm; a third of them is no farm any more."""
    farms = adressen[(adressen["type"] == "boerderij")]
    vacated = rng.random(len(farms)) < 0.36
    geometry = rectangles(farms["x"].to_numpy(), farms["y"].to_numpy(), rng.uniform(6000, 11000, len(farms)))
    return gpd.GeoDataFrame({"status": np.where(vacated, "vrijgekomen", "actief")}, geometry=geometry, crs=RD)
