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
from service.store import Publications


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Made by `create_app`."""

    settings: Settings
    database: Database
    publications: Publications


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _person(request: Request) -> Person:
    person: Person | None = request.state.person
    if person is None:
        raise NotSignedIn
    return person


def _trace(request: Request) -> Trace:
    trace: Trace = request.state.trace
    return trace


TheDesk = Annotated[Desk, Depends(_desk)]
Someone = Annotated[Person, Depends(_person)]
TheTrace = Annotated[Trace, Depends(_trace)]
