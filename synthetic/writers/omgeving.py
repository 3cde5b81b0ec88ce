"""Writes omgeving.gpkg, columns from the declaration of the layers."""

from __future__ import annotations

from pathlib import Path

from features.sources import omgeving
from synthetic.world import World
from synthetic.writers.geopackage import append


def write(world: World, path: Path) -> None:
    """Write this gemeente's layers to `path`."""
    for table in omgeving.TABLES:
        frame = world.town.lagen[table.layer]
        columns = [c.name for c in table.columns]
        append(frame[[*columns, frame.geometry.name]], path, table.layer)
