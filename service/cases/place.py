"""Where a case is: its address as the current publication has it."""

from __future__ import annotations

from collections.abc import Iterable

from service.dossier import addresses
from service.faults import NothingPublished
from service.records import Address
from service.store import Publications


def places(publications: Publications, identificaties: Iterable[str]) -> dict[str, Address]:
    """The addresses by identificatie; one that the current publication does not have is left out."""
    asked = sorted(set(identificaties))
    try:
        return addresses(publications.current(), asked) if asked else {}
    except NothingPublished:
        return {}
