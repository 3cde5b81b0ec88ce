"""Identifications of the BAG: sixteen digits, of which two say what kind of object it is."""

from __future__ import annotations

import pandas as pd


def identificaties(ids: pd.Series) -> pd.Series:
    """`ids` as sixteen digits, empty where there is no such identification (BAG catalogue 2018, §7.1.1).

    Spaces go, and one zero that a spreadsheet took from the front comes back (fifteen digits, none of them a leading
    zero): municipality codes below 1000 begin with it.
    """
    clean = ids.fillna("").str.strip()
    lost = clean.str.fullmatch(r"[1-9]\d{14}").astype(bool)
    clean = clean.where(~lost, "0" + clean)
    return clean.where(clean.str.fullmatch(r"\d{16}").astype(bool), "")
