"""LV-WOZ objects as JSON (the answer of Haal Centraal WOZ-bevragen) into `woz.csv` (FORMATS 4a).

Only the keys named here are read: names, BSN and RSIN of those concerned are in the file and are never looked at.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from features.convert.report import ConvertReport
from features.errors import Refusal
from features.sources.vastgoed import WOZ

VOID = "beschikking_vernietigd"  # the decision was annulled: there is no value
KINDS = {"natuurlijk_persoon": "natuurlijk_persoon", "niet_natuurlijk_persoon": "niet_natuurlijk_persoon",
         "vestiging": "niet_natuurlijk_persoon"}  # fmt: skip
NO_OBJECT = "geen adresseerbaar object"
NO_VALUE = "geen waarde"
NO_DECISION = "beschikking vernietigd"
AGAIN = "WOZ-object komt nog eens voor"


def convert_woz(source: Path, target: Path) -> ConvertReport:
    """Write one row per WOZ object, adresseerbaar object and reference date; raises Refusal when it is no such JSON."""
    try:
        objects = json.loads(source.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise Refusal(
            str(source), found="no such file", expected="LV-WOZ objects as JSON", do="check the path"
        ) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Refusal(source.name, found=str(error), expected="JSON in UTF-8", do="export it again") from error
    if isinstance(objects, dict):
        objects = objects.get("_embedded", {}).get("wozObjecten", [objects])
    skipped: Counter[str] = Counter()
    rows = pd.DataFrame(_rows(objects, source.name, skipped), columns=[c.name for c in WOZ.columns])
    again = rows.duplicated(["wozobjectnummer", "adresseerbaarobject_identificatie", "waardepeildatum"])
    skipped[AGAIN] += int(again.sum())
    rows = rows[~again]
    target.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(target, sep=WOZ.separator, index=False)
    return ConvertReport(
        source=str(source),
        target=str(target),
        read={"woz-objecten": len(objects)},
        written={WOZ.name: len(rows)},
        skipped={reason: count for reason, count in skipped.items() if count},
    )


def _rows(objects: list[Any], name: str, skipped: Counter[str]) -> Iterator[dict[str, object]]:
    for number, item in enumerate(objects):
        if not isinstance(item, dict) or "identificatie" not in item:
            raise Refusal(
                f"{name}, object {number + 1}", found="no identificatie", expected="a WOZ object", do="export it again"
            )
        places = item.get("adresseerbaarObjectIdentificaties") or []
        values = [w for w in item.get("waarden", []) if VOID not in w.get("beschikkingsStatussen", [])]
        skipped[NO_OBJECT] += not places
        skipped[NO_VALUE] += bool(places) and not item.get("waarden")
        skipped[NO_DECISION] += len(item.get("waarden", [])) - len(values)
        for place in places:
            for value in values:
                yield {
                    "wozobjectnummer": item["identificatie"],
                    "adresseerbaarobject_identificatie": place,
                    "gebruikscode": item.get("gebruikscode"),
                    "waardepeildatum": value.get("waardepeildatum"),
                    "vastgestelde_waarde": value.get("vastgesteldeWaarde"),
                    "eigenaar_type": _kind(item.get("belanghebbendeEigenaar")),
                    "gebruiker_type": _kind(item.get("belanghebbendeGebruiker")),
                }


def _kind(person: Any) -> str | None:
    """The kind of owner or user; nothing else of them is read."""
    return KINDS.get(person.get("type", "")) if isinstance(person, dict) else None
