"""The oracle of features/residence.py: one person at a time, rule by rule, slow and plain. Sharp dates only."""

from __future__ import annotations

from typing import NamedTuple

DIED = {"O": "overleden", "E": "emigratie", "M": "opgeschort", "R": "opgeschort", "F": "opgeschort", "W": "opgeschort"}


class Spell(NamedTuple):
    functie: str
    van: str
    tot: str
    reden: str
    identificatie: str
    ingeschreven_tot: str


def plain_spells(rows: list[dict[str, str]], suspended: tuple[str, str], as_of: str) -> list[Spell]:
    """`rows` of one list, newest first, dates YYYYMMDD without 00 parts; `suspended` = (date, reason) or ("", "")."""
    events: list[dict[str, str]] = []
    for row in reversed(rows):
        if row.get("onjuist") == "O" or row["opgenomen"] > as_of:
            continue
        kind = "weg" if row.get("vertrek_van") else row["functie"]
        if events and row.get("aangifte") in ("T", "W") and events[-1]["kind"] == kind:
            event = events[-1]
        else:
            event = {"kind": kind, "dag": row.get("vertrek_van") or row["aanvang"], "land": row.get("vertrek_land", "")}
            events.append(event)
        event["id"] = row.get("adresseerbaarobject") or event.get("id", "")
        if row.get("onderzoek") in ("089999", "589999") and row["onderzoek_van"] <= as_of:
            event["niet"] = min(row["onderzoek_van"], event.get("niet", "9"))
    if events and events[-1]["kind"] != "weg" and suspended[0] and suspended[0] <= as_of:
        events.append({"kind": "stop", "dag": suspended[0]})

    lasting = [e for i, e in enumerate(events) if all(e["dag"] < later["dag"] for later in events[i + 1 :])]
    found = []
    for i, event in enumerate(lasting):
        if event["kind"] not in ("W", "B"):
            continue
        end = lasting[i + 1] if i + 1 < len(lasting) else {"kind": "", "dag": ""}
        reason = {"": "", "W": "verhuisd", "B": "verhuisd", "stop": DIED.get(suspended[1], "")}.get(end["kind"])
        if reason is None:
            reason = "vertrokken_onbekend_waarheen" if end["land"] == "0000" else "emigratie"
        tot, gone = end["dag"], event.get("niet", "")
        if gone and (not end["dag"] or gone < end["dag"]):
            tot, reason = max(gone, event["dag"]), "niet_woonachtig"
        found.append(Spell(event["kind"], event["dag"], tot, reason, event["id"], end["dag"]))
    return found
