"""A round for a map program: GeoJSON (RFC 7946), WGS84, longitude first. Where and when, and no reasons."""

from __future__ import annotations

import json
from typing import Any

from service.rounds.export.naming import degrees, doors, needs, place
from service.rounds.records import Ronde, Stop

MEDIA_TYPE = "application/geo+json"


def geojson(ronde: Ronde) -> bytes:
    """One point per stop, called off or not, and the line of the route past those that are not."""
    start, *places = degrees([(ronde.start_x, ronde.start_y), *((stop.x, stop.y) for stop in ronde.stops)])
    line = [start, *(at for stop, at in zip(ronde.stops, places, strict=True) if not stop.vervallen), start]
    features = [_feature("LineString", line, {"soort": "route", "dag": ronde.dag.isoformat(), "team": ronde.team})]
    features += [_feature("Point", at, _about(stop)) for stop, at in zip(ronde.stops, places, strict=True)]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _about(stop: Stop) -> dict[str, Any]:
    return {
        "soort": "stop",
        "nr": stop.nr,
        "adressen": doors(stop.adressen),
        "woonplaats": place(stop),
        "aankomst": stop.aankomst.isoformat(),
        "begin": stop.begin.isoformat(),
        "einde": stop.einde.isoformat(),
        "nodig": needs(stop),
        "vervallen": bool(stop.vervallen),
    }


def _feature(kind: str, coordinates: object, about: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": about}
