"""Addresses as another register types them."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synthetic.spelling import typed_addresses
from tests.synthetic.handmade import homes


def repaired(letter: str, addition: str) -> str:
    """Letter and addition joined, punctuation and leading zeros dropped: the rule of the readers, written again."""
    return re.sub(r"^0+(?=\w)", "", re.sub(r"[^A-Z0-9]", "", (letter + addition).upper()))


@given(
    letter=st.sampled_from(["", "A", "b"]), addition=st.sampled_from(["", "bis", "1", "HS"]), seed=st.integers(0, 50)
)
def test_nearly_every_typed_address_is_the_same_after_repair(letter: str, addition: str, seed: int):
    town = homes(100, huisletter=letter, toevoeging=addition)
    typed = typed_addresses(town, np.arange(100), np.random.default_rng(seed))
    same = [
        repaired(x, y) == repaired(letter, addition)
        for x, y in zip(typed["huisletter"], typed["huisnummertoevoeging"], strict=True)
    ]
    # 3% lose the addition and "A" + "01" cannot be undone, which is as it is; without one nothing is made up
    assert np.mean(same) >= (1.0 if letter + addition == "" else 0.75)


def test_spellings_differ():
    town = homes(400, huisletter="A", toevoeging="bis")
    typed = typed_addresses(town, np.arange(400), np.random.default_rng(3))
    assert typed[["huisletter", "huisnummertoevoeging"]].drop_duplicates().shape[0] >= 8


def test_a_few_are_simply_wrong():
    town = homes(20_000)
    typed = typed_addresses(town, np.arange(20_000), np.random.default_rng(3))
    number = (typed["huisnummer"].to_numpy() != town["huisnummer"].to_numpy()).mean()
    postcode = (typed["postcode"].str.upper().str.replace(" ", "") != town["postcode"]).mean()
    assert 0.001 < number < 0.004
    assert 0.002 < postcode < 0.006
