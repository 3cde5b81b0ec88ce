"""Every route declares what one must be allowed to do (law 9). Sign-in comes later; the declaration comes first.

Until there is sign-in the service listens on 127.0.0.1 only and whoever sits at the machine may read. When roles
arrive, `Declared.__call__` is the one place that asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fastapi import params
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount


class Permission(StrEnum):
    """What a role can be allowed to do."""

    OPENBAAR = "openbaar"  # no personal data: anyone
    RANGLIJST_LEZEN = "ranglijst.lezen"  # the ranked list, with addresses
    ADRES_LEZEN = "adres.lezen"  # one address with its reasons and pictures


MOUNTS = {"/static": Permission.OPENBAAR}  # folders of files, served whole


@dataclass(frozen=True)
class Declared:
    """The permission of a route, as a dependency that FastAPI calls before the route runs."""

    permission: Permission

    def __call__(self) -> Permission:
        """The permission; today nobody is asked for it."""
        return self.permission


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
