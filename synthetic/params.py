"""What may be chosen of a made-up gemeente, checked on making; and its random streams.

Rates are per year unless said otherwise. Sources: CBS household statistics 2024 (sizes), CBS 37230NED (moves), CBS
sample of the quality of address registration 2021 (95.2% of addresses exactly right), CBS spookwoningen (0.5%).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from features.errors import Refusal

MOST_PER_GEMEENTE = 50_000  # above this a delivery is of several gemeenten
CODES = (
    "0175",
    "0180",
    "0184",
    "0193",
    "0203",
    "0221",
    "0244",
    "0266",
    "0289",
    "0317",
    "0340",
    "0366",
    "0377",
    "0399",
    "0415",
    "0432",
    "0458",
    "0473",
    "0489",
    "0505",
    "0525",
    "0546",
    "0568",
    "0590",
    "0611",
    "0633",
    "0655",
    "0677",
    "0699",
)


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How often things happen. Shares are of dwellings, yearly rates of households or persons."""

    moves_inside: float = 0.029  # households a year that move within the gemeente
    moves_out: float = 0.031  # households a year that leave it (and as many come)
    emigration: float = 0.006  # households a year
    birth: float = 0.08  # per woman-like adult couple of childbearing age a year
    leave_home: float = 0.14  # children of 18-30 a year
    split: float = 0.012  # couples a year
    spook: float = 0.0074  # dwellings with a scheme without registration at a time
    schijn: float = 1.2  # schemes on paper, as a multiple of what the sources suggest
    pairing: float = 0.062  # people who live alone a year
    second_homes: float = 0.013  # of dwellings with a woonfunctie


@dataclass(frozen=True, kw_only=True)
class Params:
    """The choices for one delivery. Raises Refusal on a value that cannot be made.

    months: the observed window before `peildatum` (history before it is made as well, `burn_in` months).
    """

    addresses: int
    seed: int = 1
    gemeente: str = "0175"
    months: int = 36
    peildatum: date = date(2026, 10, 1)
    burn_in: int = 60
    rates: Rates = field(default_factory=Rates)

    def __post_init__(self) -> None:
        """Refuse what cannot be made."""
        if not 300 <= self.addresses <= MOST_PER_GEMEENTE * len(CODES):
            most = MOST_PER_GEMEENTE * len(CODES)
            raise Refusal(
                "--addresses", found=str(self.addresses), expected=f"300 to {most}", do="choose another number"
            )
        if not (len(self.gemeente) == 4 and self.gemeente.isdigit()):
            raise Refusal("--gemeente", found=self.gemeente, expected="a gemeentecode of four digits", do="e.g. 0175")
        if not 13 <= self.months <= 120:
            raise Refusal("--months", found=str(self.months), expected="13 to 120", do="choose another number")
        if not 2016 <= self.peildatum.year <= 2060:
            raise Refusal(
                "--peildatum", found=str(self.peildatum), expected="a day in 2016-2060", do="choose another day"
            )

    @property
    def place(self) -> int:
        """The gemeente's own place on the map and in the ranges of numbers, so that no two are ever mixed up."""
        return CODES.index(self.gemeente) if self.gemeente in CODES else len(CODES)

    @property
    def first_month(self) -> int:
        """The calendar month of column 0: year * 12 + month - 1."""
        return self.peildatum.year * 12 + self.peildatum.month - 1 - self.months

    @property
    def month_starts(self) -> np.ndarray:
        """First day of each observed month and of the month after the last: int32 days, length months + 1."""
        return month_start(self.first_month + np.arange(self.months + 1))

    @property
    def today(self) -> int:
        """The peildatum as a day number."""
        return int(np.datetime64(self.peildatum, "D").astype(np.int64))

    def rng(self, room: str) -> np.random.Generator:
        """The random stream of one room: the same seed and gemeente give the same draws, whatever other rooms do."""
        return np.random.default_rng([self.seed, int(self.gemeente), zlib.crc32(room.encode())])

    def parts(self) -> tuple[Params, ...]:
        """One Params per gemeente, each of at most MOST_PER_GEMEENTE addresses; together exactly `addresses`."""
        count = -(-self.addresses // MOST_PER_GEMEENTE)
        if count == 1:
            return (self,)
        codes = (self.gemeente, *(c for c in CODES if c != self.gemeente))[:count]
        sizes = [self.addresses // count + (i < self.addresses % count) for i in range(count)]
        return tuple(replace(self, addresses=n, gemeente=c) for n, c in zip(sizes, codes, strict=True))


def month_start(month: np.ndarray) -> np.ndarray:
    """First day (int32 day number) of calendar months given as year * 12 + month - 1."""
    return (np.asarray(month) - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
