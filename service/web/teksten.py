"""The one catalogue of Dutch texts: `teksten.toml`, so that an editor changes wording without touching code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parent / "teksten.toml"


@cache
def catalogue() -> Mapping[str, Any]:
    """The whole catalogue, read once."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def text(path: str, **values: object) -> Any:
    """The text at `path` ("lijst.titel"), its {places} filled with `values`. Raises KeyError on an unknown path."""
    found: Any = catalogue()
    for name in path.split("."):
        found = found[name]
    return found.format(**values) if isinstance(found, str) and values else found
