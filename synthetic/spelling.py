"""Addresses as another register types them: the same place, another spelling, now and then a wrong one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Texts = npt.NDArray[np.object_]


def typed_addresses(town: pd.DataFrame, address: npt.NDArray[np.int64], rng: np.random.Generator) -> pd.DataFrame:
    """postcode, huisnummer, huisletter, huisnummertoevoeging as typed: one row per element of `address`.

    About nine in ten of the rows with a letter or an addition are spelled otherwise or not; of all rows 0.6% is wrong.
    The same address may be typed differently in each row.
    """
    n = len(address)
    letter = _text(town["huisletter"], address)
    addition = _text(town["toevoeging"], address)
    letter, addition = _move(letter, addition, rng)
    addition = _respell(addition, rng)
    lost = rng.random(n) < 0.03  # the addition is simply not there
    number = town["huisnummer"].to_numpy(np.int64)[address]
    slip = rng.random(n)
    number = np.where(slip < 0.002, np.maximum(number + rng.choice([-2, 2, 10], n), 1), number)
    return pd.DataFrame(
        {
            "postcode": _postcode(_text(town["postcode"], address), slip, rng),
            "huisnummer": number,
            "huisletter": np.where(lost, "", letter),
            "huisnummertoevoeging": np.where(lost, "", addition),
        }
    )


def _text(column: pd.Series, address: npt.NDArray[np.int64]) -> Texts:
    """The texts of these addresses, empty where missing."""
    return column.astype("object").fillna("").to_numpy()[address]


def _move(letter: Texts, addition: Texts, rng: np.random.Generator) -> tuple[Texts, Texts]:
    """A letter in lower case, or in the column of the addition."""
    chance = rng.random(len(letter))
    has = letter != ""
    moved = has & (chance < 0.30)
    lower = has & (chance > 0.85)
    joined = np.where(moved, letter + addition, addition)
    letter = np.where(moved, "", np.where(lower, np.char.lower(letter.astype(str)), letter))
    return letter.astype(object), joined.astype(object)


def _respell(addition: Texts, rng: np.random.Generator) -> Texts:
    """`bis` as `BIS`, `-bis`, ` bis`, `bis.`; `1` as `01` or `-1`."""
    n, has = len(addition), addition != ""
    how = np.where(has, rng.integers(0, 10, n), 0)
    text = addition.astype(str)
    digit = np.char.isdigit(text)
    made = [
        (how == 1, np.char.upper(text)),
        (how == 2, np.char.lower(text)),
        (how == 3, np.char.add("-", text)),
        (how == 4, np.char.add(" ", text)),
        ((how == 5) & digit, np.char.add("0", text)),
        ((how == 5) & ~digit, np.char.add(text, ".")),
    ]
    return np.select([m for m, _ in made], [t for _, t in made], text).astype(object)


def _postcode(postcode: Texts, slip: npt.NDArray[np.float64], rng: np.random.Generator) -> Texts:
    """With a space or in lower case; one in 250 has a wrong last letter."""
    text = postcode.astype("U7")
    how = rng.random(len(text))
    wrong = (slip > 0.996) & (np.char.str_len(text) == 6)
    other = rng.choice(list("ABCDEGHJKLMNPRSTVWXZ"), len(text))
    text = np.where(wrong, np.char.add(text.astype("U5"), other), text)
    spaced = np.char.add(np.char.add(text.astype("U4"), " "), np.char.replace(text, text.astype("U4"), "", count=1))
    return np.select([how < 0.08, how < 0.11], [spaced, np.char.lower(text)], text).astype(object)
