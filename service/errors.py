"""What goes wrong, told well: problem+json for machines (RFC 9457), a Dutch page for people, and never a trace of code.

NL API Design Rules 2.2: status, title and detail in every error; invalid input is 400 and tells all faults at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from service.faults import (
    Conflict,
    Forbidden,
    InputFault,
    NothingPublished,
    NotOurs,
    NotSignedIn,
    PublicationGone,
    StoreUnavailable,
    TooMany,
)
from service.logs.entry import Entry, Result
from service.web.render import error_page
from service.web.teksten import text

PROBLEM = "application/problem+json"
API = "/v1"

log = structlog.get_logger()
Handler = Callable[[Request, Exception], Awaitable[Response]]


class ProblemResponse(JSONResponse):
    """A JSON answer with the media type of RFC 9457."""

    media_type = PROBLEM


def register(app: FastAPI) -> None:
    """Give `app` a handler for everything that can go wrong, an unforeseen exception included."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(InputFault, _unusable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(PublicationGone, _as(HTTPStatus.GONE))
    app.add_exception_handler(NothingPublished, _as(HTTPStatus.SERVICE_UNAVAILABLE))
    app.add_exception_handler(NotSignedIn, _sign_in)
    app.add_exception_handler(Forbidden, _forbidden)
    app.add_exception_handler(NotOurs, _not_ours)
    app.add_exception_handler(Conflict, _conflict)
    app.add_exception_handler(TooMany, _too_many)
    app.add_exception_handler(StoreUnavailable, _unavailable)
    app.add_exception_handler(Exception, _unforeseen)


async def misdirected(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI answer to a Host that is not ours."""
    await _problem(HTTPStatus.MISDIRECTED_REQUEST)(scope, receive, send)


def refusing(status: HTTPStatus) -> ASGIApp:
    """The ASGI answer before any route: the session cannot be looked up (503), the body is too large (413, 411)."""

    async def refused(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            response = await _unavailable(request, StoreUnavailable("sessions"))
        else:
            response = answer(
                request, status, headers={"Connection": "close"}
            )  # what was not read is not read any more
        await response(scope, receive, send)

    return refused


def answer(
    request: Request,
    status: HTTPStatus,
    detail: str = "",
    *,
    title: str = "",
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The error as this path's readers expect it: a problem under /v1, a page elsewhere."""
    path = request.url.path
    if path == API or path.startswith(API + "/"):
        return _problem(status, detail, title=title, errors=errors, headers=headers)
    general = _words(status)
    told = [error["detail"] for error in errors]
    return error_page(request, status, title or general[0], detail or general[1], told, headers=headers)


def _problem(
    status: HTTPStatus,
    detail: str = "",
    *,
    title: str = "",
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    general = _words(status)
    body: dict[str, Any] = {"status": int(status), "title": title or general[0], "detail": detail or general[1]}
    if errors:
        body["errors"] = list(errors)
    return ProblemResponse(body, status_code=status, headers=dict(headers) if headers else None)


def _words(status: HTTPStatus) -> tuple[str, str]:
    known = text("fouten")
    about = known.get(str(int(status))) or known["ander"]
    return about["titel"], about["uitleg"]


def _as(status: HTTPStatus) -> Handler:
    async def handler(request: Request, fault: Exception) -> Response:
        if isinstance(fault, NothingPublished):
            log.warning("nothing published", reason=fault.reason)
        return answer(request, status)

    return handler


async def _sign_in(request: Request, fault: Exception) -> Response:
    path = request.url.path
    if path == API or path.startswith(API + "/") or request.method != "GET":
        return answer(request, HTTPStatus.UNAUTHORIZED)
    wanted = f"{path}?{request.url.query}" if request.url.query else path
    return RedirectResponse(f"/inloggen?{urlencode({'naar': wanted})}", status_code=HTTPStatus.SEE_OTHER)


async def _forbidden(request: Request, fault: Exception) -> Response:
    # Who reaches for what is not theirs is worth knowing (BIO2 8.15); with a full disk it is still refused.
    route = request.scope.get("route")
    try:
        await run_in_threadpool(_note_refusal, request, str(fault), getattr(route, "path", ""))
    except StoreUnavailable:
        log.error("a refusal could not be written down", permission=str(fault))
    return answer(request, HTTPStatus.FORBIDDEN)


def _note_refusal(request: Request, permission: str, path: str) -> None:
    desk = request.app.state.desk
    with desk.database.unit(request.state.person, request.state.trace) as unit:
        unit.log(Entry(handeling=permission, object_soort="route", object_id=path[:100], resultaat=Result.GEWEIGERD))


async def _not_ours(request: Request, fault: Exception) -> Response:
    return answer(request, HTTPStatus.FORBIDDEN, text("fouten.niet_van_ons"))


async def _unavailable(request: Request, fault: Exception) -> Response:
    log.error("store unavailable", fault=str(fault))
    return answer(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        text("fouten.opslag_dicht"),
        title=text("fouten.opslag_dicht_titel"),
        headers={"Retry-After": "60"},
    )


async def _conflict(request: Request, fault: Exception) -> Response:
    return answer(request, HTTPStatus.CONFLICT, fault.detail if isinstance(fault, Conflict) else "")


async def _too_many(request: Request, fault: Exception) -> Response:
    after = fault.after if isinstance(fault, TooMany) else 60
    return answer(request, HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(after)})


async def _unforeseen(request: Request, fault: Exception) -> Response:
    # The server hangs up after an exception that went past it; saying so keeps a client from asking on that connection.
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, headers={"Connection": "close"})


async def _http(request: Request, fault: Exception) -> Response:
    if not isinstance(fault, HTTPException):  # Starlette types its handlers for any exception
        raise fault
    status = HTTPStatus(fault.status_code)
    written = fault.detail if fault.detail != status.phrase else ""
    return answer(request, status, written, headers=fault.headers)


async def _unusable(request: Request, fault: Exception) -> Response:
    if not isinstance(fault, InputFault):
        raise fault
    one = {"in": "query", "name": fault.name, "code": "unusable", "detail": fault.detail}
    return answer(request, HTTPStatus.BAD_REQUEST, errors=[one])


async def _invalid(request: Request, fault: Exception) -> Response:
    found = fault.errors() if isinstance(fault, RequestValidationError) else []
    if found and all(error["loc"][0] == "path" for error in found):
        return answer(request, HTTPStatus.NOT_FOUND)  # a path that cannot exist is not there
    return answer(request, HTTPStatus.BAD_REQUEST, errors=[_fault(error) for error in found])


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    where, *names = [str(part) for part in error["loc"]]
    name, code = ".".join(names), str(error["type"])
    wording = text("invoer")
    detail = wording.get(code, wording["ander"]).format(
        naam=name, **{k: str(v) for k, v in error.get("ctx", {}).items()}
    )
    return {"in": where, "name": name, "code": code, "detail": detail}
