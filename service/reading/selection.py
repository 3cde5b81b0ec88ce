"""Which rows of a ranking a reader gets, in which order: filters over small arrays, kept for the next page.

Order: rang, then gemeente (by code). While the model is stopped the place in a neutral order takes that of the rang.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from features.columns import Doel
from models.scores import BANDS
from service import opaque
from service.intake.layout import GROEPEN, OF_ADDRESS, UNKNOWN, Ligging
from service.reading.book import Book, number_of
from service.reading.box import inside
from service.reading.kept import Kept
from service.records import Filters

At = tuple[
    int, int, int
]  # where a row stands among its gemeente's, that gemeente's number, its place in the file's list


class Selection(Protocol):
    """Rows in order."""

    def __len__(self) -> int:
        """How many."""

    def after(self, plaats: int, gemeente: int) -> int:
        """The number of the first row behind this one, which need not be in it."""

    def rows(self, begin: int, end: int) -> list[At]:
        """Some of them."""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The ranking of one gemeente, nothing left out."""

    gemeente: int
    size: int

    def __len__(self) -> int:
        return self.size

    def after(self, plaats: int, gemeente: int) -> int:
        """Ranks run from 1 without a gap."""
        return min(plaats, self.size)

    def rows(self, begin: int, end: int) -> list[At]:
        """Some of them."""
        end = min(end, self.size)
        return list(zip(range(begin + 1, end + 1), repeat(self.gemeente), range(begin, end), strict=False))


@dataclass(frozen=True, kw_only=True, eq=False)
class Picked:
    """Rows of one or more gemeenten. turn: the place of each one's gemeente among `gemeenten`."""

    gemeenten: tuple[int, ...]
    plaats: NDArray[np.int64]
    turn: NDArray[np.int64]
    plek: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.plaats)

    @property
    def nbytes(self) -> int:
        """Memory it takes."""
        return self.plaats.nbytes + self.turn.nbytes + self.plek.nbytes

    def after(self, plaats: int, gemeente: int) -> int:
        """The rows are in the order of plaats, then turn."""
        begin, end = np.searchsorted(self.plaats, [plaats, plaats + 1])
        turn = self.gemeenten.index(gemeente) if gemeente in self.gemeenten else len(self.gemeenten)
        return int(begin + np.searchsorted(self.turn[begin:end], turn, side="right"))

    def rows(self, begin: int, end: int) -> list[At]:
        """Some of them."""
        some = slice(begin, end)
        gemeenten = [self.gemeenten[turn] for turn in self.turn[some].tolist()]
        return list(zip(self.plaats[some].tolist(), gemeenten, self.plek[some].tolist(), strict=True))


class Selector:
    """Selections of one publication. key: of its opaque ids."""

    def __init__(self, book: Book, key: bytes) -> None:
        self.book, self.key = book, key
        self._kept: Kept[tuple[Any, ...], Picked] = Kept(128 * 2**20)
        # What is hidden from somebody -> with the veil around it (service/worklist/veil.py).
        self.veils: Kept[frozenset[str], frozenset[str]] = Kept(2**17)

    def select(self, doel: Doel, filters: Filters, *, neutral: bool) -> Selection:
        """The rows of `doel` under `filters`."""
        number = number_of(doel)
        asked = filters.rechten if filters.gemeente is None else filters.rechten & {filters.gemeente}
        gemeenten = tuple(self.book.numbers[code] for code in sorted(asked) if code in self.book.numbers)
        if len(gemeenten) == 1 and not neutral and not filters.narrowed:
            return Whole(gemeente=gemeenten[0], size=self.book.ranked[gemeenten[0], number])
        key = (number, gemeenten, filters, neutral)
        known = self._kept.get(key)
        if known is None:
            known = self._picked(number, gemeenten, filters, neutral)
            self._kept.put(key, known, known.nbytes)
        return known

    def _picked(self, doel: int, gemeenten: tuple[int, ...], filters: Filters, neutral: bool) -> Picked:
        left_out = self._left_out(filters.zonder, doel)
        parts = [self._of_one(doel, g, filters, neutral, left_out.get(g, [])) for g in gemeenten]
        empty = np.zeros(0, dtype=np.int64)
        plaats = np.concatenate([empty, *(plaats for plaats, _ in parts)])
        plek = np.concatenate([empty, *(plek for _, plek in parts)])
        turn = np.repeat(np.arange(len(gemeenten)), [len(plek) for _, plek in parts])
        order = np.lexsort((turn, plaats)) if len(gemeenten) > 1 else slice(None)
        return Picked(gemeenten=gemeenten, plaats=plaats[order], turn=turn[order], plek=plek[order])

    def _of_one(
        self, doel: int, gemeente: int, filters: Filters, neutral: bool, left_out: Sequence[int]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        size = self.book.ranked[gemeente, doel]
        fits = self._fits(doel, gemeente, size, filters)
        fits[list(left_out)] = False
        if not neutral:
            plek = np.flatnonzero(fits)
            return plek + 1, plek
        adres = self.book.column(gemeente, doel, "adres")[:size]
        order = np.argsort(self.book.column(gemeente, OF_ADDRESS, "neutraal")[adres], kind="stable")
        chosen = np.flatnonzero(fits[order])
        return chosen + 1, order[chosen]

    def _fits(self, doel: int, gemeente: int, size: int, filters: Filters) -> NDArray[np.bool_]:
        def column(name: str) -> NDArray[Any]:
            return self.book.column(gemeente, doel, name)[:size]

        fits = np.ones(size, dtype=bool)
        if filters.woonplaats is not None:
            towns = [nr for g, nr, name, *_ in self.book.towns if g == gemeente and name == filters.woonplaats]
            fits &= np.isin(column("plaats"), towns)
        if filters.buitengebied is not None:
            fits &= column("ligging") == (Ligging.BUITEN if filters.buitengebied else Ligging.BINNEN)
        if filters.banden:
            fits &= np.isin(column("band"), [BANDS.index(band) for band in filters.banden])
        if filters.kenmerkgroepen:
            fits &= np.isin(column("groep"), [GROEPEN.index(group) for group in filters.kenmerkgroepen])
        if filters.gebied is not None:
            x, y = column("x"), column("y")
            fits &= (x != UNKNOWN) & (y != UNKNOWN)
            here = np.flatnonzero(fits)
            fits[here] = inside(filters.gebied, x[here] / 10, y[here] / 10)
        return fits

    def _left_out(self, identificaties: frozenset[str], doel: int) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for identificatie in identificaties:
            spot = self.book.spot(opaque.opaque_id(self.key, identificatie))
            place = None if spot is None else self.book.place(spot, doel)
            if spot is not None and place is not None and self.book.listed(spot.gemeente, doel, place):
                found.setdefault(spot.gemeente, []).append(place)
        return found
