"""The fields of the form of a new plan, as text, into what is asked. Raises InputFault on what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from service.faults import InputFault
from service.rounds.asked import Area, Asked, Team
from service.web.teksten import text

Point = tuple[float, float]
Given = Mapping[str, Sequence[str]]
TEAMS = 5  # that one form can hold
LONGEST = 60  # letters of a team's name
LIGGING = {"buiten": True, "binnen": False, "alles": None}


def asked(given: Given, gemeente: str, places: Mapping[str, Point]) -> Asked:
    """places: where each woonplaats has its middle, for teams that leave from there. A team without people is none."""
    teams = tuple(_team(given, nr, places) for nr in range(1, TEAMS + 1) if given.get(f"team{nr}_lid"))
    if not teams:
        raise InputFault("teams", text("plan_nieuw_fout.team"))
    return Asked(
        gemeente=gemeente,
        eerste_dag=_day(given, "eerste_dag"),
        laatste_dag=_day(given, "laatste_dag"),
        teams=teams,
        gebied=Area(
            buitengebied=LIGGING.get(one(given, "ligging")),
            woonplaatsen=tuple(sorted(name for name in given.get("woonplaats", ()) if name in places)),
            vlak=_ring(one(given, "vlak")),
        ),
        minuten_eerste=_number(given, "minuten_eerste", most=240),
        minuten_verder=_number(given, "minuten_verder", most=240),
        aandeel_verkenning=_number(given, "aandeel_verkenning", most=50) / 100,
        aandeel_steekproef=_number(given, "aandeel_steekproef", most=50) / 100,
        gevelschouw=bool(one(given, "gevelschouw")),
        met_twee=bool(one(given, "met_twee")),
        avond=bool(one(given, "avond")),
    )


def one(given: Given, name: str) -> str:
    """The value of a field that is there once; "" when it is not."""
    return next(iter(given.get(name, ())), "").strip()


def _team(given: Given, nr: int, places: Mapping[str, Point]) -> Team:
    name = one(given, f"team{nr}_naam")[:LONGEST] or str(text("plan_nieuw.naam_voorbeeld", nr=nr))
    x, y = _start(given, nr, name, places)
    return Team(
        naam=name,
        leden=tuple(sorted(set(given[f"team{nr}_lid"]))),
        start_x=x,
        start_y=y,
        begin=_hour(given, f"team{nr}_begin", name),
        einde=_hour(given, f"team{nr}_einde", name),
        kan=frozenset({"politie"}) if one(given, f"team{nr}_politie") else frozenset(),
    )


def _start(given: Given, nr: int, name: str, places: Mapping[str, Point]) -> Point:
    """A point of one's own goes before a woonplaats."""
    own = one(given, f"team{nr}_punt")
    try:
        return _point(own) if own else places[one(given, f"team{nr}_start")]
    except (KeyError, ValueError):
        raise InputFault("teams", text("plan_nieuw_fout.start", team=name)) from None


def _point(words: str) -> Point:
    x, y = words.split(",")
    return float(x), float(y)


def _ring(words: str) -> tuple[tuple[Point, ...], ...]:
    """ "x,y x,y x,y" as one outer ring; "" = no bound."""
    if not words:
        return ()
    try:
        ring = tuple(_point(part) for part in words.split())
    except ValueError:
        raise InputFault("gebied.vlak", text("plan_nieuw_fout.vlak")) from None
    if len(ring) < 3:
        raise InputFault("gebied.vlak", text("plan_nieuw_fout.vlak"))
    return (ring,)


def _day(given: Given, name: str) -> date:
    try:
        return date.fromisoformat(one(given, name))
    except ValueError:
        raise InputFault(name, text("plan_nieuw_fout.dag")) from None


def _hour(given: Given, name: str, team: str) -> time:
    try:
        found = time.fromisoformat(one(given, name))
    except ValueError:
        raise InputFault("teams", text("plan_nieuw_fout.tijd", team=team)) from None
    return found.replace(tzinfo=None)


def _number(given: Given, name: str, *, most: float) -> float:
    """A Dutch or an English decimal. NaN is no number."""
    try:
        found = float(one(given, name).replace(",", "."))
    except ValueError:
        raise InputFault(name, text("plan_nieuw_fout.getal")) from None
    if not 0 <= found <= most:
        raise InputFault(name, text("plan_nieuw_fout.getal"))
    return found
