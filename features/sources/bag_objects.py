"""From rows of the BAG to the landing tables `adressen` and `panden`: which objects are scored, what is unknown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

UNKNOWN_AREA = (1, 9999, 99999, 999999)  # m2: what gemeenten fill in when they do not know
UNKNOWN_YEAR = (1005, 9999)
# Status words of the BAG catalogue 2018 (§7.2.2, §7.3.2, §7.4.2) under which an object does not (or never did) exist.
GONE = (
    "verblijfsobject ingetrokken",
    "niet gerealiseerd verblijfsobject",
    "verblijfsobject ten onrechte opgevoerd",
    "plaats ingetrokken",
    "plaats ten onrechte opgevoerd",
)
DWELLING = ("woonfunctie", "logiesfunctie")  # holiday homes have a logiesfunctie


def scored(soort: str, status: pd.Series, gebruiksdoel: pd.Series | None) -> np.ndarray:
    """Which objects we rank: dwellings and holiday homes that exist, and every stand- and ligplaats in use."""
    exists = ~status.str.casefold().isin(GONE).to_numpy(dtype=bool)
    if soort != "verblijfsobject" or gebruiksdoel is None:
        return exists
    lived_in = gebruiksdoel.fillna("").str.casefold().str.contains("|".join(DWELLING)).to_numpy(dtype=bool)
    return exists & lived_in


def slim_object(soort: str, frame: pd.DataFrame, geometry: np.ndarray) -> pd.DataFrame:
    """Typed rows of verblijfsobject, ligplaats or standplaats -> the columns of `adressen` (pand still an id)."""
    middle = shapely.centroid(geometry)
    size = len(frame)
    unknown = pd.Series(np.full(size, np.nan))
    none = pd.Series([None] * size, dtype="str")
    area = frame["oppervlakte"] if soort == "verblijfsobject" else unknown
    return pd.DataFrame(
        {
            "identificatie": frame["identificatie"],
            "soort": soort,
            "gescoord": scored(soort, frame["status"], frame.get("gebruiksdoel")),
            "gebruiksdoel": frame.get("gebruiksdoel", none).fillna(""),
            "oppervlakte": area.mask(area.isin(UNKNOWN_AREA)),
            "status": frame["status"],
            "straat": frame["straat"].fillna(""),
            "huisnummer": frame["huisnummer"].astype("int32"),
            "huisletter": frame["huisletter"].fillna(""),
            "toevoeging": frame["toevoeging"].fillna(""),
            "postcode": frame["postcode"].fillna("").str.replace(" ", "").str.upper(),
            "woonplaats": frame["woonplaats"].fillna(""),
            "bouwjaar": _year(frame["bouwjaar"]) if soort == "verblijfsobject" else unknown,
            "pand_id": frame["pand_identificatie"].str[:16] if soort == "verblijfsobject" else none,
            "nummeraanduiding": frame["nummeraanduiding"].fillna(""),
            "gemeente": frame["gemeente"],
            "x": shapely.get_x(middle),
            "y": shapely.get_y(middle),
        }
    )


def slim_pand(frame: pd.DataFrame, geometry: np.ndarray) -> pd.DataFrame:
    """Typed rows of pand -> the columns of `panden`; area and middle instead of the shape."""
    middle = shapely.centroid(geometry)
    return pd.DataFrame(
        {
            "identificatie": frame["identificatie"],
            "bouwjaar": _year(frame["bouwjaar"]),
            "status": frame["status"],
            "aantal_verblijfsobjecten": frame["aantal_verblijfsobjecten"],
            "grondvlak": shapely.area(geometry),
            "x": shapely.get_x(middle),
            "y": shapely.get_y(middle),
        }
    )


def _year(values: pd.Series) -> pd.Series:
    """Year of construction, NaN where the BAG has a placeholder."""
    return values.mask(values.isin(UNKNOWN_YEAR))


def place_panden(panden: pd.DataFrame, adressen: pd.DataFrame, gemeenten: tuple[str, ...]) -> np.ndarray:
    """The number of the gemeente of each pand, -1 = outside the delivery.

    It follows from the verblijfsobjecten in it; else from the first four digits of its id, which name the gemeente
    at the time it was made: after a merger that is an old code, so the codes of the objects tell where it went.
    """
    number = pd.Series(np.arange(len(gemeenten)), index=list(gemeenten))
    inside = adressen[adressen["pand_id"].notna()]
    by_object = inside.drop_duplicates("pand_id").set_index("pand_id")["gemeente"]
    old = adressen.assign(code=adressen["identificatie"].str[:4]).groupby("code")["gemeente"].agg(lambda g: g.mode()[0])
    found = panden["identificatie"].map(by_object)
    code = panden["identificatie"].str[:4]
    found = found.fillna(code.where(code.isin(gemeenten))).fillna(code.map(old))
    return found.map(number).fillna(-1).to_numpy(dtype="int64")
