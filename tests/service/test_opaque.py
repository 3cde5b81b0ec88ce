from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from service import opaque


@given(key=st.binary(min_size=16, max_size=64), idents=st.lists(st.text("0123456789", min_size=16, max_size=16)))
def test_the_ids_of_many_are_the_hmac_of_the_standard_library(key: bytes, idents: list[str]) -> None:
    told = opaque.opaque_ids(key, idents).hex()
    assert told == "".join(opaque.opaque_id(key, ident) for ident in idents)
    assert all(re.match(opaque.PATTERN, opaque.opaque_id(key, ident)) for ident in idents)


def test_another_key_gives_another_id_and_purposes_do_not_share_a_key() -> None:
    ident = "0175010000000001"
    assert opaque.opaque_id(b"k" * 16, ident) != opaque.opaque_id(b"l" * 16, ident)
    assert opaque.subkey(b"k" * 16, "adres") != opaque.subkey(b"k" * 16, "cursor")
