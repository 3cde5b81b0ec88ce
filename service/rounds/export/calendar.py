"""A round in an inspector's calendar: iCalendar (RFC 5545), times in UTC.

A calendar goes to a phone, and from there to whoever keeps it: an entry says "Stop 3" and the woonplaats, no address,
no reason, no colleague. It is private and its link asks for the sign-in. The UID follows from the round and the number,
SEQUENCE from the version: who takes in a changed round gets the new times, not a second entry. What fell off is
cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from service.rounds.export.naming import place
from service.rounds.records import Ronde, Stop
from service.web.teksten import text

MEDIA_TYPE = "text/calendar; charset=utf-8"
OCTETS = 75  # RFC 5545, 3.1: a line is no longer, its end left out


def calendar(rounds: Sequence[Ronde], made: datetime, origin: str = "") -> bytes:
    """made: the moment of writing. origin: "https://…" of the service, for a link to each round; "" = no link."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Schijnwerper//Ronde//NL", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH"]
    for ronde in rounds:
        for stop in ronde.stops:
            lines += _event(ronde, stop, made, origin)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def _event(ronde: Ronde, stop: Stop, made: datetime, origin: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{ronde.id}-{stop.nr}@schijnwerper"
    yield f"DTSTAMP:{_utc(made)}"
    yield f"SEQUENCE:{ronde.versie}"
    yield f"DTSTART:{_utc(stop.begin)}"
    yield f"DTEND:{_utc(stop.einde)}"
    yield f"SUMMARY:{_text(text('ronde_uit.stop', nr=stop.nr))}"
    yield f"LOCATION:{_text(place(stop))}"
    yield f"STATUS:{'CANCELLED' if stop.vervallen else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    if origin:
        yield f"URL:{origin}/rondes/{ronde.id}"
    yield "END:VEVENT"


def folded(line: str) -> Iterator[bytes]:
    """The lines of one content line: never more than OCTETS, and no letter cut in two."""
    octets, room = b"", OCTETS
    for letter in line:
        more = letter.encode()
        if len(octets) + len(more) > room:
            yield octets
            octets, room = b" ", OCTETS
        octets += more
    yield octets


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """RFC 5545, 3.3.11; other control characters have no place in it."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(letter for letter in escaped if letter >= " ")
