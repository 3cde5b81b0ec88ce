"""A round for a spreadsheet: CSV with `;`, UTF-8 with a mark so that é stays é, one row per address.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io

from service.rounds.export.naming import clock, degrees
from service.rounds.records import Ronde
from service.web.teksten import text

MEDIA_TYPE = "text/csv; charset=utf-8"
COLUMNS = (
    "dag", "team", "stop", "aankomst", "begin", "einde", "adres", "postcode", "woonplaats", "doel", "nodig",
    "vervallen", "rd_x", "rd_y", "breedtegraad", "lengtegraad",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def table(ronde: Ronde) -> bytes:
    """Times are those of the clock on the wall."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for stop in ronde.stops:
        for address in stop.adressen:
            ((lon, lat),) = degrees([(address.x, address.y)])
            words = (
                ronde.dag.isoformat(),
                ronde.team,
                str(stop.nr),
                *(clock(one).replace(".", ":") for one in (stop.aankomst, stop.begin, stop.einde)),
                address.adres,
                address.postcode,
                address.woonplaats,
                text(f"doel.{address.doel}.naam"),
                ", ".join(text(f"plan_nodig.{need}") for need in sorted(address.nodig)),
                stop.vervallen,
            )
            numbers = (f"{address.x:.1f}", f"{address.y:.1f}", f"{lat:.6f}", f"{lon:.6f}")
            writer.writerow([*(safe(word) for word in words), *numbers])
    return out.getvalue().encode("utf-8-sig")


def safe(value: str) -> str:
    """`value` as text, whatever it begins with."""
    return "'" + value if value.startswith(_FORMULA) else value
