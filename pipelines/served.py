"""Which publication was in use when: from the manifests in a folder of publications.

A publication counts from the day after its peildatum: what it says rests on facts of that day and before, so outcomes
of investigations begun later are honest news to it. Of two with one peildatum the one made last counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from features.errors import Refusal
from pipelines.store import MANIFEST, current


@dataclass(frozen=True, kw_only=True)
class Served:
    """A publication that was, or is, in use. manifest: as read."""

    folder: Path
    run_id: str
    as_of: date
    manifest: Mapping[str, Any]


def served(root: Path) -> tuple[Served, ...]:
    """Oldest first; the one in use last. Raises Refusal where there is none, or its manifest cannot be read."""
    using = _read(current(root))
    found = {using.as_of: using}
    others = [_read(folder.parent) for folder in sorted(root.glob(f"[!.]*/{MANIFEST}"))]
    for one in sorted(others, key=lambda other: str(other.manifest.get("gemaakt", ""))):
        if one.as_of < using.as_of:
            found[one.as_of] = one
    return tuple(found[day] for day in sorted(found))


def _read(folder: Path) -> Served:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        as_of = date.fromisoformat(str(manifest["peildatum"])[:10])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Refusal(
            str(folder / MANIFEST),
            found=f"{type(fault).__name__}: {fault}",
            expected="the manifest of a publication",
            do="take that folder away, or score again",
        ) from fault
    return Served(folder=folder, run_id=folder.name, as_of=as_of, manifest=manifest)
