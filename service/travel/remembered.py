"""The last matrices, so that a plan that is solved anew does not wait for the roads again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from service.travel.contract import Points, Seconds, Times, Travel, checked

KEPT = 8
MOST_PLACES = 2_500  # a matrix of so many takes 50 MB; larger ones are not kept


class Remembered:
    """Another `Travel`, whose last answers are kept; safe to share between threads. Its arrays cannot be written."""

    def __init__(self, inner: Travel) -> None:
        self._inner = inner
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Times] = OrderedDict()

    @property
    def name(self) -> str:
        """As `Travel.name`."""
        return self._inner.name

    def times(self, points: Points) -> Times:
        """As `Travel.times`."""
        found = checked(points)
        key = hashlib.sha256(found.tobytes()).digest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        times = self._inner.times(found)
        times.seconds.setflags(write=False)
        if len(found) <= MOST_PLACES:
            with self._lock:
                self._kept[key] = times
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return times

    def seconds(self, points: Points) -> Seconds:
        """As `Travel.seconds`."""
        return self.times(points).seconds
