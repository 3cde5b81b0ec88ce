"""The addresses of all gemeenten of a delivery, in one row: what the rows of the other registers are linked to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.errors import Refusal
from features.intake import LinkBy
from features.link import Linker, Links

UNKNOWN = "onbekend"


@dataclass(frozen=True)
class AddressBook:
    """gemeenten: codes, sorted. offsets: k + 1 ints, addresses of gemeente i stand at offsets[i]:offsets[i + 1].

    linker None: there is no BAG, so that nothing can be linked (only `check` goes on then).
    """

    gemeenten: tuple[str, ...]
    offsets: np.ndarray
    linker: Linker | None

    @staticmethod
    def empty() -> AddressBook:
        """Of a delivery without BAG."""
        return AddressBook((UNKNOWN,), np.array([0, 0]), None)

    def gemeente(self, adres: np.ndarray) -> np.ndarray:
        """The number of the gemeente in which each address (a position in the whole book, >= 0) lies."""
        return np.searchsorted(self.offsets, adres, side="right") - 1

    def link(self, by: LinkBy, frame: pd.DataFrame) -> Links:
        """The position in the book of each row; raises Refusal without a BAG."""
        if self.linker is None:
            raise Refusal("bag", found="no file", expected="bag/bag-light.gpkg", do="deliver the BAG to link to")
        if by is LinkBy.OBJECT:
            return self.linker.link(adresseerbaarobject=frame["adresseerbaarobject_identificatie"])
        return self.linker.link(
            postcode=frame["postcode"],
            huisnummer=frame["huisnummer"].astype("int64").astype("str"),
            huisletter=frame["huisletter"],
            toevoeging=frame["toevoeging"],
        )


@dataclass(frozen=True)
class Connections:
    """Where each EAN of 3a lies: `ean` sorted int64, `adres` positions in the book."""

    ean: pd.Index
    adres: np.ndarray

    @staticmethod
    def of(ean: np.ndarray, adres: np.ndarray, day: np.ndarray) -> Connections:
        """From the rows of 3a; an EAN that is met at several addresses is at that of its latest reference day."""
        order = np.lexsort((adres, day, ean))
        ean, adres = ean[order], adres[order]
        last = np.append(ean[1:] != ean[:-1], True)[: len(ean)]
        return Connections(pd.Index(ean[last]), adres[last])

    def find(self, ean: pd.Series) -> np.ndarray:
        """The position in the book of each EAN, -1 = not in 3a."""
        at = self.ean.get_indexer(pd.Index(ean))
        return np.append(self.adres, -1)[at]
