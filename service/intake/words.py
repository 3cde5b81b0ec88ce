"""The different words of a publication (features, sentences, reasons of leaving), each kept once, by number."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.intake.layout import WORDS
from service.intake.squeeze import squeezed


class Words:
    """Gives numbers to words while a publication is taken in. Word 0 is the empty one. Safe to share."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._lock = threading.Lock()

    def numbers(self, words: Sequence[str]) -> NDArray[np.uint32]:
        """The number of each of `words`; a new word gets the next."""
        known = self._numbers
        with self._lock:
            return np.array([known.setdefault(word, len(known)) for word in words], dtype=np.uint32)

    def rows(self) -> list[tuple[int, bytes]]:
        """As they are stored, WORDS in a row."""
        words = list(self._numbers)
        return [
            (begin // WORDS, squeezed(json.dumps(words[begin : begin + WORDS], ensure_ascii=False).encode()))
            for begin in range(0, len(words), WORDS)
        ]
