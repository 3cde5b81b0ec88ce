"""The groups by which fairness is audited, per address: made for the audit alone, no model ever reads them.

Household kind and the age of the oldest resident come from the years of birth in the register; the others describe the
dwelling and its place. They stand in for what a gemeente may not know (origin, income): see the hand-over to CBS.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.groups.eigendom import owners
from features.groups.gebouw_declared import TYPEN
from features.landing import Sources
from features.peers import kinds
from features.per_address import count, lowest
from features.stays import Stays, stays
from models.group_names import AGE, DWELLING, HOUSEHOLD, PLACE, RURAL, TENURE
from models.tables import Floats

NOBODY = "niemand ingeschreven"  # no group of people: never compared with the others
UNKNOWN = "onbekend"
AGES = (30, 45, 67, 80)  # years, lower edges of the next band
AGE_BANDS = ("tot 30", "30 tot 45", "45 tot 67", "67 tot 80", "80 en ouder")

Texts = NDArray[np.object_]


def audit_groups(sources: Sources) -> pd.DataFrame:
    """n x 6, one column per grouping, text, rows as `sources.adressen`; UNKNOWN where a source is absent."""
    known = stays(sources)
    columns = {
        HOUSEHOLD: _household(known, sources.size),
        AGE: _age(known, sources),
        DWELLING: np.array([name for _, name in TYPEN], dtype=object)[kinds(sources)],
        TENURE: _tenure(sources),
        PLACE: _place(sources.adressen),
        RURAL: _rural(sources),
    }
    return pd.DataFrame(columns)


def _household(s: Stays | None, n: int) -> Texts:
    """By numbers of adults and minors registered; an unknown age counts as adult."""
    if s is None:
        return np.full(n, UNKNOWN, dtype=object)
    now = s.current()
    people, adults = count(s.adres[now], n), count(s.adres[now & s.adult()], n)
    minors = people - adults
    return np.select(
        [people == 0, adults == 0, (adults == 1) & (minors > 0), minors > 0, adults == 1, adults == 2],
        [NOBODY, "alleen kinderen", "een volwassene met kinderen", "meer volwassenen met kinderen", "een volwassene",
         "twee volwassenen"],
        "drie of meer volwassenen",
    ).astype(object)  # fmt: skip


def _age(s: Stays | None, sources: Sources) -> Texts:
    """By the year of birth of the oldest person registered."""
    if s is None:
        return np.full(sources.size, UNKNOWN, dtype=object)
    now = s.current()
    born = lowest(s.adres[now], s.geboortejaar[now], sources.size)
    age = sources.as_of.year - born
    band = np.array([*AGE_BANDS, UNKNOWN], dtype=object)[np.where(np.isnan(age), len(AGES) + 1, np.digitize(age, AGES))]
    return np.where(count(s.adres[now], sources.size) == 0, NOBODY, band)


def _tenure(sources: Sources) -> Texts:
    if sources.eigendom is None:
        return np.full(sources.size, UNKNOWN, dtype=object)
    found = owners(sources, sources.eigendom)
    lives, private = found.lives_here, found.private_rental
    return np.select(
        [np.isnan(lives), lives == 1, private == 1],
        [UNKNOWN, "eigenaar woont er", "particuliere verhuur"],
        "corporatie of overheid",
    ).astype(object)


def _place(adressen: pd.DataFrame) -> Texts:
    """The first four characters of the postcode with the woonplaats: finer than either."""
    area = adressen["postcode"].astype("str").str.slice(0, 4)
    named = adressen["woonplaats"].astype("str") + " " + area
    return named.where(area.notna() & named.notna(), UNKNOWN).to_numpy(dtype=object)


def _rural(sources: Sources) -> Texts:
    if sources.omgeving is None:
        return np.full(sources.size, UNKNOWN, dtype=object)
    outside: Floats = sources.omgeving["buitengebied"].to_numpy()
    return np.select([outside == 1, outside == 0], ["buitengebied", "bebouwde kom"], UNKNOWN).astype(object)
