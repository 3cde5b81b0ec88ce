"""What is written in the two logs, declared. Law: GDPR art. 5(2) and 30, BIO2 8.15, Logboek Dataverwerkingen 1.0.

The audit log says what a person did; the LDV log says of which addresses data was processed, for what, and never by
whom. `trace` links the two. Neither holds a secret, a name, a motivation or a birth date.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum

SUBJECT_BYTES = 16  # of a data subject in the LDV log


class Result(StrEnum):
    """How it ended."""

    GELUKT = "gelukt"
    GEWEIGERD = "geweigerd"
    MISLUKT = "mislukt"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One request: W3C trace_id (32 hex) and span_id (16 hex), and where it came from (an address of the network)."""

    trace_id: str = field(default_factory=lambda: secrets.token_hex(16))
    span_id: str = field(default_factory=lambda: secrets.token_hex(8))
    parent_span_id: str = ""
    herkomst: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing done. handeling: the permission's or the step's name. adressen: the identificaties whose data is in the
    answer (one LDV record each). betrokkenen: more of them, already as the LDV log knows them (16 bytes each, end to
    end), for long lists. bijzonderheden: names and short values, e.g. run, doel, filter; never free text.
    onbegrensd: does not count for the reading limits: nobody reads these addresses now, or a second person approved it.
    """

    handeling: str
    object_soort: str
    object_id: str = ""
    resultaat: Result = Result.GELUKT
    adressen: tuple[str, ...] = ()
    bijzonderheden: tuple[tuple[str, str], ...] = ()
    onbegrensd: bool = False
    betrokkenen: bytes = field(default=b"", repr=False)

    @property
    def aantal(self) -> int:
        """Addresses in the answer."""
        return len(self.adressen) + len(self.betrokkenen) // SUBJECT_BYTES
