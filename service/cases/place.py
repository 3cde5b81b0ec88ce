"""Where a case is: its address as the current publication has it."""

from __future__ import annotations

from collections.abc import Iterable

from service.faults import NothingPublished
from service.ranking import ADDRESS_COLUMNS, JOIN_IDS, address
from service.records import Address
from service.store import Publications


def places(publications: Publications, identificaties: Iterable[str]) -> dict[str, Address]:
    """The addresses by identificatie; one that the current publication does not have is left out."""
    asked = sorted(set(identificaties))
    if not asked:
        return {}
    try:
        publication = publications.current()
    except NothingPublished:
        return {}
    marks = ", ".join("?" * len(asked))
    rows = publication.rows(
        f"select {ADDRESS_COLUMNS} from adressen a {JOIN_IDS} where a.adresseerbaarobject_identificatie in ({marks})",
        asked,
    )
    return {found.identificatie: found for found in map(address, rows)}
