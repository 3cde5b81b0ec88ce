"""The background of the map without tiles: how many addresses lie in each square. Counts only, no address."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.api.answers import Store
from service.desk import Someone
from service.intake.layout import DOELEN, NOT_LISTED, OF_ADDRESS, UNKNOWN
from service.permissions import Permission, requires
from service.publication import Publication

CELL = 100  # metres
router = APIRouter(include_in_schema=False)


@router.get("/kaart/raster", dependencies=[requires(Permission.RANGLIJST_LEZEN)])
def grid(store: Store, person: Someone) -> JSONResponse:
    """Squares of `cel` metres in RD as [column, row, addresses], and the places with their middle."""
    publication = store.current()
    return JSONResponse(
        {
            "cel": CELL,
            "cellen": cells(publication, person.gemeenten),
            "plaatsen": [
                {"naam": place.woonplaats, "x": place.x, "y": place.y, "adressen": place.adressen}
                for place in publication.plaatsen
                if place.x is not None and place.y is not None and place.gemeente in person.gemeenten
            ],
        }
    )


def cells(publication: Publication, gemeenten: frozenset[str]) -> list[tuple[int, int, int]]:
    """Column, row and number of addresses of every square that holds any, sorted."""
    book = publication.book
    found = [np.zeros((2, 0), dtype=np.int64)]
    for nr in (book.numbers[code] for code in gemeenten if code in book.numbers):
        for doel in range(len(DOELEN)):
            # Every address once: those of the first list, and what only the second one has.
            x, y = (book.column(nr, doel, name) for name in ("x", "y"))
            here = (x != UNKNOWN) & (y != UNKNOWN)
            if doel:
                here &= book.column(nr, OF_ADDRESS, "plek0")[book.column(nr, doel, "adres")] == NOT_LISTED
            found.append(np.stack([x[here], y[here]]).astype(np.int64) // (CELL * 10))
    squares, numbers = np.unique(np.concatenate(found, axis=1), axis=1, return_counts=True)
    return list(zip(squares[0].tolist(), squares[1].tolist(), numbers.tolist(), strict=True))
