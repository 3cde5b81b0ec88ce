"""The composition root of the web edge: settings in, one ASGI app out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from service import errors
from service.api import adressen, ranglijsten
from service.api import openapi as openapi_document
from service.db.database import Clock, Database, utc_now
from service.db.migrate import upgrade
from service.desk import Desk
from service.headers import API_VERSION, SecureHeaders
from service.permissions import without_permission
from service.settings import Settings
from service.signin.middleware import SignedIn
from service.store import Publications
from service.web import inloggen, kaart, pages

STATIC = Path(__file__).parent / "web" / "static"
ROUTERS = (
    ranglijsten.router,
    adressen.router,
    openapi_document.router,
    pages.router,
    kaart.router,
    inloggen.router,
)


def create_app(settings: Settings | None = None, *, clock: Clock = utc_now) -> SecureHeaders:
    """The service over the publications of `settings` (default: from the environment), with its headers around it.

    Raises Refusal on settings that cannot be served, RuntimeError when a route declares no permission.
    """
    settings = settings or Settings.from_environment()
    publications = Publications(settings)
    database = Database(settings.database_url, key=settings.sleutel, clock=clock)
    upgrade(database.engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        publications.close()
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
    app.state.desk = Desk(settings=settings, database=database, publications=publications)
    for router in ROUTERS:
        app.router.routes.extend(router.routes)
    app.router.routes.append(Mount("/static", StaticFiles(directory=STATIC), name="static"))
    errors.register(app)
    undeclared = list(without_permission(app.routes))
    if undeclared:
        raise RuntimeError(f"routes without a permission: {', '.join(undeclared)}; see service/permissions.py")
    return SecureHeaders(SignedIn(app, database=database), tegels=settings.tegels)
