"""The table [eerlijkheid] of the settings file: the bounds of fairness, and what stops a promotion.

[eerlijkheid]
selectie_laag = 0.8         # a group may be chosen 0.8 to 1.25 times as often as all others
selectie_hoog = 1.25
fpr_verschil = 0.05         # and be chosen wrongly at most 5 percentage points more often
kleinste_groep = 50         # addresses; smaller groups are joined and not shown
minste_uitkomsten = 20      # on fewer outcomes a rate is not given
groepen = ["huishouden", "leeftijd oudste bewoner", "eigendom", "buurt"]  # that can stop a promotion
ook_met_grond = false       # true: a ratio outside the bounds stops even where the hits bear it out
maanden = 24                # how far back the practice is looked at
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

from features.errors import Refusal
from models.fairness_bounds import FairnessBounds
from models.group_names import GROUPINGS

TABLE = "eerlijkheid"
LEAST = {"kleinste_groep": 10, "minste_uitkomsten": 5, "maanden": 1}  # disclosure: no group of one address is shown


def bounds_of(file: Path) -> FairnessBounds:
    """The bounds set in `file` (known to be TOML), else the defaults; raises Refusal for impossible ones."""
    given = tomllib.loads(file.read_text(encoding="utf-8")).get(TABLE, {}) if file.exists() else {}
    kinds = {field.name: type(getattr(FairnessBounds(), field.name)) for field in fields(FairnessBounds)}
    values: dict[str, object] = {}
    for name, value in given.items():
        if name not in kinds:
            raise _refusal(file, name, repr(value), ", ".join(kinds))
        values[name] = _value(file, name, value, kinds[name])
    bounds = FairnessBounds(**values)  # type: ignore[arg-type]
    if not 0 < bounds.selectie_laag <= 1 <= bounds.selectie_hoog:
        found = f"{bounds.selectie_laag:g} and {bounds.selectie_hoog:g}"
        raise _refusal(file, "selectie_laag, selectie_hoog", found, "0 < laag <= 1 <= hoog")
    if not 0 <= bounds.fpr_verschil <= 1:
        raise _refusal(file, "fpr_verschil", f"{bounds.fpr_verschil:g}", "a share from 0 to 1")
    return bounds


def _value(file: Path, name: str, value: object, kind: type) -> object:
    if kind is tuple:
        if not isinstance(value, list) or not set(map(str, value)) <= set(GROUPINGS):
            raise _refusal(file, name, repr(value), f"a list of {', '.join(GROUPINGS)}")
        return tuple(map(str, value))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind or (name in LEAST and int(str(value)) < LEAST[name]):
        least = f" of at least {LEAST[name]}" if name in LEAST else ""
        raise _refusal(file, name, repr(value), f"a {kind.__name__}{least}")
    return value


def _refusal(file: Path, name: str, found: str, expected: str) -> Refusal:
    return Refusal(f"{file}, [{TABLE}] {name}", found=found, expected=expected, do="correct or remove it")
