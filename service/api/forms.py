"""In which form a client wants its answer: by `Accept` (RFC 9110), JSON unless GeoJSON is asked for first."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request

JSON, GEOJSON = "application/json", "application/geo+json"
_JSON = frozenset({JSON, "application/*", "*/*"})


async def _json_or_geojson(request: Request) -> str:
    """Raises 406 when the client takes neither."""
    accept = request.headers.get("accept", "*/*")
    for part in accept.split(","):
        kind = part.split(";")[0].strip()
        if kind in _JSON:
            return JSON
        if kind == GEOJSON:
            return GEOJSON
    raise HTTPException(406)


async def only_json(request: Request) -> None:
    """Raises 406 when the client takes no JSON. For what has no body; see `accepts_json` for what has."""
    accept = request.headers.get("accept", "*/*")
    if accept not in _JSON and not any(part.split(";")[0].strip() in _JSON for part in accept.split(",")):
        raise HTTPException(406)


Form = Annotated[str, Depends(_json_or_geojson)]
