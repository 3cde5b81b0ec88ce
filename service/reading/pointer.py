"""A small file that names something and is replaced to name something else: looked at often, read seldom."""

from __future__ import annotations

import os
import time
from pathlib import Path

_JUST_NOW = 100_000_000  # ns: the clock of a file system is coarse, so what changed just now may change again unseen


class Pointer:
    """Not safe to share between threads."""

    def __init__(self, file: Path) -> None:
        self.file, self._path = file, str(file)
        self._stamp: tuple[int, int, int] | None = (0, 0, 0)

    def moved(self) -> bool:
        """Whether it was replaced since this was asked last; True the first time."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        fresh = stamp is not None and time.time_ns() - stamp[0] < _JUST_NOW
        self._stamp = (0, 0, 0) if fresh else stamp
        return True

    def text(self) -> str:
        """What it names, "" when it is not there or no text."""
        try:
            return self.file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return ""

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size
