"""Opaque ids: an address in a URI without its BAG id, so that logs, bookmarks and referrers tell nothing.

id = the first 128 bits of HMAC-SHA-256(key, adresseerbaarobject_identificatie), in hex (RFC 2104). The key belongs to
the installation, not to the run: a bookmark survives the next publication, and ids of elsewhere mean nothing here.
The whole publication is hashed at once inside DuckDB, so no loop runs over addresses.
"""

from __future__ import annotations

import hashlib
import hmac

LENGTH = 32  # hex digits = 128 bits: by chance no two of 10 million addresses share an id (birthday bound 1.5e-25)
PATTERN = rf"^[0-9a-f]{{{LENGTH}}}$"
_BLOCK = 64  # SHA-256 works on blocks of 64 bytes

# HMAC(K, m) = H((K xor opad) || H((K xor ipad) || m)); the two padded keys are the parameters, in this order.
SQL = f"left(sha256(?::blob || unhex(sha256(?::blob || encode(adresseerbaarobject_identificatie)))), {LENGTH})"


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, so that ids and cursors never share one."""
    return hmac.digest(key, purpose.encode(), "sha256")


def opaque_id(key: bytes, identificatie: str) -> str:
    """The plain form for one address: what `SQL` computes for all (the tests hold them together)."""
    return hmac.new(key, identificatie.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def padded_keys(key: bytes) -> tuple[bytes, bytes]:
    """The two parameters of `SQL`: outer, inner."""
    block = key.ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x5C for b in block), bytes(b ^ 0x36 for b in block)
