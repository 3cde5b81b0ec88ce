"""A round for a navigation device: GPX 1.1 (topografix.com/GPX/1/1) with a waypoint per stop and the route.

The address and the time, for that is what one drives to; no reasons, for such a device is nobody's safe.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from service.rounds.export.naming import clock, day, degrees, doors, place, running
from service.rounds.records import Ronde, Stop
from service.web.teksten import text

NAMESPACE = "http://www.topografix.com/GPX/1/1"
MEDIA_TYPE = "application/gpx+xml"


def gpx(ronde: Ronde) -> bytes:
    """Stops that were called off are not in it."""
    stops = running(ronde)
    start, *places = degrees([(ronde.start_x, ronde.start_y), *((stop.x, stop.y) for stop in stops)])
    root = Element("gpx", {"xmlns": NAMESPACE, "version": "1.1", "creator": "Schijnwerper"})
    about = SubElement(root, "metadata")
    SubElement(about, "name").text = _name(ronde)
    for stop, at in zip(stops, places, strict=True):
        _point(root, "wpt", at, f"{stop.nr}. {doors(stop.adressen)}", _when(stop))
    route = SubElement(root, "rte")
    SubElement(route, "name").text = _name(ronde)
    _point(route, "rtept", start, text("ronde_uit.vertrek"), text("ronde_uit.uur", tijd=clock(ronde.vertrek)))
    for stop, at in zip(stops, places, strict=True):
        _point(route, "rtept", at, f"{stop.nr}. {doors(stop.adressen)}", _when(stop))
    _point(route, "rtept", start, text("ronde_uit.terug"), text("ronde_uit.uur", tijd=clock(ronde.terug)))
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _name(ronde: Ronde) -> str:
    return str(text("ronde_uit.naam", team=ronde.team, dag=day(ronde.dag)))


def _when(stop: Stop) -> str:
    return f"{text('ronde_uit.van_tot', van=clock(stop.begin), tot=clock(stop.einde))}, {place(stop)}"


def _point(above: Element, tag: str, at: tuple[float, float], name: str, about: str) -> None:
    lon, lat = at
    point = SubElement(above, tag, {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"})
    SubElement(point, "name").text = _clean(name)
    SubElement(point, "desc").text = _clean(about)


def _clean(value: str) -> str:
    """XML 1.0 has no place for control characters."""
    return "".join(letter for letter in value if letter >= " ")
