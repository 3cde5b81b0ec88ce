"""Who works here: roles, and one person as signed in. No name ever enters a log; the id does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here for. One person can have several; the permissions of each are in service/permissions.py."""

    BEOORDELAAR = "beoordelaar"  # Burgerzaken: judges addresses, runs investigations
    PLANNER = "planner"  # handhaving: plans rounds
    VELD = "veld"  # handhaving: visits
    DATATEAM = "datateam"  # retrains, reads lists and model figures
    GOEDKEURDER = "goedkeurder"  # the second person: starts and decisions of investigations, exports
    PRIVACY = "privacy"  # privacy officer: patterns, retention, requests for access
    AUDITOR = "auditor"  # reads the logs
    BEHEER = "beheer"  # stop switch, settings; sees no address


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is signed in. id: a keyed pseudonym (`behandelaar` in onderzoeken.csv); naam is shown, never logged.

    gemeenten, teams: whose addresses and whose cases this person may see (object rights).
    """

    id: str
    naam: str
    rollen: frozenset[Role]
    gemeenten: frozenset[str]
    teams: frozenset[str] = frozenset()
