"""Numbers for a draw that nobody can foresee and anybody can do again: HMAC-SHA-256 of a seed and an address.

The seed of a round follows from the installation's key, gemeente, target, round and run (RFC 2104), and is stored with
the round. Whoever would like another outcome gets the same one.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service import opaque

LENGTH = 32  # hex digits of an id


@dataclass(frozen=True, kw_only=True)
class Lots:
    """Per address two independent numbers of 64 bits: for the streams that follow the bands, and for chance."""

    model: NDArray[np.uint64]
    chance: NDArray[np.uint64]


def seed(key: bytes, *about: str) -> str:
    """The seed of a draw, 64 hex digits. key: the installation's."""
    return hmac.digest(opaque.subkey(key, "werkvoorraad"), "|".join(about).encode(), "sha256").hex()


def lots(seed: str, identificaties: Iterable[str]) -> Lots:
    """The numbers of every address, in their order."""
    key = bytes.fromhex(seed)
    raw = b"".join(hmac.digest(key, f"lot|{one}".encode(), "sha256") for one in identificaties)
    numbers = np.frombuffer(raw, dtype=">u8").astype(np.uint64).reshape(-1, 4)
    return Lots(model=numbers[:, 0], chance=numbers[:, 1])


def keyed(seed: str, purpose: str, what: str) -> str:
    """An id, or a place in an order: 32 hex digits that say nothing of `what`."""
    return hmac.digest(bytes.fromhex(seed), f"{purpose}|{what}".encode(), "sha256").hex()[:LENGTH]
