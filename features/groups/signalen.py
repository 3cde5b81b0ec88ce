"""Signals received about an address, per kind, over the 12 and 24 months before the as-of date."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.landing import Sources
from features.per_address import count
from features.stays import MONTH

KINDS = (
    "retourpost", "terugmelding", "overbewoning", "leegstand", "vow_adres", "veelverhuizers", "doorgangsadres",
    "briefadres", "overlast", "te_koop",
)  # fmt: skip
WINDOWS = (12, 24)  # months


def signalen(sources: Sources) -> pd.DataFrame:
    """n x k; without signals no columns (the table fills them with NaN)."""
    rows = sources.signalen
    if rows is None:
        return pd.DataFrame(index=range(sources.size))
    columns = {}
    adres, day = rows["adres"].to_numpy(), rows["bekend"].to_numpy()
    for months in WINDOWS:
        since = pd.Timestamp(sources.as_of) - pd.Timedelta(days=months * MONTH)
        recent = day > np.datetime64(since)
        for kind in KINDS:
            columns[f"{kind}_{months}"] = count(adres[recent & (rows["soort"] == kind).to_numpy()], sources.size)
    return pd.DataFrame(columns, index=range(sources.size))
