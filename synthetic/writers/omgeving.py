"""Writes omgeving/omgeving.gpkg, columns from the declaration of the layers."""

from __future__ import annotations

from pathlib import Path

from features.sources import omgeving
from synthetic.world import World
from synthetic.writers.bag import append


def write(world: World, levering: Path) -> None:
    """Add this gemeente's layers to `levering/omgeving/omgeving.gpkg`."""
    path = levering / "omgeving" / "omgeving.gpkg"
    path.parent.mkdir(parents=True, exist_ok=True)
    for table in omgeving.TABLES:
        frame = world.town.lagen[table.layer]
        columns = [c.name for c in table.columns]
        append(frame[[*columns, frame.geometry.name]], path, table.layer)
