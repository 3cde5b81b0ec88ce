"""What a route works with: settings, store and publications, and who asks. One per application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.db.database import Database
from service.faults import NotSignedIn
from service.logs.entry import Trace
from service.people import Person
from service.settings import Settings
from service.signin.provider import Provider
from service.store import Publications


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Made by `create_app`."""

    settings: Settings
    database: Database
    publications: Publications
    provider: Provider | None = None  # of identities; None = no sign-in but the demo's


# These are async so that they run on the event loop: a plain dependency costs every request a detour through a thread.
async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def _person(request: Request) -> Person:
    person: Person | None = request.state.person
    if person is None:
        raise NotSignedIn
    return person


async def _trace(request: Request) -> Trace:
    trace: Trace = request.state.trace
    return trace


TheDesk = Annotated[Desk, Depends(_desk)]
Someone = Annotated[Person, Depends(_person)]
TheTrace = Annotated[Trace, Depends(_trace)]
