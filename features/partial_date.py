"""Partial dates of the LO GBA (`YYYYMMDD`, 00 parts unknown) as intervals of days: no day is ever invented."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

UNKNOWN = "00000000"
FIRST_YEAR, LAST_YEAR = 1800, 2199  # outside these a year is a typing error (29190606, 22050123)


class Intervals(NamedTuple):
    """Per text: its registered form, the earliest and the latest day, and whether it could be read.

    text: 8 digits, or empty; what cannot be read becomes 00000000 (unknown).
    vroegst, laatst: datetime64[s], both inclusive; NaT where the year is unknown or the text is empty.
    leesbaar: False for an impossible date (month 13, 30 February, seven digits); empty and unknown are readable.
    """

    text: pd.Series
    vroegst: pd.Series
    laatst: pd.Series
    leesbaar: pd.Series


def intervals(dates: pd.Series) -> Intervals:
    """The interval that each registered date stands for (LO GBA 4.x, §"Onbekende gegevens": 00 means unknown).

    20080700 is 1 to 31 July 2008; 20080000 is the whole year; 00000000 and 0000MMDD have no interval.
    """
    codes, unique = pd.factorize(dates.fillna(""))
    parsed = _parse(pd.Series(unique, dtype="str").str.strip())
    return Intervals(*(column.take(codes).set_axis(dates.index) for column in parsed))


def _parse(text: pd.Series) -> Intervals:
    digits = text.str.fullmatch(r"\d{8}").astype(bool)
    number = text.where(digits, "0").astype("int64").to_numpy()
    year, month, day = number // 10000, number // 100 % 100, number % 100
    day = np.where(month == 0, 0, day)  # a day without its month says nothing
    year_known = year > 0
    possible = digits.to_numpy() & (month <= 12) & (~year_known | (year >= FIRST_YEAR) & (year <= LAST_YEAR))

    start = np.where(possible & year_known, (year - 1970) * 12 + np.maximum(month, 1) - 1, 0)
    width = np.where(month == 0, 12, 1)
    first = start.astype("datetime64[M]").astype("datetime64[D]")
    last = (start + width).astype("datetime64[M]").astype("datetime64[D]") - 1
    exact = first + np.maximum(day, 1) - 1
    possible &= ~year_known | (exact <= last)

    known = possible & year_known
    vroegst = np.where(known, np.where(day > 0, exact, first), np.datetime64("NaT"))
    laatst = np.where(known, np.where(day > 0, exact, last), np.datetime64("NaT"))
    empty = (text == "").to_numpy()
    return Intervals(
        text=text.where(possible | empty, UNKNOWN),
        vroegst=pd.Series(vroegst.astype("datetime64[s]")),
        laatst=pd.Series(laatst.astype("datetime64[s]")),
        leesbaar=pd.Series(possible | empty),
    )
