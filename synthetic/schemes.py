"""The hidden truth: which addresses carry a scheme, and the two labels per address and month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthetic.world import Lives, Lookalike, Mask, Schemes, Town, Use

SOORTEN = (
    "geen",
    "opslag",
    "hennep",
    "logies",
    "dekadres",
    "recreatiewonen",
    "tussenpersonen",
    "achtergebleven",
    "kind_vertrokken",
    "papieren_adres",
    "schijngroep",
    "doorgangsadres",
    "overbewoning_papier",
    "onderhuur_achter_stroman",
    "bijwoner",
    "te_laat",
)
LAWFUL_USE = (Use.NONE, Use.OFFICE, Use.HOLIDAY, Use.WORKS)
LAWFUL_UNREGISTERED = Lookalike.MIGRANT_TRANSIT | Lookalike.DIPLOMAT | Lookalike.BAG_BRP_MISMATCH | Lookalike.SHORT_LET
LAWFUL_ABSENT = Lookalike.BAG_BRP_MISMATCH


COLUMNS = {
    "scheme": "int64",
    "soort": "str",
    "address": "int64",
    "van": "int64",
    "tot": "int64",
    "intensiteit": "float64",
    "personen": "int64",
    "netwerk": "int64",
    "bemeterd": "bool",
}


def nothing() -> pd.DataFrame:
    """An empty table of schemes."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMNS.items()})


def persists(mask: Mask) -> Mask:
    """True in months in which `mask` holds and held the two before: a delay of some weeks is no scheme."""
    before = np.concatenate([mask[:, :1], mask[:, :-1]], axis=1)
    earlier = np.concatenate([mask[:, :1], before[:, :-1]], axis=1)
    return mask & before & earlier


def labels(lives: Lives) -> tuple[Mask, Mask, Mask]:
    """(spook, schijn, exact), bool n x M, from who lives there, who is registered, and what is done there.

    spook: in use, and of those registered nobody is there. schijn: somebody registered does not live there, or
    somebody lives there beside those registered. Lawful circumstances and delays under about two months are neither.
    """
    reg, here = lives.registered, lives.registered_present
    others = np.maximum(lives.occupants - here, 0)
    unlawful = ~np.isin(lives.use, LAWFUL_USE)
    unregistered = (others > 0) & ((lives.lookalike & int(LAWFUL_UNREGISTERED)) == 0)
    spook = persists((unlawful | unregistered) & (here == 0))
    excused = (lives.lookalike & int(LAWFUL_ABSENT)) > 0
    schijn = persists((reg > 0) & ((reg > here) | unregistered) & ~excused)
    return spook, schijn, (reg == here) & (others == 0) & ~unlawful


def truth(lives: Lives, town: Town, table: pd.DataFrame, soort: np.ndarray) -> Schemes:
    """The finished `Schemes`; labels only where people may live."""
    scored = town.adressen["gescoord"].to_numpy()[:, None]
    spook, schijn, exact = labels(lives)
    spook, schijn = spook & scored, schijn & scored
    late = (spook | schijn) & (soort == 0)
    soort = np.where(late, SOORTEN.index("te_laat"), np.where(spook | schijn, soort, 0)).astype(np.int8)
    return Schemes(table=table, spook=spook, schijn=schijn, soort=soort, exact=exact)
