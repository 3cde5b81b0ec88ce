"""What a conversion did: rows in, rows out, and what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class ConvertReport:
    """read: objects in the source; for each of `written` a table and its rows; skipped: reason -> objects."""

    source: str
    target: str
    read: Mapping[str, int]
    written: Mapping[str, int]
    skipped: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows written, over all tables."""
        return sum(self.written.values())
