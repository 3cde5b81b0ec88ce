"""The background of the map without tiles: how many addresses lie in each square. Counts only, no address."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.api.answers import Store
from service.desk import Someone
from service.permissions import Permission, requires

CELL = 100  # metres
router = APIRouter(include_in_schema=False)

_CELLS = f"""
    select cast(floor(x / {CELL}) as integer), cast(floor(y / {CELL}) as integer), count(*)
    from adressen where isfinite(x) and isfinite(y) and list_contains(?, gemeente) group by all order by all
"""


@router.get("/kaart/raster", dependencies=[requires(Permission.RANGLIJST_LEZEN)])
def grid(store: Store, person: Someone) -> JSONResponse:
    """Squares of `cel` metres in RD as [column, row, addresses], and the places with their middle."""
    publication = store.current()
    return JSONResponse(
        {
            "cel": CELL,
            "cellen": publication.rows(_CELLS, [sorted(person.gemeenten)]),
            "plaatsen": [
                {"naam": place.woonplaats, "x": place.x, "y": place.y, "adressen": place.adressen}
                for place in publication.plaatsen
                if place.x is not None and place.y is not None and place.gemeente in person.gemeenten
            ],
        }
    )
