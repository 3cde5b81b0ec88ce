"""The one catalogue of Dutch texts: `teksten.toml` and, per room, `teksten/*.toml`; wording changes without code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parent / "teksten.toml"
ROOMS = Path(__file__).parent / "teksten"


@cache
def catalogue() -> Mapping[str, Any]:
    """The whole catalogue, read once. Raises ValueError when two files name the same section."""
    found: dict[str, Any] = {}
    for file in (CATALOGUE, *sorted(ROOMS.glob("*.toml"))):
        for section, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if section in found:
                raise ValueError(f"{file.name}: section [{section}] is in another file too")
            found[section] = texts
    return found


def text(path: str, **values: object) -> Any:
    """The text at `path` ("lijst.titel"), its {places} filled with `values`. Raises KeyError on an unknown path."""
    found: Any = catalogue()
    for name in path.split("."):
        found = found[name]
    return found.format(**values) if isinstance(found, str) and values else found
