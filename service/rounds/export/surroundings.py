"""What lies round a stop: house numbers of the neighbours, out of the publication. No outlines: it has none.

Numbers and places of the BAG, which is open data; nothing of who lives there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from service.intake.layout import DOELEN, UNKNOWN
from service.publication import Publication
from service.rounds.export.naming import house_number
from service.rounds.records import Ronde, Stop

WIDEST = 400.0  # metres to each side of the middle of a stop
MOST = 150  # neighbours in one picture, the nearest


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """x, y: RD, metres. number: of the house, "" when unknown."""

    x: float
    y: float
    number: str


@dataclass(frozen=True, kw_only=True)
class Around:
    """near: stop id -> neighbours, nearest first. places: woonplaatsen of the gemeente, `number` is their name."""

    near: Mapping[str, Sequence[Neighbour]] = field(default_factory=dict)
    places: Sequence[Neighbour] = ()


def around(publication: Publication, ronde: Ronde) -> Around:
    """Per stop the neighbours within WIDEST, without the stop's own addresses."""
    book = publication.book
    nr = book.numbers.get(ronde.gemeente)
    if nr is None:
        return Around()
    parts = [[book.column(nr, doel, name) for name in ("adres", "x", "y")] for doel in range(len(DOELEN))]
    number, x, y = (np.concatenate(columns).astype(np.int64) for columns in zip(*parts, strict=True))
    _, first = np.unique(number, return_index=True)
    keep = first[(x[first] != UNKNOWN) & (y[first] != UNKNOWN)]
    lines = book.text(nr).split("\n")[1:]  # a break stands before every line
    return Around(
        near={stop.id: _near(stop, number[keep], x[keep] / 10, y[keep] / 10, lines) for stop in ronde.stops},
        places=[
            Neighbour(x=place.x, y=place.y, number=place.woonplaats)
            for place in publication.plaatsen
            if place.gemeente == ronde.gemeente and place.x is not None and place.y is not None
        ],
    )


def _near(
    stop: Stop,
    number: np.ndarray[tuple[int], np.dtype[np.int64]],
    x: np.ndarray[tuple[int], np.dtype[np.float64]],
    y: np.ndarray[tuple[int], np.dtype[np.float64]],
    lines: Sequence[str],
) -> tuple[Neighbour, ...]:
    within = np.flatnonzero((np.abs(x - stop.x) <= WIDEST) & (np.abs(y - stop.y) <= WIDEST))
    nearest = within[np.argsort(np.hypot(x[within] - stop.x, y[within] - stop.y), kind="stable")]
    own = {address.adres.upper() for address in stop.adressen}
    found = []
    for i in nearest[: MOST + len(own)]:
        _, _, address = lines[number[i]].partition("|")
        if address not in own:
            found.append(Neighbour(x=float(x[i]), y=float(y[i]), number=house_number(address).lower()))
    return tuple(found[:MOST])
