"""The composition root of the web edge: settings in, one ASGI app out."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from service import errors
from service.api import adressen, ranglijsten
from service.api import inzage as inzage_api
from service.api import logboek as logboek_api
from service.api import onderzoeken as onderzoeken_api
from service.api import oordelen as oordelen_api
from service.api import openapi as openapi_document
from service.api import plannen as plannen_api
from service.api import rondes as rondes_api
from service.api import signalen as signalen_api
from service.api import stop as stop_api
from service.api import veldbezoeken as veld_api
from service.api import verantwoording as verantwoording_api
from service.api import werkvoorraad as werkvoorraad_api
from service.cases.demo import past_cases
from service.db.database import Clock, Database, utc_now
from service.db.migrate import upgrade
from service.desk import Desk
from service.headers import API_VERSION, SecureHeaders
from service.intake.register import Register
from service.permissions import without_permission
from service.rounds import work as rounds_work
from service.rounds.demo import first_visits
from service.settings import Settings
from service.signin.lookup import Lookup
from service.signin.middleware import SignedIn
from service.signin.provider import Provider
from service.signin.start import at_start
from service.stopping import switch_of
from service.store import Publications
from service.web import (
    adres,
    beheer,
    inloggen,
    inloggen_terug,
    inzage,
    kaart,
    logboek,
    onderzoeken,
    pages,
    patronen,
    plannen,
    plannen_nieuw,
    rondes,
    signalen,
    uitleveringen,
    veld,
    verantwoording,
    werkvoorraad,
)
from service.worklist.demo import first_rounds

STATIC = Path(__file__).parent / "web" / "static"
ROUTERS = (  # what is asked for most often stands first: routes are tried in order
    ranglijsten.router,
    adressen.router,
    adressen.searching,
    logboek_api.router,
    logboek.router,
    openapi_document.router,
    pages.router,
    adres.router,
    kaart.router,
    inloggen.router,
    inloggen_terug.router,
    verantwoording_api.router,
    verantwoording.router,
    werkvoorraad_api.router,
    oordelen_api.router,
    signalen_api.router,
    werkvoorraad.router,
    inzage_api.router,
    inzage.router,
    onderzoeken_api.router,
    onderzoeken_api.letters,
    onderzoeken.router,
    patronen.router,
    uitleveringen.router,
    signalen.router,
    beheer.router,
    stop_api.router,
    plannen_api.router,
    plannen_nieuw.router,
    plannen.router,
    rondes.router,
    rondes_api.router,
    veld_api.router,
    veld_api.photos,
    veld.router,
)


def create_app(settings: Settings | None = None, *, clock: Clock = utc_now) -> SecureHeaders:
    """The service over the publications of `settings` (default: from the environment), with its headers around it.

    Raises Refusal on settings that cannot be served, RuntimeError when a route declares no permission.
    """
    settings = settings or Settings.from_environment()
    database = Database(settings.database_url, key=settings.sleutel, clock=clock, leesgrens=settings.leesgrens)
    upgrade(database.engine)
    register = Register(database)
    publications = Publications(settings, switch=switch_of(database), noticed=register)
    lookup = Lookup(database, settings.sessies)
    at_start(settings, database, publications)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        past_cases(app.state.desk)
        first_rounds(app.state.desk)
        first_visits(app.state.desk)
        gc.collect()
        gc.freeze()  # what is there now stays: no request need wait for it to be looked through again
        yield
        gc.unfreeze()
        rounds_work.stop()
        lookup.close()
        publications.close()
        register.wait()
        database.close()

    app = FastAPI(
        title="Schijnwerper",
        version=API_VERSION,
        openapi_url=None,  # published by service/api/openapi.py, as the API Design Rules ask
        docs_url=None,  # its page loads from another origin
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.publications = publications
    app.state.settings = settings
    provider = Provider(settings.oidc, demo=settings.demo) if settings.oidc else None
    app.state.desk = Desk(settings=settings, database=database, publications=publications, provider=provider)
    for router in ROUTERS:
        app.router.routes.extend(router.routes)
    app.router.routes.append(Mount("/static", StaticFiles(directory=STATIC), name="static"))
    errors.register(app)
    undeclared = list(without_permission(app.routes))
    if undeclared:
        raise RuntimeError(f"routes without a permission: {', '.join(undeclared)}; see service/permissions.py")
    inside: ASGIApp = SignedIn(app, lookup=lookup, refuse=errors.refusing, demo=settings.demo)
    if settings.toegang.proxies:
        inside = cast(ASGIApp, ProxyHeadersMiddleware(cast(Any, inside), trusted_hosts=list(settings.toegang.proxies)))
    return SecureHeaders(inside, tegels=settings.tegels, hosts=settings.toegang.hosts)
