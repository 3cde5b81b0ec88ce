"""Outcomes followed back to what the publication in use said when the investigation began."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from features.columns import Doel
from features.landing import Landing, Sources
from models.labels import labels
from models.since import Outcomes
from pipelines.served import Served

COLUMNS = ["adresseerbaarobject_identificatie", "doel", "kans", "band"]
NOTHING = pd.DataFrame({"id": [], "y": [], "start": [], "afgerond": [], "aanleiding": []})


def outcomes(landings: Sequence[Landing], served: Sequence[Served], doel: Doel, as_of: date, since: date) -> Outcomes:
    """Of investigations begun after `since` and after the first publication, and finished by `as_of`.

    Raises Refusal when a publication's scores cannot be read.
    """
    found = pd.concat([_finished(landing.at(as_of), doel) for landing in landings] or [NOTHING], ignore_index=True)
    start = pd.to_datetime(found["start"])
    days = np.array([one.as_of for one in served], dtype="datetime64[D]")
    place = np.searchsorted(days, start.to_numpy().astype("datetime64[D]"), side="left") - 1
    parts = []
    for number, one in enumerate(served):
        rows = found[(place == number) & (start > pd.Timestamp(since)).to_numpy()]
        if len(rows):
            parts.append(rows.merge(_said(one, doel, rows["id"]), on="id"))
    joined = pd.concat(parts, ignore_index=True) if parts else NOTHING.assign(kans=[], band=[])
    return Outcomes(
        y=joined["y"].to_numpy(dtype=np.float64),
        kans=joined["kans"].to_numpy(dtype=np.float64),
        band=joined["band"].astype(object).to_numpy(),
        aanleiding=joined["aanleiding"].astype(object).to_numpy(),
        start=joined["start"].to_numpy().astype("datetime64[s]"),
        finished=joined["afgerond"].to_numpy().astype("datetime64[s]"),
    )


def _finished(sources: Sources, doel: Doel) -> pd.DataFrame:
    """id, y, start, afgerond and aanleiding of every finished investigation for this target that speaks for it."""
    known = labels(sources, doel)
    asked = sources.onderzoeken
    if asked is None or known.empty:
        return NOTHING
    why = asked[asked["doel"].astype("str") == doel.value][["adres", "bekend", "aanleiding"]]
    why = why.drop_duplicates(["adres", "bekend"]).rename(columns={"bekend": "start"})
    joined = known.merge(why.assign(start=why["start"].astype("datetime64[s]")), on=["adres", "start"])
    idents = sources.adressen["identificatie"].to_numpy()
    return joined.assign(id=idents[joined["adres"].to_numpy()], aanleiding=joined["aanleiding"].astype("str"))[
        list(NOTHING.columns)
    ]


def _said(one: Served, doel: Doel, ids: pd.Series) -> pd.DataFrame:
    """id, kans and band of these addresses, as that publication put it."""
    table = pd.read_parquet(
        one.folder / "scores.parquet",
        columns=COLUMNS,
        filters=[("adresseerbaarobject_identificatie", "in", sorted(set(ids))), ("doel", "==", doel.value)],
    )
    return table.rename(columns={COLUMNS[0]: "id"}).assign(band=table["band"].astype("str"))[["id", "kans", "band"]]
