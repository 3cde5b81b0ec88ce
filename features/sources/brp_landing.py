"""Persons and residence rows of one gemeente into the landing tables `personen` and `verblijf`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features import landing
from features.link import GEEN, ROUTES, Linker, Links

EARLIEST = pd.Timestamp("1850-01-01")  # nobody in the register was born before


def link_rows(rijen: pd.DataFrame, linker: Linker | None) -> Links:
    """The address of each row of category 08; without a BAG (linker None) none."""
    if linker is None:
        size = len(rijen)
        route = pd.Categorical.from_codes(np.full(size, GEEN, dtype="int8"), categories=list(ROUTES))
        return Links(np.full(size, -1, dtype="int32"), route)
    return linker.link(
        adresseerbaarobject=rijen["adresseerbaarobject"],
        nummeraanduiding=rijen["nummeraanduiding"],
        postcode=rijen["postcode"],
        huisnummer=rijen["huisnummer"],
        huisletter=rijen["huisletter"],
        toevoeging=rijen["toevoeging"],
    )


def land(personen: pd.DataFrame, rijen: pd.DataFrame, linker: Linker | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """PERSONEN and VERBLIJF of the persons given, who belong to this gemeente.

    personen, rijen: of `Chunk`s, all rows of these persons in the order in which they were read; rows of other
    persons are left out. A person belongs to every gemeente where one of its rows is linked or registered (08.09.10);
    all its rows land there, so that the spells are whole. Persons are sorted by pseudonym: no file order leaks.
    """
    personen = personen.sort_values("pseudoniem", kind="stable", ignore_index=True)
    persoon = pd.Index(personen["lijst"]).get_indexer(pd.Index(rijen["lijst"])).astype("int32")
    rows = np.flatnonzero(persoon >= 0)[::-1]  # newest first becomes oldest first
    rows = rows[np.argsort(persoon[rows], kind="stable")]
    rijen, persoon = rijen.iloc[rows].reset_index(drop=True), persoon[rows]
    links = link_rows(rijen, linker)
    first = np.flatnonzero(np.diff(persoon, prepend=-1))
    order = np.arange(len(persoon)) - np.repeat(first, np.diff(np.append(first, len(persoon))))
    verblijf = rijen.assign(
        persoon=persoon,
        volgorde=order.astype("int32"),
        adres=links.adres,
        route=links.route,
        adresseerbaarobject=rijen["adresseerbaarobject"].where(links.adres < 0, ""),
    )
    personen = personen.assign(opgeschort_van=_suspended_by(personen, persoon, rijen["bekend"]))
    return _declared(landing.PERSONEN, personen), _declared(landing.VERBLIJF, verblijf)


def _suspended_by(personen: pd.DataFrame, persoon: np.ndarray, bekend: pd.Series) -> pd.Series:
    """07.67.10, its latest day. Where it is unknown: not before the last row of the list was recorded."""
    last = pd.Series(bekend.to_numpy()).groupby(persoon).max().reindex(range(len(personen)))
    fallback = last.astype("datetime64[s]").fillna(EARLIEST)
    unknown = (personen["opgeschort"] != "") & personen["opgeschort_van"].isna()
    return personen["opgeschort_van"].where(~unknown, fallback)


def _declared(table: landing.LandingTable, frame: pd.DataFrame) -> pd.DataFrame:
    """The declared columns in their declared types; categories in alphabetical order."""
    return pd.DataFrame({name: _typed(frame[name], kind) for name, kind in table.columns.items()})


def _typed(values: pd.Series, kind: str) -> pd.Series:
    if kind == "category" and not isinstance(values.dtype, pd.CategoricalDtype):
        codes, unique = pd.factorize(values.astype("str"), sort=True)
        return pd.Series(pd.Categorical.from_codes(codes, categories=unique))
    return values.astype(kind)
