"""The scored addresses of a delivery as codes, and which of them the publication in use puts ahead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from features.columns import Doel
from features.errors import Refusal
from models.fairness_held_out import AHEAD_BANDS
from models.tables import Codes
from pipelines.audit import PER_GEMEENTE
from pipelines.landings import Landed
from pipelines.store import MANIFEST, current


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """The scored addresses, and a publication as the audit sees it. address: n codes (see audit.PER_GEMEENTE).

    ahead: per target, whether in bands A-C (n); None = there is no publication to look at.
    """

    as_of: date
    address: Codes
    identificatie: pd.Series
    ahead: Mapping[Doel, np.ndarray | None]


def published(landed: Landed, publicaties: Path) -> Ranking:
    """The ranking in use, on the addresses of this delivery; raises Refusal where it is of another one."""
    folder = current(publicaties)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    as_of = landed.day(date.fromisoformat(manifest["peildatum"]))
    scores = pd.read_parquet(folder / "scores.parquet", columns=["doel", "adresseerbaarobject_identificatie", "band"])
    known = _known(landed, as_of)
    wide = scores.assign(ahead=scores["band"].isin(AHEAD_BANDS)).pivot(
        index="adresseerbaarobject_identificatie", columns="doel", values="ahead"
    )
    address = known.reindex(wide.index)
    if address.isna().any():
        raise Refusal(
            str(folder),
            found=f"{int(address.isna().sum()):,} ranked addresses that are not in this delivery",
            expected="a publication that was made of it",
            do="score this delivery first: schijnwerper score LEVERING --out PUBLICATIES",
        )
    return Ranking(
        as_of=as_of,
        address=address.to_numpy(dtype=np.int64),
        identificatie=wide.index.to_series().reset_index(drop=True),
        ahead={doel: wide[doel.value].to_numpy(dtype=bool) for doel in Doel if doel.value in wide},
    )


def scored(landed: Landed) -> Ranking:
    """Every address that would be scored, ranked by nobody, for the targets that any source is granted for."""
    as_of = landed.day(None)
    known = _known(landed, as_of)
    granted = {doel for grant in landed.report.grants for doel in grant.doelen}
    return Ranking(
        as_of=as_of,
        address=known.to_numpy(),
        identificatie=known.index.to_series().reset_index(drop=True),
        ahead={doel: None for doel in Doel if doel in granted},
    )


def _known(landed: Landed, as_of: date) -> pd.Series:
    """The code of each scored address, by its identificatie."""
    parts = []
    for landing in landed.landings:
        adressen = landing.at(as_of).adressen
        rows = np.flatnonzero(adressen["gescoord"].to_numpy(dtype=bool))
        codes = int(landing.gemeente) * PER_GEMEENTE + rows.astype(np.int64)
        parts.append(pd.Series(codes, index=adressen["identificatie"].to_numpy()[rows]))
    return pd.concat(parts)
