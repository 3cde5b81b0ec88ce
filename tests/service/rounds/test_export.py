from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from math import hypot

import gpxpy
import icalendar
import pypdf
import pytest
from pyproj import Transformer

from service.rounds.export.calendar import calendar, folded
from service.rounds.export.geojson import geojson
from service.rounds.export.gpx import gpx
from service.rounds.export.naming import doors
from service.rounds.export.pdf import pdf
from service.rounds.export.surroundings import Around, Neighbour, around
from service.rounds.export.table import COLUMNS, safe, table
from service.rounds.records import Ronde
from service.store import Publications
from tests.service.publication import Written
from tests.service.rounds.made_up import CANARIES, START, address, made_round
from tests.service.serving import Served

MADE = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
OFF = "sinds dinsdag opgelost"


def words(content: bytes) -> list[str]:
    """Per page, on one line: where a line ends on paper is nobody's business."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_a_street_is_said_once() -> None:
    assert doors([address(0), address(1), address(2)]) == "Zandweg 1, 1a en 1b"
    assert doors([address(0), address(4)]) == "Zandweg 1 en Reeënlaan 3"
    assert doors([address(7)]) == "Lindelaan (park) 18"
    assert doors([address(0), address(0)]) == "Zandweg 1"
    assert doors([replace(address(0), adres="")]) == "adres staat niet meer in de lijst"


def test_a_navigation_device_reads_the_route() -> None:
    ronde = made_round(off=OFF)
    read = gpxpy.parse(gpx(ronde).decode())
    assert [point.name for point in read.waypoints] == [
        "1. Zandweg 1, 1a en 1b", "2. Veenhof 12", "4. Langewijk 44", "5. Bosrand 7", "6. Lindelaan (park) 18",
    ]  # fmt: skip
    assert len(read.routes) == 1 and len(read.routes[0].points) == 7  # from the start, and back
    back = Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)
    for point, stop in zip(read.waypoints, [s for s in ronde.stops if not s.vervallen], strict=True):
        x, y = back.transform(point.longitude, point.latitude)
        assert hypot(x - stop.x, y - stop.y) < 0.2  # metres: six decimals of a degree
    assert "kWh" not in gpx(ronde).decode()


def test_a_calendar_tells_when_and_no_more() -> None:
    content = calendar([made_round(off=OFF)], MADE, "https://schijnwerper.example")
    read = icalendar.Calendar.from_ical(content)
    events = read.walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [f"Stop {nr}" for nr in range(1, 7)]
    assert {str(event["LOCATION"]) for event in events} == {"Oosterveen", "Broekdijk"}
    assert events[0].decoded("DTSTART") == made_round().stops[0].begin
    assert events[0].decoded("DTEND") == made_round().stops[0].einde
    assert [str(event["STATUS"]) for event in events].index("CANCELLED") == 2
    assert all(word not in content.decode() for word in ("Zandweg", "Veenhof", "ingeschreven", "Buiten 1"))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_changed_round_replaces_what_the_calendar_has() -> None:
    before, after = (icalendar.Calendar.from_ical(calendar([r], MADE)) for r in (made_round(), _later(made_round())))
    ids = [[str(event["UID"]) for event in one.walk("VEVENT")] for one in (before, after)]
    assert ids[0] == ids[1] and len(set(ids[0])) == 6
    assert [one.walk("VEVENT")[0]["SEQUENCE"] for one in (before, after)] == [3, 4]


def _later(ronde: Ronde) -> Ronde:
    return replace(ronde, versie=ronde.versie + 1)


@pytest.mark.parametrize("line", ["x" * 75, "x" * 76, "é" * 120, "a" + "€" * 60, "\U0001f697" * 40])
def test_a_long_line_is_folded_between_letters(line: str) -> None:
    parts = list(folded(line))
    assert all(len(part) <= 75 for part in parts)
    assert "".join(part.decode() for part in [parts[0], *(part[1:] for part in parts[1:])]) == line
    assert all(part.startswith(b" ") for part in parts[1:])
    assert len(list(folded("x" * 75))) == 1


def test_a_map_program_reads_the_round() -> None:
    told = json.loads(geojson(made_round(off=OFF)))
    line, *points = told["features"]
    assert len(points) == 6 and len(line["geometry"]["coordinates"]) == 7
    lon, lat = line["geometry"]["coordinates"][0]
    assert 6 < lon < 7 and 52 < lat < 53  # longitude first (RFC 7946, 3.1.1)
    assert [p["properties"]["vervallen"] for p in points] == [False, False, True, False, False, False]
    assert points[3]["properties"]["nodig"] == "twee personen"


def test_a_spreadsheet_gets_text_and_no_formula() -> None:
    ronde = replace(made_round(), team="=HYPERLINK(1)")
    rows = list(csv.reader(io.StringIO(table(ronde).decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == list(COLUMNS) and len(rows) == 9
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert rows[1][:9] == [
        "2026-11-26", "'=HYPERLINK(1)", "1", "9:17", "9:20", "10:10", "Zandweg 1", "7730AB", "Broekdijk",
    ]  # fmt: skip
    assert [safe(word) for word in ("@a", "+1", "-1", "\tx", "a=b", "")] == ["'@a", "'+1", "'-1", "'\tx", "a=b", ""]


def test_paper_has_a_cover_and_a_page_for_every_stop() -> None:
    pages = words(pdf(made_round(off=OFF), Around(), MADE))
    assert len(pages) == 1 + 2 + 4  # a yard of three doors takes two; what fell off has none
    assert "Ronde Buiten 1" in pages[0] and "donderdag 26 november 2026" in pages[0]
    assert f"Reeënlaan 3, Oosterveen. Vervalt: {OFF}" in pages[0]
    assert "Laat zien wie u bent" in pages[1] and "Wat trof u aan: Zandweg 1b" in pages[2]
    assert "Veenhof 12" in pages[3] and "10.22 tot 10.52 uur" in pages[3]
    assert "Er staat niemand ingeschreven, maar het stroomverbruik was 2.840 kWh in een jaar." in pages[3]
    assert "Eerder niemand thuis: donderdag 19 november, 11.15 uur" in pages[3]
    assert "Dit bezoek: twee personen" in pages[4]


def test_where_nobody_investigates_one_stays_on_the_road() -> None:
    ronde = made_round()
    road = replace(ronde.stops[1].adressen[0], onderzoek_id="")
    changed = replace(ronde, stops=(replace(ronde.stops[1], adressen=(road,)),))
    _, only = words(pdf(changed, Around(), MADE))
    assert "Bel niet aan" in only and "Laat zien wie u bent" not in only and "Toestemming" not in only


def test_paper_is_a_document_that_can_be_read_aloud_and_printed_anywhere() -> None:
    content = pdf(replace(made_round(), team="Café € 1"), Around(), MADE)
    read = pypdf.PdfReader(io.BytesIO(content))
    assert read.metadata is not None and read.metadata.title == "Ronde Café € 1, donderdag 26 november 2026"
    assert read.trailer["/Root"]["/Lang"] == "nl-NL"
    fonts = [font.get_object() for page in read.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts and all("DejaVu" in str(font["/BaseFont"]) for font in fonts)
    assert "Café € 1" in words(content)[0]


def test_a_long_round_and_a_long_yard_lose_nothing() -> None:
    ronde = made_round()
    many = tuple(replace(ronde.stops[1], id=f"{nr:032x}", nr=nr) for nr in range(1, 41))
    pages = words(pdf(replace(ronde, stops=many), Around(), MADE))
    assert len(pages) == 40 + 2 and "Stop 40 van 40" in pages[-1]
    yard = replace(
        ronde.stops[0],
        adressen=tuple(replace(address(0), adres=f"Erf {n}", identificatie=f"{n:016d}") for n in range(1, 13)),
    )
    told = " ".join(words(pdf(replace(ronde, stops=(yard,)), Around(), MADE)))
    assert all(f"Wat trof u aan: Erf {n}" in told and f"Wat bekend is: Erf {n}" in told for n in range(1, 13))


def test_nothing_leaves_that_tells_of_people_or_of_the_model() -> None:
    ronde = made_round(off=OFF)
    files = [gpx(ronde), geojson(ronde), table(ronde), calendar([ronde], MADE)]
    told = [one.decode("utf-8-sig") for one in files] + ["".join(words(pdf(ronde, Around(), MADE)))]
    for one in told:
        assert not [canary for canary in CANARIES if canary in one]
        assert not [
            word for word in ("stroom:", "steekproef", "verkenning", "band", "score", "0175010000") if word in one
        ]


def test_neighbours_come_with_their_numbers(served: Served, written: Written) -> None:
    publications = Publications(served.settings)
    row = written.addresses.iloc[0]
    one = replace(address(0), adres=str(row["adres"]), x=float(row["x"]), y=float(row["y"]))
    stop = replace(made_round().stops[0], adressen=(one,), x=one.x, y=one.y)
    found = around(publications.current(), replace(made_round(), stops=(stop,)))
    near = found.near[stop.id]
    expected = written.addresses[(abs(written.addresses.x - one.x) <= 400) & (abs(written.addresses.y - one.y) <= 400)]
    assert len(near) == len(expected[expected["adres"] != row["adres"]]) > 5
    far = [hypot(each.x - one.x, each.y - one.y) for each in near]
    assert far == sorted(far)
    nearest = expected.assign(d=(expected.x - one.x) ** 2 + (expected.y - one.y) ** 2).sort_values("d").iloc[1]
    assert near[0] == Neighbour(x=near[0].x, y=near[0].y, number=str(nearest["adres"]).split(" ")[-1])
    assert {place.number for place in found.places} == {"Oosterveen", "Westerveen", "Broekdijk"}
    assert around(publications.current(), replace(made_round(), gemeente="9999")) == Around()
    assert (one.x, one.y) != START
    publications.close()
