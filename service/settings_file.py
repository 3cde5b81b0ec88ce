"""dienst.toml: the sections of the service's settings, each checked against the dataclass that uses it.

A duration is a number of seconds or ISO 8601 text ("PT30M", "P365D"). What is not known is refused by its name: a
misspelt limit that is silently skipped would be no limit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from features.errors import Refusal
from service.bewoning.koppeling import Koppeling
from service.cases.policy import Policy
from service.field.policy import Veld
from service.logs.bewaren import Bewaren
from service.logs.leesgrens import Leesgrens
from service.rounds.policy import Planning
from service.settings_signin import Access, Group, Oidc
from service.signin.sessions import Sessions
from service.travel.reistijd import Reistijd
from service.worklist.policy import Werkvoorraad

SECTIONS: Mapping[str, type] = {
    "oidc": Oidc,
    "sessies": Sessions,
    "toegang": Access,
    "leesgrens": Leesgrens,
    "bewaren": Bewaren,
    "werkvoorraad": Werkvoorraad,
    "onderzoek": Policy,
    "planning": Planning,
    "reistijd": Reistijd,
    "bewoning": Koppeling,
    "veld": Veld,
}
LISTS: Mapping[str, type] = {"rollen": Group}  # [[rollen]]: any number of them
FROM_ENVIRONMENT = {"oidc": {"geheim"}}  # secrets have no place in a file of settings


def read(file: Path) -> dict[str, Any]:
    """From section name to its dataclass (a tuple of them for [[rollen]]). Raises Refusal on what is not good."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as fault:
        raise Refusal(
            f"SCHIJNWERPER_DIENST, {file}", found=type(fault).__name__, expected="a file", do="mend the path"
        ) from None
    except ValueError as fault:
        raise Refusal(str(file), found=str(fault), expected="TOML in UTF-8", do="mend that line") from None
    made: dict[str, Any] = {}
    for name, values in found.items():
        if name in LISTS:
            rows = values if isinstance(values, list) else [values]
            made[name] = tuple(_section(file, f"[[{name}]]", LISTS[name], row, set()) for row in rows)
        elif name in SECTIONS:
            made[name] = _section(file, f"[{name}]", SECTIONS[name], values, FROM_ENVIRONMENT.get(name, set()))
        else:
            known = ", ".join(sorted([*SECTIONS, *LISTS]))
            raise Refusal(str(file), found=f"[{name}]", expected=f"one of {known}", do="mend or remove it")
    return made


def _section(file: Path, title: str, kind: type, values: object, hidden: set[str]) -> Any:
    if not isinstance(values, dict):
        raise Refusal(f"{file}, {title}", found="a single value", expected="a section", do=f"put it under {title}")
    known = {each.name for each in fields(kind)} - hidden
    for name in values:
        if name not in known:
            expected = f"one of {', '.join(sorted(known))}"
            raise Refusal(f"{file}, {title}", found=name, expected=expected, do="mend or remove it")
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Refusal(
            f"{file}, {title} {where}", found=repr(first["input"]), expected=first["msg"], do="mend it"
        ) from None
