"""The feature table: one row per scored adresseerbaar object, one float64 column per declared feature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from features.columns import Doel


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What levering.toml says of one source: the ground on which, and the targets for which, it may be used."""

    source: str
    grondslag: str
    doelen: tuple[Doel, ...]
    bewaartermijn_maanden: int = 0


@dataclass(frozen=True, kw_only=True)
class FeatureTable:
    """Features of one gemeente at one as-of date.

    identificatie: str Series, length n (scored addresses only), in the order of `adressen`.
    adres: int32 Series, the row of each in the landing table `adressen`.
    frame: n x k float64, columns in the order of `register.FEATURES`; NaN = unknown or the source is absent.
    grants: the sources that were read; a feature may serve a target only where all its sources are granted for it.
    version: digest of the register (names, directions, groups) with which it was built.
    """

    gemeente: str
    as_of: date
    identificatie: pd.Series
    adres: pd.Series
    frame: pd.DataFrame
    grants: tuple[Grant, ...]
    version: str
