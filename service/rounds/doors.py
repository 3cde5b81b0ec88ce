"""Doors as they are shown: an address of a plan with its words from the publication; no stream, band or score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from features.columns import Doel
from models.scores import REST
from service import opaque
from service.cases.tables import bezoeken
from service.cases.visits import Getroffen
from service.dossier import address_of, dossier
from service.faults import NothingPublished
from service.publication import Publication
from service.records import Dossier
from service.rounds.records import Adres
from service.store import Publications

AT_ONCE = 500  # ids in one query: SQLite takes no more than some thousands


@dataclass(frozen=True, kw_only=True)
class Key:
    """Which door: an address and a target, and the investigation it is visited for; "" = seen from the road alone."""

    identificatie: str
    doel: Doel
    onderzoek_id: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """How doors are told. gemeente, places (x, y in RD): by identificatie. nodig: what the visit needs, idem."""

    gemeente: str
    places: Mapping[str, tuple[float, float]]
    nodig: Mapping[str, frozenset[str]]


def told(
    connection: Connection, publications: Publications, keys: Iterable[Key], how: Told, *, reasons: bool = True
) -> dict[Key, Adres]:
    """Every door of `keys`. One that the current publication does not have is told without address text."""
    asked = list(dict.fromkeys(keys))
    tried = attempts(connection, [key.onderzoek_id for key in asked if key.onderzoek_id])
    publication = _current(publications)
    return {key: _door(publication, publications.shelf.keys.adres, key, how, tried, reasons=reasons) for key in asked}


def attempts(connection: Connection, cases: Iterable[str]) -> dict[str, tuple[datetime, ...]]:
    """By investigation: the moments of visits at which nobody was met, the oldest first."""
    found: dict[str, tuple[datetime, ...]] = {}
    ids = sorted(set(cases))
    for begin in range(0, len(ids), AT_ONCE):
        rows = connection.execute(
            select(bezoeken.c.onderzoek_id, bezoeken.c.moment)
            .where(
                bezoeken.c.onderzoek_id.in_(ids[begin : begin + AT_ONCE]),
                bezoeken.c.getroffen == Getroffen.NIEMAND.value,
            )
            .order_by(bezoeken.c.moment)
        )
        for row in rows:
            found[row.onderzoek_id] = (*found.get(row.onderzoek_id, ()), row.moment)
    return found


def _current(publications: Publications) -> Publication | None:
    try:
        return publications.current()
    except NothingPublished:
        return None


def _door(
    publication: Publication | None,
    key_bytes: bytes,
    key: Key,
    how: Told,
    tried: Mapping[str, tuple[datetime, ...]],
    *,
    reasons: bool,
) -> Adres:
    id = opaque.opaque_id(key_bytes, key.identificatie)
    found = dossier(publication, id) if publication is not None and reasons else None
    about = found.adres if found else address_of(publication, key.identificatie) if publication is not None else None
    x, y = how.places[key.identificatie]
    return Adres(
        id=id,
        identificatie=key.identificatie,
        onderzoek_id=key.onderzoek_id,
        gemeente=how.gemeente,
        adres=about.adres if about else "",
        postcode=about.postcode if about else "",
        woonplaats=about.woonplaats if about else "",
        doel=key.doel,
        afgeschermd=about is None or about.afgeschermd,  # not published = not known: then nothing on persons
        x=x,
        y=y,
        redenen=_sentences(found, key.doel) if found else (),
        nodig=how.nodig.get(key.identificatie, frozenset()),
        pogingen=tried.get(key.onderzoek_id, ()),
    )


def _sentences(found: Dossier, doel: Doel) -> tuple[str, ...]:
    return tuple(reason.zin for reason in found.redenen_voor(doel) if reason.kenmerk != REST)
