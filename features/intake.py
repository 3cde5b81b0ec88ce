"""How rows of one table become rows of the landing: the part that each source says for itself.

`ingest.py` does what is the same for all: read, judge, link, set apart per gemeente, drop duplicates, write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
import pandas as pd

from features.columns import SourceTable
from features.landing import LandingTable

Checks = list[tuple[str, str, "np.ndarray"]]  # reason, column, rows at fault


class LinkBy(Enum):
    """What a row has to find its address."""

    OBJECT = auto()  # adresseerbaarobject_identificatie
    ADDRESS = auto()  # postcode, huisnummer, huisletter, toevoeging as another register typed them
    EAN = auto()  # through the connections of 3a


def nothing_to_check(_: pd.DataFrame) -> Checks:
    """No rule beyond the columns' own."""
    return []


def as_is(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows unchanged."""
    return frame


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One table's way into the landing.

    link: how a row finds its address.
    checks: rules over several columns; rows at fault are rejected with that reason.
    slim: typed rows -> the columns kept until the gemeente is complete (`adres` is added by the ingest).
    land: rows of one gemeente, `adres` being rows of its `adressen` -> columns of `target`, in any order.
    by_address: `land` does each address by itself and gives its rows in the order of addresses: a large table can then
    be done in blocks of addresses.
    """

    table: SourceTable
    target: LandingTable
    link: LinkBy = LinkBy.OBJECT
    checks: Callable[[pd.DataFrame], Checks] = nothing_to_check
    slim: Callable[[pd.DataFrame], pd.DataFrame] = as_is
    land: Callable[[pd.DataFrame], pd.DataFrame] = as_is
    by_address: bool = False


def conform(target: LandingTable, frame: pd.DataFrame, *, ordered: bool = False) -> pd.DataFrame:
    """The declared columns of a landing table in their declared types; sorted, so that no order of rows leaks in."""
    columns = {name: to_type(frame[name], kind) for name, kind in target.columns.items()}
    landed = pd.DataFrame(columns)
    return landed if ordered else landed.sort_values(list(columns), kind="stable", ignore_index=True)


def to_type(values: pd.Series, kind: str) -> pd.Series:
    """One column in its landing type; categories hold the values that occur, in alphabetical order."""
    values = values.reset_index(drop=True)
    if kind != "category":
        return values.astype(kind)
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.cat.remove_unused_categories()
        return values.cat.reorder_categories(values.cat.categories.astype("str").sort_values())
    return values.astype("str").astype("category")


def codes(values: pd.Series) -> np.ndarray:
    """Integers for texts, 0 for the first in alphabetical order; int32."""
    return pd.factorize(values, sort=True)[0].astype("int32")
