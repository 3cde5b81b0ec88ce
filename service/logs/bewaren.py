"""How long each kind of record is kept, with its ground (GDPR art. 5(1)(e)). What is not named here stays."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Bewaren:
    """Whole months that each kind of record is kept, counted from the moment that its rule names."""

    # As long as a decision that was founded on it can be contested or asked about: a fine for not registering lapses
    # after three years (Awb 5:45 lid 2; BRP fines stay under the bound of 5:53).
    audit: int = 36
    dataverwerkingen: int = 36
    onderzoeken: int = 36  # from the day the investigation ended
    personen: int = 36  # from the last sign-in: the logs name people by pseudonym, and this is the key to it
    # Pattern research is kept a year (LAA), and what a list was made of is not needed longer than the list.
    publicaties: int = 12  # from the day it was taken in; the one in use stays
    werkvoorraad: int = 12
    oordelen: int = 12
    plannen: int = 12  # from the day it was made: who went where, and what was left out
    signalen: int = 12  # from the day it was dealt with
    # Security incidents are looked into within a month (BIO2 8.15); after that a dead session is of no use.
    sessies: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError on a term that would remove what was written today."""
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise ValueError(f"{field.name}: at least 1 month")
