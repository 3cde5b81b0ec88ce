"""Opaque ids: an address in a URI without its BAG id, so that logs, bookmarks and referrers tell nothing.

id = the first 128 bits of HMAC-SHA-256(key, adresseerbaarobject_identificatie), in hex (RFC 2104). The key belongs to
the installation, not to the run: a bookmark survives the next publication, and ids of elsewhere mean nothing here.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

BYTES = 16
LENGTH = 2 * BYTES  # hex digits = 128 bits: no two of 10 million addresses share one (birthday bound 1.5e-25)
PATTERN = rf"^[0-9a-f]{{{LENGTH}}}$"
_BLOCK = 64  # SHA-256 works on blocks of 64 bytes


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, so that ids and cursors never share one."""
    return hmac.digest(key, purpose.encode(), "sha256")


def opaque_id(key: bytes, identificatie: str) -> str:
    """The id of one address."""
    return hmac.new(key, identificatie.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def opaque_ids(key: bytes, identificaties: Iterable[str]) -> bytes:
    """The ids of many addresses, BYTES each, end to end: `opaque_id` without its hexadecimal digits.

    HMAC(K, m) = H((K xor opad) || H((K xor ipad) || m)); what comes of the padded keys is worked out once for all.
    """
    block = key.ljust(_BLOCK, b"\0")
    outer, inner = (hashlib.sha256(bytes(b ^ pad for b in block)) for pad in (0x5C, 0x36))
    told = []
    for identificatie in identificaties:
        inside, outside = inner.copy(), outer.copy()
        inside.update(identificatie.encode())
        outside.update(inside.digest())
        told.append(outside.digest()[:BYTES])
    return b"".join(told)
