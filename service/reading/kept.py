"""What was read and may be wanted again: the ones used last, up to a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """most: the sum of the sizes that is kept, in whatever unit `put` is told. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._size = 0
        self._known: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """What is kept under `key`."""
        with self._lock:
            known = self._known.get(key)
            if known is None:
                return None
            self._known.move_to_end(key)
            return known[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep it, and let go of what was not used for longest."""
        with self._lock:
            known = self._known.pop(key, None)
            self._size += size - (known[1] if known else 0)
            self._known[key] = (value, size)
            while self._size > self.most and len(self._known) > 1:
                _, (_, freed) = self._known.popitem(last=False)
                self._size -= freed
