"""Whose turn it is to write, among the threads of this process; and that nobody waits for himself.

SQLite makes a writer wait by polling, ever more slowly: with eight threads the slowest waits half a second. Those of
one process can do better. PostgreSQL queues its writers itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from service.faults import StoreUnavailable


class Turn:
    """needed: whether writers take turns at all (SQLite)."""

    def __init__(self, *, needed: bool) -> None:
        self._lock = threading.Lock() if needed else None
        self._inside = threading.local()  # .unit: this thread is in a unit of work

    @contextmanager
    def taken(self, patience: float) -> Iterator[None]:
        """Wait for it, at most `patience` seconds. Raises StoreUnavailable."""
        if self._lock is None:
            yield
            return
        if not self._lock.acquire(timeout=patience):
            raise StoreUnavailable("another writer did not end in time")
        try:
            yield
        finally:
            self._lock.release()

    def if_free(self) -> bool:
        """Take it if that can be done at once; give it back with `back`."""
        return self._lock is None or self._lock.acquire(blocking=False)

    def back(self) -> None:
        """After `if_free`."""
        if self._lock is not None:
            self._lock.release()

    def not_inside(self) -> None:
        """Raises RuntimeError inside a unit: its log would wait for the unit to end, and the unit for the log."""
        if getattr(self._inside, "unit", False):
            raise RuntimeError("inside a unit of work: use that unit")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A unit of work, and no other in it."""
        self.not_inside()
        self._inside.unit = True
        try:
            yield
        finally:
            self._inside.unit = False
