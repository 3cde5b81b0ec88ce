"""From a row of any register to an address of the BAG, and how it was found.

The routes, in this order, each only for rows that the one before did not link:
`id` (adresseerbaar object) -> `nummeraanduiding` -> `adres_exact` -> `adres_hersteld`; else `meerduidig` or `geen`.

Exact: postcode (no space), house number, letter and addition are equal after upper-casing. Repaired: letter and
addition are joined, everything but letters and digits is dropped, and so are leading zeros: `12A`, `12 a`, `12-a`,
`12` + `A` and `012` + `-a` are one, and so are `12 bis` and `12-BIS`, `12-1` and `12` + `01`. Numbers and words are
not translated: `12 II` is not `12-2`, `12 H` not `12 hs`. What fits more than one address is ambiguous, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from features.address import identificaties

ROUTES = ("id", "nummeraanduiding", "adres_exact", "adres_hersteld", "meerduidig", "geen")
ID, NUMMERAANDUIDING, EXACT, HERSTELD, MEERDUIDIG, GEEN = range(6)
NONE, MANY = -1, -2


@dataclass(frozen=True)
class Links:
    """Per row: the position in `adressen` (int32, -1 = unlinked) and the route (categorical, see ROUTES)."""

    adres: np.ndarray
    route: pd.Categorical

    def counts(self) -> dict[str, int]:
        """Rows per route, for the coverage in the report."""
        return dict(zip(ROUTES, np.bincount(self.route.codes, minlength=len(ROUTES)).tolist(), strict=True))


class Linker:
    """Links rows to the addresses of `adressen` (landing table ADRESSEN plus the column `nummeraanduiding`)."""

    def __init__(self, adressen: pd.DataFrame) -> None:
        self._objects = _positions(identificaties(_text(adressen["identificatie"])))
        self._numbers = _positions(identificaties(_text(adressen["nummeraanduiding"])))
        spelled = _Spelling.of(
            *(_text(adressen[name]) for name in ("postcode", "huisnummer", "huisletter", "toevoeging"))
        )
        self._exact = _positions(spelled.exact())
        self._repaired = _positions(spelled.repaired())

    def link(
        self,
        *,
        adresseerbaarobject: pd.Series | None = None,
        nummeraanduiding: pd.Series | None = None,
        postcode: pd.Series | None = None,
        huisnummer: pd.Series | None = None,
        huisletter: pd.Series | None = None,
        toevoeging: pd.Series | None = None,
    ) -> Links:
        """The address of each row. Every argument is a str Series of the same length n, or None.

        An identification that is filled but not among the addresses falls through to the next route. `huisnummer` may
        hold letter and addition too (`12 bis`). Raises ValueError when nothing at all is given.
        """
        given = [s for s in (adresseerbaarobject, nummeraanduiding, postcode, huisnummer) if s is not None]
        if not given:
            raise ValueError("Expected at least one of adresseerbaarobject, nummeraanduiding, postcode and huisnummer.")
        adres = np.full(len(given[0]), NONE, dtype="int32")
        route = np.full(len(given[0]), GEEN, dtype="int8")
        for ids, index, name in (
            (adresseerbaarobject, self._objects, ID),
            (nummeraanduiding, self._numbers, NUMMERAANDUIDING),
        ):
            if ids is not None:
                open_rows = np.flatnonzero(route == GEEN)
                found = _find(index, identificaties(ids.iloc[open_rows]))
                _settle(adres, route, open_rows, np.maximum(found, NONE), name)
        if postcode is not None and huisnummer is not None:
            self._by_address(adres, route, (postcode, huisnummer, huisletter, toevoeging))
        return Links(adres, pd.Categorical.from_codes(route, categories=list(ROUTES)))

    def _by_address(self, adres: np.ndarray, route: np.ndarray, parts: tuple[pd.Series | None, ...]) -> None:
        """Fill in what the text of the address tells of the rows that are still open. Each spelling is read once."""
        open_rows = np.flatnonzero(route == GEEN)
        if not len(open_rows):
            return
        texts = [None if part is None else part.iloc[open_rows].fillna("") for part in parts]
        codes, spelled = _Spelling.unique(texts)
        found = _find(self._exact, spelled.exact())
        how = np.where(found != NONE, EXACT, HERSTELD)
        left = np.flatnonzero(found == NONE)
        found[left] = _find(self._repaired, spelled.take(left).repaired())
        _settle(adres, route, open_rows, found[codes], how[codes])


@dataclass(frozen=True)
class _Spelling:
    """Addresses as text, one per row, taken apart: postcode, number as digits, letter and addition."""

    postcode: pd.Series
    number: pd.Series
    letter: pd.Series
    addition: pd.Series

    @classmethod
    def of(cls, postcode: pd.Series, number: pd.Series, letter: pd.Series, addition: pd.Series) -> _Spelling:
        """Upper case, postcode without spaces, and whatever follows the digits of the number put before the letter."""
        parts = number.str.strip().str.upper().str.extract(r"^0*(\d*)(.*)$")
        digits, rest = parts[0].fillna(""), parts[1].fillna("").str.strip()
        letter, addition = letter.str.strip().str.upper(), addition.str.strip().str.upper()
        alone = (letter == "") & (addition == "") & ~rest.str.fullmatch("[A-Z]").astype(bool)  # `12 BIS` in one field
        return cls(
            postcode=postcode.str.upper().str.replace(" ", "", regex=False),
            number=digits,
            letter=(rest + letter).where(~alone, ""),
            addition=addition.where(~alone, rest),
        )

    @classmethod
    def unique(cls, texts: list[pd.Series | None]) -> tuple[np.ndarray, _Spelling]:
        """The different addresses among rows, and per row which of them it is."""
        joined = cast(pd.Series, texts[0]).str.cat([t for t in texts[1:] if t is not None], sep="\x1f")
        codes, unique = pd.factorize(joined)
        pieces = pd.Series(unique, dtype="str").str.split("\x1f", expand=True)
        empty = pd.Series("", index=range(len(unique)), dtype="str")
        columns, at = [], 0
        for text in texts:
            columns.append(empty if text is None else pieces[at])
            at += text is not None
        return codes, cls.of(*columns)

    def take(self, rows: np.ndarray) -> _Spelling:
        """Some of the addresses."""
        parts = (self.postcode, self.number, self.letter, self.addition)
        return _Spelling(*(part.iloc[rows] for part in parts))

    def exact(self) -> pd.Series:
        """One text per address; empty where postcode or number is missing."""
        return self._keyed(self.letter + "|" + self.addition)

    def repaired(self) -> pd.Series:
        """The same with letter and addition joined, only letters and digits, without leading zeros."""
        joined = (self.letter + self.addition).str.replace(r"[^0-9A-Z]", "", regex=True)
        return self._keyed(joined.str.replace(r"^0+(?=.)", "", regex=True))

    def _keyed(self, tail: pd.Series) -> pd.Series:
        complete = (self.postcode != "") & (self.number != "")
        return (self.postcode + "|" + self.number + "|" + tail).where(complete, "")


def _text(column: pd.Series) -> pd.Series:
    return column.astype("str").fillna("")


def _positions(keys: pd.Series) -> pd.Series:
    """key -> position in `adressen`, MANY where several addresses share it; empty keys out."""
    found = pd.Series(np.arange(len(keys), dtype="int32"), index=pd.Index(keys.to_numpy(), dtype="str"))
    found = found[found.index != ""]
    shared = found.index.duplicated(keep=False)
    return found.where(~shared, MANY)[~found.index.duplicated()].astype("int32")


def _find(index: pd.Series, keys: pd.Series) -> np.ndarray:
    """The position of each key: NONE where absent, MANY where several addresses share it."""
    at = index.index.get_indexer(pd.Index(keys.to_numpy(), dtype="str"))
    values = np.append(index.to_numpy(), np.int32(NONE))
    return values[at]


def _settle(adres: np.ndarray, route: np.ndarray, rows: np.ndarray, found: np.ndarray, how: int | np.ndarray) -> None:
    """Write down, for `rows`, what was found and by which route; leave open what was not."""
    route[rows] = np.select([found >= 0, found == MANY], [how, MEERDUIDIG], GEEN)
    adres[rows] = np.maximum(found, NONE)
