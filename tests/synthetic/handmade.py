"""A gemeente made by hand for the tests of the traces: rows of equal homes, with the lives that a test gives them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from synthetic.params import Params
from synthetic.world import FOREVER, Lives, Schemes, Town, World

STAYS = ["person", "address", "van", "tot"]
REGISTRATIONS = ["person", "address", "functie", "van", "tot", "bekend", "aangifte", "soort"]
ADRESONDERZOEK = ["address", "person", "begin", "besluit", "uitkomst"]
SCHEMES = ["scheme", "soort", "address", "van", "tot", "intensiteit", "personen", "netwerk", "bemeterd"]


def homes(count: int, **columns: Any) -> pd.DataFrame:
    """`count` terraced homes of 100 m2 of 1980 with gas and a meter of their own; `columns` says otherwise."""
    number = np.arange(count)
    frame = pd.DataFrame(
        {
            "identificatie": [f"017501{i:010d}" for i in number], "soort": "verblijfsobject",
            "gebruiksdoel": "woonfunctie",
            "oppervlakte": 100, "bouwjaar": 1980, "status": "Verblijfsobject in gebruik", "straat": "Lindelaan",
            "huisnummer": 1 + 2 * (number % 50), "huisletter": "", "toevoeging": "",
            "postcode": [f"78{10 + i // 400:02d}{'ABCDE'[i // 80 % 5]}{'ABCD'[i // 20 % 4]}" for i in number],
            "woonplaats": "Lindehoek", "pand": number, "x": 200_000.0 + 10 * number, "y": 500_000.0,
            "type": "tussenwoning",
            "zone": "dorp", "eigendomsvorm": "koop", "woning": True, "gescoord": True, "verwarming": "gas",
            "zonnepanelen": 0.0, "aansluiting": number, "complex": number // 10, "straatnummer": number // 50,
            "instelling": False, "gereed": 3650,
        }
    )  # fmt: skip
    return frame.assign(**columns)


def world(
    adressen: pd.DataFrame, *, occupants: Any = 2, registered: Any = None, present: Any = None, use: Any = 0,
    lookalike: Any = 0, spook: Any = False, schijn: Any = False, soort: Any = 0, params: Params | None = None,
    stays: pd.DataFrame | None = None, registrations: pd.DataFrame | None = None, schemes: pd.DataFrame | None = None,
    adresonderzoek: pd.DataFrame | None = None,
) -> World:  # fmt: skip
    """A World in which every given thing is spread over n x M; registered are those who live there, unless told."""
    params = params or Params(addresses=300)
    shape = (len(adressen), params.months)

    def spread(value: Any, dtype: Any) -> Any:
        value = np.asarray(value)
        return np.broadcast_to(value[:, None] if value.ndim == 1 else value, shape).astype(dtype)

    people = spread(occupants, np.int16)
    listed = people if registered is None else spread(registered, np.int16)
    empty = gpd.GeoDataFrame(geometry=[], crs="EPSG:28992")
    return World(
        params=params,
        town=Town(adressen=adressen, panden=empty, woonplaatsen=empty, lagen={}),
        lives=Lives(
            persons=pd.DataFrame(),
            stays=_table(stays, STAYS), registrations=_table(registrations, REGISTRATIONS),
            adresonderzoek=_table(adresonderzoek, ADRESONDERZOEK), occupants=people, registered=listed,
            registered_present=np.minimum(people, listed) if present is None else spread(present, np.int16),
            use=spread(use, np.int8), lookalike=spread(lookalike, np.uint32),
        ),
        schemes=Schemes(
            table=_table(schemes, SCHEMES), spook=spread(spook, bool), schijn=spread(schijn, bool),
            soort=spread(soort, np.int8), exact=spread(True, bool),
        ),
    )  # fmt: skip


def households(count: int, van: int = 15_000) -> pd.DataFrame:
    """Two persons who have lived at each of `count` addresses since day `van`."""
    address = np.repeat(np.arange(count), 2)
    return pd.DataFrame({"person": np.arange(2 * count), "address": address, "van": van, "tot": FOREVER})


def seeded(made: World, seed: int) -> World:
    """The same world with another seed."""
    return replace(made, params=replace(made.params, seed=seed))


def _table(frame: pd.DataFrame | None, columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype="int64") for c in columns}) if frame is None else frame
