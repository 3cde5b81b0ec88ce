"""The keys with which a publication is laid out: of one installation, never of a run."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from service import opaque


@dataclass(frozen=True, kw_only=True)
class Keys:
    """adres: of the opaque ids (service/opaque.py); ldv: of the data subjects in the LDV log (service/logs/line.py)."""

    adres: bytes = field(repr=False)
    ldv: bytes = field(repr=False)

    @classmethod
    def of(cls, sleutel: bytes) -> Keys:
        """From the key of the installation."""
        return cls(adres=opaque.subkey(sleutel, "adres"), ldv=opaque.subkey(sleutel, "ldv"))

    def mark(self, version: int) -> str:
        """A short hash of both and of `version`: another one means that what was made with them is of no use."""
        return hmac.digest(self.adres + self.ldv, f"plank {version}".encode(), "sha256").hex()[:8]
