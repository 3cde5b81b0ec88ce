"""The shelf: publications that were taken in, each in a folder of its own that appears whole or not at all (law 7).

A folder's name tells the run, and by a short hash the key, the layout and the very files it was made of: another key
or other files make another folder, and one that is there is never changed. Which one is in use, a file on the shelf
says; it is replaced by a rename. Beside the tables lie the manifest and the documents of account as they were.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.intake.build import Progress, build, no_progress
from service.intake.keys import Keys
from service.intake.layout import FILE, VERSION
from service.intake.source import Source, Stamps

HIDDEN = ".bezig-"
SEPARATOR = "~"
MANIFEST = "manifest.json"
_POINTER = "in-gebruik"
_FROM = "herkomst"


@dataclass(frozen=True, kw_only=True)
class InUse:
    """run: in use. seen: what `publicaties/actueel` said at that moment: only when it says something else it is new."""

    run: str
    folder: str
    seen: str


class Shelf:
    """The publications of one installation. Safe to share between threads and processes."""

    def __init__(self, root: Path, keys: Keys) -> None:
        self.root, self.keys = root, keys
        self._mark = keys.mark(VERSION)

    @property
    def pointer(self) -> Path:
        """The file that says which publication is in use."""
        return self.root / f"{_POINTER}-{self._mark}"

    def find(self, source: Source) -> Path | None:
        """The folder of exactly this publication."""
        folder = self.root / self._name(source.manifest.run_id, source.stamps)
        return folder if folder.is_dir() else None

    def of_run(self, run_id: str) -> Path | None:
        """The folder of a run, the newest when its files were replaced; None when it is not here."""
        found = self.root.glob(f"{run_id}{SEPARATOR}{self._mark}*")
        return max(found, key=lambda folder: folder.stat().st_mtime_ns, default=None)

    def runs(self) -> tuple[str, ...]:
        """The runs that are here, the newest name first."""
        found = {folder.name.split(SEPARATOR)[0] for folder in self.root.glob(f"[!.]*{SEPARATOR}{self._mark}*")}
        return tuple(sorted(found, reverse=True))

    def take_in(self, source: Source, *, threads: int = 2, progress: Progress = no_progress) -> Path:
        """Put it on the shelf, whole, unless it is there. Raises Refusal when it is no whole publication."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._alone():
            known = self.find(source)
            if known is not None:
                return known
            self._clear()
            final = self.root / self._name(source.manifest.run_id, source.stamps)
            aside = self.root / f"{HIDDEN}{os.getpid()}-{final.name}"
            aside.mkdir()
            try:
                build(source, aside, self.keys, threads=threads, progress=progress)
                _documents(source.folder, aside)
                (aside / _FROM).write_text(str(source.folder.resolve()), encoding="utf-8")
                _flush(aside)
                aside.rename(final)
                _flush(self.root)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
            return final

    def in_use(self) -> InUse | None:
        """What the file on the shelf says; None without one, or when what it names is not here."""
        try:
            told = json.loads(self.pointer.read_text(encoding="utf-8"))
            found = InUse(run=told["run"], folder=told["folder"], seen=told["seen"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if (self.root / found.folder / FILE).is_file() else None

    def use(self, folder: Path, seen: str) -> InUse:
        """From now on this one is in use, for every reader."""
        told = InUse(run=folder.name.split(SEPARATOR)[0], folder=folder.name, seen=seen)
        aside = self.root / f".{_POINTER}-{os.getpid()}"
        aside.write_text(json.dumps(vars(told)), encoding="utf-8")
        _flush(aside)
        aside.replace(self.pointer)
        _flush(self.root)
        return told

    def source(self, folder: Path) -> Path:
        """Where what lies in `folder` was published; it need not be there any more."""
        return Path((folder / _FROM).read_text(encoding="utf-8"))

    def remove(self, run_id: str) -> None:
        """Take a run off the shelf; who has it open reads on."""
        for folder in list(self.root.glob(f"{run_id}{SEPARATOR}*")):
            shutil.rmtree(folder, ignore_errors=True)

    def _name(self, run_id: str, stamps: Stamps) -> str:
        return f"{run_id}{SEPARATOR}{self._mark}{hashlib.sha256(repr(stamps).encode()).hexdigest()[:8]}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One taking in at a time."""
        with (self.root / ".slot").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _clear(self) -> None:
        """Away with what was begun and never finished: nobody else is taking in now."""
        for folder in self.root.glob(f"{HIDDEN}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _documents(source: Path, folder: Path) -> None:
    """Manifest and documents of account, without the tables."""
    shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.parquet", ".*"))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
