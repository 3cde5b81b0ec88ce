"""Which addresses lie in the area that was asked for: vectorised, one question per address of a gemeente."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from features.columns import Doel
from service.faults import InputFault
from service.intake.layout import OF_ADDRESS, UNKNOWN, Ligging
from service.publication import Publication
from service.reading.book import number_of
from service.rounds.asked import Area
from service.web.teksten import text

LARGEST = 40_000.0  # metres: no gemeente is wider
Floats = NDArray[np.float64]


def inside(
    area: Area, x: Floats, y: Floats, outside_town: NDArray[np.bool_], town: NDArray[np.str_]
) -> NDArray[np.bool_]:
    """Which of n addresses (RD, metres; NaN = unknown, never inside a polygon) lie in `area`.

    outside_town: lies outside the built-up area; unknown counts as within it.
    """
    found = np.ones(len(x), dtype=bool)
    if area.buitengebied is not None:
        found &= outside_town == area.buitengebied
    if area.woonplaatsen:
        found &= np.isin(town, area.woonplaatsen)
    if area.vlak:
        found &= np.asarray(shapely.contains_xy(shape(area), x, y), dtype=bool)
    return found


def within(publication: Publication, doel: Doel, gemeente: str, area: Area) -> NDArray[np.str_]:
    """The identificaties of the ranked addresses of `gemeente` that lie in `area` and have a place, in no order."""
    book, number = publication.book, number_of(doel)
    place = book.numbers.get(gemeente, -1)
    size = book.ranked.get((place, number), 0)
    if not size:
        return np.array([], dtype=np.str_)

    def column(name: str) -> NDArray[Any]:
        return book.column(place, number, name)[:size]

    x, y, towns = column("x"), column("y"), {nr: name for g, nr, name, *_ in book.towns if g == place}
    known = np.array([towns.get(nr, "") for nr in range(max(towns, default=0) + 1)])
    town = known[np.minimum(column("plaats"), len(known) - 1)]
    here = inside(area, x / 10.0, y / 10.0, column("ligging") == Ligging.BUITEN, town)
    rows = np.flatnonzero(here & (x != UNKNOWN) & (y != UNKNOWN))
    ids = book.column(place, OF_ADDRESS, "identificatie")[column("adres")[rows]]
    return np.asarray(np.char.zfill(ids.astype(np.str_), 16))


def shape(area: Area) -> Polygon:
    """The polygon. Raises InputFault on one that crosses itself, is flat, or is wider than any gemeente."""
    try:
        made = Polygon(area.vlak[0], area.vlak[1:])
    except (ValueError, shapely.errors.GEOSException):
        raise InputFault("gebied.vlak", text("plan_fout.vlak")) from None
    west, south, east, north = made.bounds if not made.is_empty else (0.0, 0.0, 0.0, 0.0)
    if not made.is_valid or made.area <= 0 or max(east - west, north - south) > LARGEST:
        raise InputFault("gebied.vlak", text("plan_fout.vlak"))
    return made
