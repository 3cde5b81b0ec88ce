"""The graph made of a road file, kept on disk: reading a province of roads takes longer than a plan may.

The name carries a stamp of the file (size and moment of writing), of the layer and of how graphs are made; another
stamp is another file, and what is broken is made again. Written beside and moved into place: there whole or not.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import structlog

from service.travel import roads, speeds
from service.travel.graph import NAMES, Graph

VERSION = 1  # goes up when graph.py makes another graph of the same roads

log = structlog.get_logger()


def graph(file: Path, layer: str, folder: Path | None) -> Graph:
    """The graph of `file`. Raises Refusal as `roads.read` does."""
    place = (folder or file.parent) / f"{file.stem}.{stamp(file, layer)}.npz"
    found = _load(place)
    if found is None:
        found = Graph.of(roads.read(file, layer))
        _save(found, place)
        log.info("roads read", file=file.name, edges=len(found.begin), nodes=found.nodes)
    return found


def stamp(file: Path, layer: str) -> str:
    """Sixteen digits that change with the file, the layer, the speeds and VERSION."""
    about = file.stat()
    speed = (speeds.OF_LIMIT, speeds.BELONGS, speeds.SLIP_KMH, dict(speeds.HIGHWAY))
    words = f"{about.st_size} {about.st_mtime_ns} {layer} {speed} {VERSION}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _load(place: Path) -> Graph | None:
    with suppress(OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        with place.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in NAMES}
        return Graph(**(found | {"nodes": int(found["nodes"])}))
    return None


def _save(found: Graph, place: Path) -> None:
    """Kept when that can be; a folder that we may not write in costs time at every start, and no more."""
    beside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as out:
            arrays: dict[str, Any] = {name: getattr(found, name) for name in NAMES}
            np.savez_compressed(out, **arrays)
        beside.replace(place)
    except OSError as fault:
        log.warning("the graph of the roads is not kept", folder=str(place.parent), fault=type(fault).__name__)
    finally:
        with suppress(OSError):
            beside.unlink()
