"""Every address of one gemeente in its ranking for one target, as columns: what a draw chooses from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.columns import Doel
from models.scores import BANDS
from service.intake.layout import OF_ADDRESS
from service.publication import Publication
from service.reading.book import number_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """n addresses, sorted by rang. kans: NaN in a cold start. While the model is stopped: in neutral order, band "",
    kans NaN.
    """

    identificaties: NDArray[np.str_]
    rang: NDArray[np.int32]
    band: NDArray[np.str_]
    kans: NDArray[np.float64]


def candidates(publication: Publication, doel: Doel, gemeente: str) -> Candidates:
    """Those of `gemeente` for `doel`."""
    book, number = publication.book, number_of(doel)
    place = book.numbers.get(gemeente, -1)
    size = book.ranked.get((place, number), 0)
    if not size:
        return Candidates(
            identificaties=np.array([], dtype=np.str_),
            rang=np.array([], dtype=np.int32),
            band=np.array([], dtype=np.str_),
            kans=np.array([], dtype=np.float64),
        )
    adres = book.column(place, number, "adres")[:size]
    ids = book.column(place, OF_ADDRESS, "identificatie")[adres]
    band = np.array([*BANDS, ""])[np.minimum(book.column(place, number, "band")[:size], len(BANDS))]
    kans = book.column(place, number, "kans")[:size].copy()
    if publication.gestopt:
        ids = ids[np.argsort(book.column(place, OF_ADDRESS, "neutraal")[adres], kind="stable")]
        band, kans = np.full(size, ""), np.full(size, np.nan)
    return Candidates(
        identificaties=np.char.zfill(ids.astype(np.str_), 16),
        rang=np.arange(1, size + 1, dtype=np.int32),
        band=band,
        kans=kans,
    )
