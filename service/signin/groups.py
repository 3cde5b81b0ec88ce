"""From the claims of the identity provider to a person here: who they are, and what their groups let them do."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from service import opaque
from service.faults import SignInRefused
from service.people import Person, Role
from service.settings_signin import Group

ID_LENGTH = 32  # hexadecimal digits: 128 bits
MOST_NAME = 200
EVERYWHERE = frozenset({Role.BEHEER})  # roles that see no address, so that no gemeente bounds them


def pseudonym(key: bytes, issuer: str, subject: str) -> str:
    """The id of a person: a keyed HMAC (RFC 2104) of issuer and subject. Without the key it leads to nobody."""
    told = issuer.encode() + b"\0" + subject.encode()
    return hmac.digest(opaque.subkey(key, "persoon"), told, "sha256").hex()[:ID_LENGTH]


def person(id: str, naam: object, claimed: object, groups: Iterable[Group]) -> Person:
    """The person `id`. claimed: the groups as the provider tells them; one that the settings do not name gives nothing.

    Raises SignInRefused when no role is left, or when the groups together would give more than each of them apart: a
    person's roles hold in all of their gemeenten.
    """
    names = {claimed} if isinstance(claimed, str) else set(claimed) if isinstance(claimed, list) else set()
    mine = [group for group in groups if group.groep in names]
    roles = frozenset(role for group in mine for role in group.rollen)
    if not roles:
        raise SignInRefused("geen_rol", wie=id)
    gemeenten = frozenset(code for group in mine for code in group.gemeenten)
    given = {(role, code) for group in mine for role in group.rollen for code in group.gemeenten}
    more = {(role, code) for role in roles - EVERYWHERE for code in gemeenten} - given
    if more:
        raise SignInRefused("groepen_botsen", precies=",".join(sorted({role for role, _ in more})), wie=id)
    teams = frozenset(team for group in mine for team in group.teams)
    return Person(id=id, naam=shown(naam), rollen=roles, gemeenten=gemeenten, teams=teams)


def shown(naam: object) -> str:
    """A name as it can be shown on one line; "Naam onbekend" when the provider gives none."""
    text = " ".join(str(naam).split()) if isinstance(naam, str) else ""
    return "".join(letter for letter in text if letter.isprintable())[:MOST_NAME] or "Naam onbekend"


def claim(claims: Mapping[str, Any], path: str) -> object:
    """The claim at `path`; a dot goes down (Keycloak: `realm_access.roles`). None when it is not there."""
    found: object = claims.get(path)
    if found is not None or "." not in path:
        return found
    found = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
