"""Rows of a list as they lie in the publication, put into an answer: as JSON, or as GeoJSON for a map."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from features.columns import Doel
from service.api.answers import stop_out
from service.api.geometry import point
from service.publication import Publication
from service.ranking import Cut, rd
from service.reading.book import number_of
from service.schemas import Crs, StopOut

_STOP: TypeAdapter[StopOut | None] = TypeAdapter(StopOut | None)


def as_list(publication: Publication, doel: Doel, found: Cut, crs: Crs) -> bytes:
    """A page as `RankedList` (service/schemas.py)."""
    head = _head(publication, doel, found.totaal)
    if crs is Crs.CRS84:
        return b'%b"rijen":[%b]}' % (head, found.rows.text[:-1])
    return b'%b"rijen":%b}' % (head, _json(_in_rd(publication, doel, found)))


def as_features(publication: Publication, doel: Doel, found: Cut, crs: Crs) -> bytes:
    """A page as a GeoJSON FeatureCollection (RFC 7946): what `RankedList` says beside the rows stands beside them."""
    rows = found.rows.split() if crs is Crs.CRS84 else _in_rd(publication, doel, found)
    told = _json([_feature(row) for row in rows])
    return b'%b"type":"FeatureCollection","features":%b}' % (_head(publication, doel, found.totaal), told)


def _head(publication: Publication, doel: Doel, totaal: int) -> bytes:
    manifest = publication.manifest
    stop = stop_out(manifest)
    return b'{"runId":%b,"peildatum":"%b","doel":"%b","totaal":%d,"stop":%b,' % (
        json.dumps(manifest.run_id).encode(),
        manifest.peildatum.isoformat().encode(),
        doel.encode(),
        totaal,
        b"null" if stop is None else _STOP.dump_json(stop, by_alias=True),
    )


def _in_rd(publication: Publication, doel: Doel, found: Cut) -> list[dict[str, Any]]:
    """The rows with their geometry in RD."""
    rows = found.rows.split()
    for row, (_, gemeente, plek) in zip(rows, found.places, strict=True):
        place = point(*rd(publication.book, gemeente, number_of(doel), plek), Crs.RD)
        row["adres"]["geometrie"] = None if place is None else place.model_dump()
    return rows


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    about = row["adres"]
    return {
        "type": "Feature",
        "id": about["id"],
        "geometry": about.pop("geometrie"),
        "properties": {**about, "stand": row["stand"], "redenen": row["redenen"]},
    }
