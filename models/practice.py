"""What was done with addresses in practice: one row per address investigated for a target, the last time it was."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.columns import Doel
from features.landing import Sources
from models.labels import RANDOM, labels, month_end_before

COLUMNS = ("adres", "start", "features_as_of", "picked", "visited", "finished", "y")


def investigations(sources: Sources, doel: Doel, months: int) -> pd.DataFrame:
    """Investigations for `doel` begun in the `months` before `sources.as_of`, as known then; the columns of COLUMNS.

    adres: row of `adressen`; picked: chosen by somebody, not by lot; visited: somebody went to the door (where the file
    does not say, a finished investigation counts as visited); y: 0/1, NaN = no outcome, or one that says nothing.
    """
    found = sources.onderzoeken
    if found is None or found.empty:
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in COLUMNS}).astype({"adres": "int32"})
    since = pd.Timestamp(sources.as_of) - pd.DateOffset(months=months)
    wanted = (found["doel"].astype("str") == doel.value) & (found["bekend"] > since) & (found["adres"] >= 0)
    rows = found[wanted.to_numpy(dtype=bool)].sort_values(["bekend", "onderzoek_id"], kind="stable")
    rows = rows.drop_duplicates("adres", keep="last")
    said = labels(sources, doel)[["adres", "start", "y"]].drop_duplicates(["adres", "start"], keep="last")
    start = rows["bekend"].astype("datetime64[s]")
    asked = pd.DataFrame({"adres": rows["adres"].to_numpy(np.int32), "start": start.to_numpy()})
    finished, tried = rows["afgerond"].notna().to_numpy(), rows["bezoekpogingen"].to_numpy()
    return pd.DataFrame(
        {
            "adres": asked["adres"],
            "start": asked["start"],
            "features_as_of": month_end_before(asked["start"]),
            "picked": (rows["aanleiding"].astype("str") != RANDOM).to_numpy(dtype=bool),
            "visited": np.where(np.isnan(tried), finished, tried > 0),
            "finished": finished,
            "y": asked.merge(said, on=["adres", "start"], how="left")["y"].to_numpy(dtype=np.float64),
        }
    )
