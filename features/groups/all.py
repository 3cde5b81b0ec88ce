"""The groups in the order of the register; what is declared as samenloop is computed by energie and vastgoed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from features.groups.bewoning import bewoning
from features.groups.energie import energie
from features.groups.gebouw import gebouw
from features.groups.omgeving import omgeving
from features.groups.signalen import signalen
from features.groups.vastgoed import vastgoed
from features.groups.verloop import verloop
from features.landing import Sources

GROUPS: tuple[Callable[[Sources], pd.DataFrame], ...] = (
    bewoning, verloop, energie, vastgoed, gebouw, omgeving, signalen,
)  # fmt: skip
