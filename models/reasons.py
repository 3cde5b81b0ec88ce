"""Reasons: each address's strongest contributions, in words. The numbers are those that were added up to the score.

The ten largest by absolute value and one row for the rest, so base + all `bijdrage` of an address = its score, to 1e-9.
Where a person has secrecy, what rests on persons goes into the rest: the sum stays right and nothing is said of them.

A million addresses have ten million reasons but far fewer different sentences: each is made once, and rows refer to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from features.columns import Feature
from models.reference import Reference
from models.scores import REST
from models.tables import Floats, TableModel
from models.wording import REST_SENTENCE, SHIELDED_SENTENCE, Wording, rounded

TOP = 10
CHUNK = 20_000  # addresses sorted at a time: their contributions fit in the processor's cache


@dataclass(frozen=True, eq=False)
class _Listed:
    """m reasons of n addresses: address by address, strongest first, the rest (term -1) last."""

    row: NDArray[np.int32]
    place: NDArray[np.int32]
    term: NDArray[np.int32]
    contribution: Floats


def reasons(
    model: TableModel,
    X: pd.DataFrame,
    contributions: Floats,
    *,
    identificatie: pd.Series,
    usual: Reference,
    features: Sequence[Feature],
    shielded: NDArray[np.bool_],
) -> pa.Table:
    """The `redenen` rows (models/scores.py) of n addresses. contributions: n x terms, of `model.contributions(X)`.

    usual: what is usual per address; shielded: n, True where a person with secrecy is registered.
    """
    return reasons_of(
        model.doel,
        tuple(term.features for term in model.terms),
        X,
        contributions,
        total=contributions.sum(axis=1),
        identificatie=identificatie,
        usual=usual,
        features=features,
        shielded=shielded,
    )


def reasons_of(
    doel: str,
    terms: tuple[tuple[str, ...], ...],
    X: pd.DataFrame,
    contributions: Floats,
    *,
    total: Floats,
    identificatie: pd.Series,
    usual: Reference,
    features: Sequence[Feature],
    shielded: NDArray[np.bool_],
    neutral: bool = False,
) -> pa.Table:
    """As `reasons`, for any account of a score; what the contributions leave of `total` (n) goes into the rest.

    neutral: sentences that only state the value and what is usual. Raises KeyError for a feature not in `features`.
    """
    known = {feature.name: feature for feature in features}
    wordings = tuple(Wording(tuple(known[name] for name in term), neutral=neutral) for term in terms)
    hidden = np.array([wording.persons for wording in wordings], dtype=bool)
    listed = _strongest(contributions, total, hidden, shielded)
    sentence, value, compared, sentences = _worded(terms, wordings, X, usual, listed, shielded)
    kenmerken = [" x ".join(term) for term in terms] + [REST]
    m = len(listed.row)
    idents = pa.array(identificatie, type=pa.large_string()).take(pa.array(listed.row))
    return pa.table(
        {
            "doel": _dictionary(np.zeros(m, dtype=np.int8), [doel]),
            "adresseerbaarobject_identificatie": idents,
            "volgorde": pa.array(listed.place),
            "kenmerk": _dictionary(np.where(listed.term < 0, len(terms), listed.term).astype(np.int16), kenmerken),
            "waarde": pa.array(value),
            "vergelijking": pa.array(compared),
            "bijdrage": pa.array(listed.contribution),
            "zin": _dictionary(sentence, sentences),
        }
    )


def _dictionary(codes: NDArray[Any], words: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words, type=pa.string()))


def _strongest(contributions: Floats, total: Floats, hidden: NDArray[np.bool_], shielded: NDArray[np.bool_]) -> _Listed:
    """The TOP largest by absolute value of each row (ties: the earlier term; zeros never), then the rest."""
    parts = []
    for start in range(0, len(contributions), CHUNK):
        rows = slice(start, start + CHUNK)
        parts.append(
            _strongest_of(np.ascontiguousarray(contributions[rows]), total[rows], hidden, shielded[rows], start)
        )
    if not parts:
        nothing = np.empty(0, dtype=np.int32)
        return _Listed(row=nothing, place=nothing, term=nothing, contribution=np.empty(0))
    return _Listed(
        row=np.concatenate([part.row for part in parts]),
        place=np.concatenate([part.place for part in parts]),
        term=np.concatenate([part.term for part in parts]),
        contribution=np.concatenate([part.contribution for part in parts]),
    )


def _strongest_of(
    block: Floats, total: Floats, hidden: NDArray[np.bool_], shielded: NDArray[np.bool_], start: int
) -> _Listed:
    size = np.abs(block)
    size[np.ix_(shielded, hidden)] = 0.0
    n, k = len(block), min(TOP, block.shape[1])
    border = np.partition(size, size.shape[1] - k, axis=1)[:, [size.shape[1] - k]] if k else np.zeros((n, 1))
    tied = size == border
    above = size > border
    room = k - above.sum(axis=1, keepdims=True)
    first = np.nonzero(above | (tied & (tied.cumsum(axis=1) <= room)))[1].reshape(n, k)  # ties: the earlier terms
    order = np.argsort(-np.take_along_axis(size, first, axis=1), axis=1, kind="stable")
    chosen = np.take_along_axis(first, order, axis=1)
    listed = np.take_along_axis(size, chosen, axis=1) > 0
    given = np.where(listed, np.take_along_axis(block, chosen, axis=1), 0.0)
    rest = total - given.sum(axis=1)
    keep = np.column_stack([listed, np.ones(n, dtype=bool)])
    place = keep.cumsum(axis=1, dtype=np.int32)
    rows = np.broadcast_to(np.arange(start, start + n, dtype=np.int32)[:, None], keep.shape)
    term = np.column_stack([chosen, np.full(n, -1)]).astype(np.int32)
    return _Listed(rows[keep], place[keep], term[keep], np.column_stack([given, rest])[keep])


def _worded(
    terms: tuple[tuple[str, ...], ...],
    wordings: tuple[Wording, ...],
    X: pd.DataFrame,
    usual: Reference,
    listed: _Listed,
    shielded: NDArray[np.bool_],
) -> tuple[NDArray[np.int32], Floats, Floats, list[str]]:
    """Per reason the code of its sentence, the value and what is usual; and the sentences."""
    m = len(listed.row)
    sentence, value, compared = np.zeros(m, dtype=np.int32), np.full(m, np.nan), np.full(m, np.nan)
    codes: dict[str, int] = {REST_SENTENCE: 0, SHIELDED_SENTENCE: 1}
    order = np.argsort(listed.term, kind="stable")
    ends = np.searchsorted(listed.term[order], np.arange(-1, len(terms) + 1))
    rest = order[: ends[1]]
    sentence[rest] = shielded[listed.row[rest]]
    for t, names in enumerate(terms):
        at = order[ends[t + 1] : ends[t + 2]]
        if not len(at):
            continue
        rows = listed.row[at]
        own = [X[name].to_numpy(dtype=np.float64)[rows] for name in names]
        peers = [usual.of(name)[rows] if len(names) == 1 else np.full(len(at), np.nan) for name in names]
        sentence[at] = _sentences(wordings[t], listed.contribution[at] > 0, own, peers, codes)
        value[at], compared[at] = own[0], usual.of(names[0])[rows]
    return sentence, value, compared, list(codes)


def _sentences(
    wording: Wording, speaks_for: NDArray[np.bool_], own: list[Floats], peers: list[Floats], codes: dict[str, int]
) -> NDArray[np.int32]:
    """The code of each row's sentence; each different sentence is made once and added to `codes`."""
    key = speaks_for.astype(np.int64)
    own = [rounded(column, feature.decimals) for column, feature in zip(own, wording.features, strict=True)]
    peers = [rounded(column, feature.decimals) for column, feature in zip(peers, wording.features, strict=True)]
    for column in [*own, *peers]:
        code, different = pd.factorize(column, use_na_sentinel=False)
        key = pd.factorize(key * len(different) + code)[0].astype(np.int64)
    # factorize numbers keys in order of first appearance: the first row of each is where the running maximum grows.
    first = np.flatnonzero(np.diff(np.maximum.accumulate(key), prepend=-1))
    made = np.empty(len(first), dtype=np.int32)
    for number, row in enumerate(first):
        values = tuple(float(column[row]) for column in own)
        text = wording.sentence(bool(speaks_for[row]), values, tuple(float(column[row]) for column in peers))
        made[number] = codes.setdefault(text, len(codes))
    return made[key]
