"""An entry of the Algoritmeregister (publication standard 1.0.0), valid or not made at all.

Field names are the standard's own words, in Dutch. Lengths and values: see FIELDS.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from features.errors import Refusal
from models.accountability.organisation import CATEGORIES, MONTH, STATUSES

# field -> the length that it stays below; 0 = bound otherwise
FIELDS: Mapping[str, int] = {
    "naam": 100,
    "korte_omschrijving": 350,
    "organisatie": 0,
    "thema": 0,
    "status": 0,
    "begindatum": 0,
    "contact": 0,
    "publicatiecategorie": 0,
    "doel_en_impact": 2500,
    "afwegingen": 2500,
    "menselijke_tussenkomst": 2500,
    "risicobeheer": 2500,
    "wettelijke_basis": 2500,
    "impacttoetsen": 2500,
    "gegevens": 5000,
    "technische_werking": 5000,
    "taal": 0,
    "schema": 0,
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One algorithm. Raises Refusal, naming every fault at once, when it is not as the standard asks."""

    naam: str
    korte_omschrijving: str
    organisatie: str
    thema: str
    status: str
    begindatum: str
    contact: str
    publicatiecategorie: str
    doel_en_impact: str
    afwegingen: str
    menselijke_tussenkomst: str
    risicobeheer: str
    wettelijke_basis: str
    impacttoetsen: str
    gegevens: str
    technische_werking: str
    taal: str = "nld"
    schema: str = "1.0.0"

    def __post_init__(self) -> None:
        faults = _faults({field.name: getattr(self, field.name) for field in fields(self)})
        if faults:
            raise Refusal(
                "algoritmeregister",
                found="; ".join(faults),
                expected="an entry as the Algoritmeregister 1.0.0 asks",
                do="fill in or correct [organisatie] in schijnwerper.toml, and make the pack again",
            )

    def as_json(self) -> str:
        """`algoritmeregister.json`."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Entry:
    """The entry of a document; raises Refusal when it is not valid."""
    try:
        given = json.loads(text)
    except ValueError as fault:
        raise _refusal(f"no JSON: {fault}") from None
    if not isinstance(given, dict) or set(given) != set(FIELDS):
        found = sorted(set(given) ^ set(FIELDS)) if isinstance(given, dict) else type(given).__name__
        raise _refusal(f"fields that differ: {found}")
    return Entry(**given)


def _faults(given: Mapping[str, object]) -> list[str]:
    faults = []
    for name, value in given.items():
        below = FIELDS[name]
        if not isinstance(value, str):
            faults.append(f"{name} is no text")
        elif not value.strip():
            faults.append(f"{name} is empty")
        elif below and len(value) >= below:
            faults.append(f"{name} has {len(value)} characters (fewer than {below})")
    faults += [
        f"{name} is {given[name]!r} (one of: {', '.join(allowed)})"
        for name, allowed in (("status", STATUSES), ("publicatiecategorie", CATEGORIES), *_FIXED)
        if given[name] not in allowed
    ]
    if not MONTH.fullmatch(str(given["begindatum"])):
        faults.append(f"begindatum is {given['begindatum']!r} (yyyy-mm)")
    return faults


_FIXED = (("taal", ("nld",)), ("schema", ("1.0.0",)))


def _refusal(found: str) -> Refusal:
    return Refusal(
        "algoritmeregister",
        found=found,
        expected="the fields of the Algoritmeregister 1.0.0, and no others",
        do="make the pack again",
    )
