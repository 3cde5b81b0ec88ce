"""The API's answer, counted. The BSNs in it live inside `counted` and end there.

Source: BRP-API/Haal-Centraal-BRP-bewoning, specificatie/genereervariant/openapi.yaml, v2.0.0. What goes wrong is a
value and no exception: a traceback would carry the answer with it (JSONDecodeError keeps the whole document).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from service.bewoning.records import Bewoning, Gemist, Niet

UNREADABLE = Gemist(waarom=Niet.ONLEESBAAR, status=200)
MOST = 100  # bewoners, and mogelijkeBewoners: maxItems in the specification


def counted(body: bytes, identificatie: str, peildatum: date) -> Bewoning | Gemist:
    """How many people `body` (the answer to BewoningMetPeildatum) says are registered at `identificatie`.

    No bewoning at all means that nobody is (feature raadpleeg-bewoning-op-peildatum/overzicht).
    """
    found = None
    with suppress(ValueError, RecursionError):
        found = json.loads(body)
    bewoningen = found.get("bewoningen") if isinstance(found, Mapping) else None
    if not isinstance(bewoningen, list) or len(bewoningen) > 1:
        return UNREADABLE
    if not bewoningen:
        return _bewoning(identificatie, peildatum, [], [], veel=False)
    one = bewoningen[0]
    if not isinstance(one, Mapping) or one.get("adresseerbaarObjectIdentificatie") != identificatie:
        return UNREADABLE
    bewoners, mogelijke = one.get("bewoners", []), one.get("mogelijkeBewoners", [])
    veel = one.get("indicatieVeelBewoners", False)
    if not (_persons(bewoners) and _persons(mogelijke) and isinstance(veel, bool) and _holds(one, peildatum)):
        return UNREADABLE
    return _bewoning(identificatie, peildatum, bewoners, mogelijke, veel=veel)


def _bewoning(
    identificatie: str, peildatum: date, bewoners: Sequence[Any], mogelijke: Sequence[Any], *, veel: bool
) -> Bewoning:
    everybody = [*bewoners, *mogelijke]
    return Bewoning(
        identificatie=identificatie,
        peildatum=peildatum,
        bewoners=len(bewoners),
        mogelijke=len(mogelijke),
        veel=veel,
        geheim=any(person.get("geheimhoudingPersoonsgegevens") is True for person in everybody),
        in_onderzoek=any(person.get("inOnderzoek") is True for person in everybody),
    )


def _persons(found: Any) -> bool:
    return isinstance(found, list) and len(found) <= MOST and all(isinstance(person, Mapping) for person in found)


def _holds(one: Mapping[str, Any], peildatum: date) -> bool:
    """Whether the period is about that day: from datumVan up to, not including, datumTot. The field may be absent."""
    period = one.get("periode")
    if period is None:
        return True
    with suppress(ValueError, TypeError, KeyError):
        return date.fromisoformat(period["datumVan"]) <= peildatum < date.fromisoformat(period["datumTot"])
    return False
