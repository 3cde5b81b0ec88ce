from __future__ import annotations

import re

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from service import opaque


@given(key=st.binary(min_size=16, max_size=64), ident=st.text("0123456789", min_size=16, max_size=16))
def test_the_query_computes_the_same_hmac_as_the_standard_library(key: bytes, ident: str) -> None:
    with duckdb.connect(":memory:") as connection:
        row = connection.execute(
            f"select {opaque.SQL} from (select ? as adresseerbaarobject_identificatie)",
            [*opaque.padded_keys(key), ident],
        ).fetchone()
    assert row is not None
    assert row[0] == opaque.opaque_id(key, ident)
    assert re.match(opaque.PATTERN, row[0])


def test_another_key_gives_another_id_and_purposes_do_not_share_a_key() -> None:
    ident = "0175010000000001"
    assert opaque.opaque_id(b"k" * 16, ident) != opaque.opaque_id(b"l" * 16, ident)
    assert opaque.subkey(b"k" * 16, "adres") != opaque.subkey(b"k" * 16, "cursor")
