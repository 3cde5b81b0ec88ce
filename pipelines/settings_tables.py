"""Tables of `schijnwerper.toml` that fill a frozen dataclass: [bewaking] the stop rule, [organisatie] who answers.

What is not given keeps its default; an unknown name or a value of another kind is refused.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from features.errors import Refusal

Table = TypeVar("Table")


def table(file: Path, name: str, kind: type[Table]) -> Table:
    """The table `name` of the file as a `kind`; all defaults where there is no file. Raises Refusal, see above."""
    given = tomllib.loads(file.read_text(encoding="utf-8")).get(name, {}) if file.exists() else {}
    hints = get_type_hints(kind)
    for key, value in given.items():
        if key not in hints:
            known = ", ".join(field.name for field in fields(kind))  # type: ignore[arg-type]
            raise Refusal(f"{file}, [{name}]", found=f"setting {key!r}", expected=known, do="remove or rename it")
        if not _fits(value, hints[key]):
            raise Refusal(f"{file}, [{name}], {key}", found=repr(value), expected=_WORDS[hints[key]], do="correct it")
    return kind(**{key: hints[key](value) for key, value in given.items()})


_WORDS = {str: "a text", bool: "true or false", int: "a whole number of 0 or more", float: "a number of 0 or more"}


def _fits(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    if kind is int:
        return type(value) is int and value >= 0
    return type(value) is kind
