"""Every route declares what one must be allowed to do (law 9), and here stands which role may do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fastapi import Request, params
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from service import csrf
from service.faults import Forbidden, NotSignedIn
from service.people import Person, Role


class Permission(StrEnum):
    """What a role can be allowed to do."""

    OPENBAAR = "openbaar"  # no personal data: anyone, signed in or not
    INGELOGD = "ingelogd"  # anyone who is signed in: the start page, signing out
    RANGLIJST_LEZEN = "ranglijst.lezen"  # the ranked list, with addresses
    ADRES_LEZEN = "adres.lezen"  # one address with its reasons and pictures
    WERKVOORRAAD_LEZEN = "werkvoorraad.lezen"  # what one is asked to judge now
    OORDELEN = "oordelen"  # give a judgement
    ONDERZOEK_LEZEN = "onderzoek.lezen"  # investigations one has part in
    ONDERZOEK_DOEN = "onderzoek.doen"  # take steps in them
    GOEDKEUREN = "goedkeuren"  # be the second pair of eyes
    BEZOEKEN = "bezoeken"  # record a visit
    PLANNEN = "plannen"  # plan rounds
    RONDE_LEZEN = "ronde.lezen"  # a round one is in, or plans
    SIGNALEN_INNEMEN = "signalen.innemen"  # LAA signals and terugmeldingen into the work list
    AANTALLEN_LEZEN = "aantallen.lezen"  # counts for management, no address
    VERANTWOORDING_LEZEN = "verantwoording.lezen"  # model card, shapes, fairness, drift, register of features
    PATROON_LEZEN = "patroon.lezen"  # how outcomes of people differ (privacy officer)
    INZAGE_GEVEN = "inzage.geven"  # everything about one address, for a request for access
    UITVOEREN = "uitvoeren"  # export, with a reason and a second person
    LOGBOEK_LEZEN = "logboek.lezen"  # extracts from the logs
    STOPPEN = "stoppen"  # the stop switch
    BEHEREN = "beheren"  # people, settings, state of the service


_P = Permission
_ALL = frozenset({_P.INGELOGD, _P.VERANTWOORDING_LEZEN})
_LIST = frozenset({_P.RANGLIJST_LEZEN, _P.ADRES_LEZEN})
_CASE = frozenset({_P.ONDERZOEK_LEZEN})
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.BEOORDELAAR: _ALL
    | _LIST
    | _CASE
    | {_P.WERKVOORRAAD_LEZEN, _P.OORDELEN, _P.ONDERZOEK_DOEN, _P.BEZOEKEN, _P.RONDE_LEZEN}
    | {_P.SIGNALEN_INNEMEN, _P.AANTALLEN_LEZEN},
    Role.PLANNER: _ALL | _LIST | _CASE | {_P.PLANNEN, _P.RONDE_LEZEN, _P.AANTALLEN_LEZEN},
    Role.VELD: _ALL | _CASE | {_P.BEZOEKEN, _P.RONDE_LEZEN},
    Role.DATATEAM: _ALL | {_P.RANGLIJST_LEZEN, _P.AANTALLEN_LEZEN},
    Role.GOEDKEURDER: _ALL | _CASE | {_P.GOEDKEUREN, _P.ADRES_LEZEN, _P.AANTALLEN_LEZEN, _P.UITVOEREN},
    Role.PRIVACY: _ALL | {_P.PATROON_LEZEN, _P.INZAGE_GEVEN, _P.AANTALLEN_LEZEN, _P.LOGBOEK_LEZEN},
    Role.AUDITOR: _ALL | {_P.LOGBOEK_LEZEN, _P.AANTALLEN_LEZEN},
    Role.BEHEER: _ALL | {_P.STOPPEN, _P.BEHEREN, _P.AANTALLEN_LEZEN},
}
MOUNTS = {"/static": Permission.OPENBAAR}  # folders of files, served whole


def may(person: Person, permission: Permission) -> bool:
    """Whether any of the person's roles carries `permission`."""
    return permission is Permission.OPENBAAR or any(permission in ALLOWED[role] for role in person.rollen)


@dataclass(frozen=True)
class Declared:
    """The permission of a route, as a dependency that FastAPI calls before the route runs."""

    permission: Permission

    async def __call__(self, request: Request) -> Person | None:  # async: on the event loop, without a thread's detour
        """Who asks; None where nobody need be known. Raises NotSignedIn, Forbidden, or NotOurs (service/csrf.py)."""
        await csrf.check(request)
        if self.permission is Permission.OPENBAAR:
            return None
        person: Person | None = request.state.person
        if person is None:
            raise NotSignedIn
        if not may(person, self.permission):
            raise Forbidden(self.permission)
        return person


def requires(permission: Permission) -> Any:
    """For `dependencies=[requires(Permission.X)]` at a route."""
    return params.Depends(Declared(permission))


def declared(route: BaseRoute) -> Permission | None:
    """The permission of `route`, None when it has none."""
    if isinstance(route, Mount):
        return MOUNTS.get(route.path)
    if isinstance(route, APIRoute):
        found = [d.dependency.permission for d in route.dependencies if isinstance(d.dependency, Declared)]
        return found[0] if len(found) == 1 else None
    return None


def without_permission(routes: list[BaseRoute]) -> Iterator[str]:
    """The paths of the routes that do not declare exactly one permission; `create_app` refuses to start with any."""
    return (getattr(route, "path", repr(route)) for route in routes if declared(route) is None)
