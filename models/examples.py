"""What a target is learned from: labelled rows, and light negatives: unlabelled rows as they occur in life.

Almost no address is what we look for, so an address nobody looked at is a negative with a small weight (learning from
positive and unlabelled rows: Elkan & Noto 2008, DOI 10.1145/1401890.1401920). They tell the model what the quiet town
looks like, which the investigated addresses, picked for being odd, cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.errors import Refusal
from features.table import FeatureTable
from models.blocks import UNPLACED
from models.tables import Codes, Floats

LIGHT = 6_000  # unlabelled rows per target, over all month-ends together


@dataclass(frozen=True, kw_only=True, eq=False)
class Examples:
    """m rows. X: features; y: 0/1; labelled: False for a light negative; address: equal for rows of one address.

    start, afgerond: of the investigation (of a light negative: the day of its features); steekproef: drawn at random;
    selectiekans: with what chance it was drawn (NaN = unknown, and for a light negative); behandelaar: who handled it
    (empty = unknown); block: where on the map (see blocks.of_addresses; -1 = unknown); weight: how much a label counts,
    where a correction says so (see handlers.label_weights); None = all in full.
    """

    X: pd.DataFrame
    y: Floats
    labelled: NDArray[np.bool_]
    address: Codes
    start: NDArray[np.datetime64]
    afgerond: NDArray[np.datetime64]
    steekproef: NDArray[np.bool_]
    selectiekans: Floats
    behandelaar: NDArray[np.str_]
    block: Codes
    register: str
    weight: Floats | None = None

    def __len__(self) -> int:
        return len(self.y)

    def take(self, rows: NDArray[np.bool_]) -> Examples:
        """The rows where the mask is True."""
        weight = None if self.weight is None else self.weight[rows]
        return replace(self, X=self.X[rows], weight=weight, **{name: getattr(self, name)[rows] for name in _arrays()})


def examples(
    table: FeatureTable, found: pd.DataFrame, *, light: int, seed: int, blocks: Codes | None = None
) -> Examples:
    """The examples whose features are those of `table`: its labels (see labels.labels) and its light negatives.

    found: all labels of the gemeente and target, of every month-end. light: unlabelled rows for the whole of `found`;
    this table's part is its share of the labels. No address that ever had a label is among them. blocks: per row of
    the landing's `adressen`; None = unknown.
    """
    here = found[found["features_as_of"] == pd.Timestamp(table.as_of)]
    adres = table.adres.to_numpy()
    row_of = np.full(max(adres.max(initial=-1), found["adres"].max() if len(found) else -1) + 1, -1, dtype=np.int64)
    row_of[adres] = np.arange(len(adres))
    rows = row_of[here["adres"].to_numpy()]
    here, rows = here[rows >= 0], rows[rows >= 0]
    never = np.ones(len(adres), dtype=bool)
    ever = row_of[found["adres"].to_numpy()]
    never[ever[ever >= 0]] = False
    wanted = min(round(light * len(here) / max(len(found), 1)), int(never.sum()))
    rng = np.random.default_rng([seed, table.as_of.toordinal(), int(table.gemeente)])
    quiet = np.sort(rng.choice(np.flatnonzero(never), wanted, replace=False)) if wanted else np.empty(0, dtype=np.int64)
    both, nothing = np.concatenate([rows, quiet]), np.zeros(len(quiet))
    day = np.full(len(quiet), np.datetime64(table.as_of, "s"))
    return Examples(
        X=table.frame.iloc[both].reset_index(drop=True),
        y=np.concatenate([here["y"].to_numpy(), nothing]),
        labelled=np.concatenate([np.ones(len(rows), dtype=bool), nothing > 0]),
        address=int(table.gemeente) * 10_000_000 + adres[both].astype(np.int64),
        start=np.concatenate([here["start"].to_numpy().astype("datetime64[s]"), day]),
        afgerond=np.concatenate([here["afgerond"].to_numpy().astype("datetime64[s]"), day]),
        steekproef=np.concatenate([here["steekproef"].to_numpy(dtype=bool), nothing > 0]),
        selectiekans=np.concatenate([here["selectiekans"].to_numpy(dtype=np.float64), nothing + np.nan]),
        behandelaar=np.concatenate([here["behandelaar"].to_numpy(dtype="U"), np.full(len(quiet), "", dtype="U1")]),
        block=np.full(len(both), UNPLACED) if blocks is None else blocks[adres[both]],
        register=table.version,
    )


def combined(parts: Sequence[Examples]) -> Examples:
    """The examples of several month-ends or gemeenten; refuses tables of different versions of the register."""
    versions = sorted({part.register for part in parts})
    if len(versions) != 1:
        raise Refusal(
            "training",
            found=f"features of {len(versions)} versions of the register ({', '.join(versions)})",
            expected="features of one version",
            do="build all features again",
        )
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _arrays()}
    return Examples(X=pd.concat([part.X for part in parts], ignore_index=True), register=versions[0], **joined)


def _arrays() -> tuple[str, ...]:
    """The names of all that has one entry per row, X and weight apart."""
    return tuple(field.name for field in fields(Examples) if field.name not in ("X", "register", "weight"))
