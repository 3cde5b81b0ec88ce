"""One publication as readers hold it: its manifest, its file on the shelf, and whether the model is stopped.

Nothing is loaded whole. While the model is stopped the functions that read from it (ranking.py, dossier.py,
candidates.py) leave out all that it said; the file itself never changes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from service.manifest import Manifest, Stop, read_manifest
from service.reading.book import Book
from service.reading.selection import Selector

Stamp = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A woonplaats with its middle (median of its addresses, RD metres), for the filter and the map."""

    gemeente: str
    woonplaats: str
    adressen: int
    x: float | None
    y: float | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Publication:
    """One run. Made by `open_publication`; safe to share between threads.

    source: where it was published. folder: its documents: as they are there, or as they were taken in once those are
    gone. key: of opaque ids.
    """

    source: Path
    folder: Path
    manifest: Manifest
    book: Book
    selector: Selector
    key: bytes
    plaatsen: tuple[Place, ...]
    stamp: Stamp | None  # of the manifest as it was read
    noodstop: Stop | None = None  # the stop switch as it stood when this was opened

    @property
    def gestopt(self) -> bool:
        """True while the model is stopped: then nothing that it said may be shown."""
        return self.manifest.stop is not None

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """The gemeenten in it, sorted."""
        return tuple(sorted(self.book.codes))

    def now(self, noodstop: Stop | None) -> Publication:
        """As it is now: the manifest read again when it was replaced. Raises Refusal when it cannot be read."""
        stamp = manifest_stamp(self.source)
        if stamp == self.stamp and noodstop == self.noodstop:
            return self
        folder, manifest = _manifest(self.source, self.book.path.parent)
        stopped = replace(manifest, stop=manifest.stop or noodstop)
        return replace(self, folder=folder, manifest=stopped, stamp=stamp, noodstop=noodstop)


def open_publication(source: Path, shelved: Path, key: bytes, noodstop: Stop | None = None) -> Publication:
    """Open the run that came from the folder `source` and lies in `shelved`, masked while the manifest or the stop
    switch takes the model out. Raises Refusal when the manifest cannot be read, or the file is none of ours.
    """
    stamp = manifest_stamp(source)  # before the reading: what is replaced in between is read again next time
    folder, manifest = _manifest(source, shelved)
    book = Book(shelved)
    return Publication(
        source=source,
        folder=folder,
        manifest=replace(manifest, stop=manifest.stop or noodstop),
        book=book,
        selector=Selector(book, key),
        key=key,
        plaatsen=tuple(sorted(_places(book), key=lambda place: (place.gemeente, place.woonplaats))),
        stamp=stamp,
        noodstop=noodstop,
    )


def manifest_stamp(folder: Path) -> Stamp | None:
    """Changes whenever the manifest is replaced; None when it is not there."""
    try:
        found = os.stat(f"{folder}/manifest.json")
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _manifest(source: Path, shelved: Path) -> tuple[Path, Manifest]:
    """Where the documents are, and the manifest. A folder that is there with a manifest that cannot be read is not
    passed over for our copy: it may hold a stop.
    """
    folder = source if source.is_dir() else shelved
    manifest = read_manifest(folder / "manifest.json")
    if folder == source:
        _remember(source, shelved)
    return folder, manifest


def _remember(source: Path, shelved: Path) -> None:
    """Keep our copy up to date, so that a stop outlives the folder it was written in."""
    told, kept = (source / "manifest.json").read_bytes(), shelved / "manifest.json"
    if kept.exists() and kept.read_bytes() == told:
        return
    aside = shelved / ".manifest"
    aside.write_bytes(told)
    aside.replace(kept)


def _places(book: Book) -> list[Place]:
    return [
        Place(gemeente=book.codes[gemeente], woonplaats=name, adressen=number, x=x, y=y)
        for gemeente, _, name, number, x, y in book.towns
        if name
    ]
