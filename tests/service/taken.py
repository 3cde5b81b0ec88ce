"""A publication of the tests taken in and opened, without a service around it."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from service.intake.keys import Keys
from service.intake.shelf import Shelf
from service.intake.source import open_source
from service.publication import Publication, open_publication


def taken(folder: Path, key: bytes = b"k" * 32, *, shelf: Path | None = None) -> Publication:
    """The publication in `folder`, on `shelf` (default: one of its own beside it)."""
    root = shelf or Path(mkdtemp(prefix="plank-", dir=folder.parent.parent))
    return open_publication(folder, Shelf(root, Keys(adres=key, ldv=key)).take_in(open_source(folder)), key)
