"""Every address of one gemeente in its ranking for one target, as columns: what a draw chooses from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.columns import Doel
from service.publication import Publication


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """n addresses, sorted by rang. kans: NaN in a cold start. band: "" while the model is stopped."""

    identificaties: NDArray[np.str_]
    rang: NDArray[np.int32]
    band: NDArray[np.str_]
    kans: NDArray[np.float64]


def candidates(publication: Publication, doel: Doel, gemeente: str) -> Candidates:
    """Those of `gemeente` for `doel`."""
    rows = publication.rows(
        "select adresseerbaarobject_identificatie, rang, band, kans from scores "
        "where doel = ? and gemeente = ? order by rang",
        [doel.value, gemeente],
    )
    return Candidates(
        identificaties=np.array([row[0] for row in rows], dtype=np.str_),
        rang=np.array([row[1] for row in rows], dtype=np.int32),
        band=np.array([row[2] or "" for row in rows], dtype=np.str_),
        kans=np.array([np.nan if row[3] is None else row[3] for row in rows], dtype=np.float64),
    )
