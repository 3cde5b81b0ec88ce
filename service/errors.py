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
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from service.faults import (
    Conflict,
    Forbidden,
    InputFault,
    NothingPublished,
    NotSignedIn,
    PublicationGone,
    StoreUnavailable,
    TooMany,
)
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
    app.add_exception_handler(Forbidden, _as(HTTPStatus.FORBIDDEN))
    app.add_exception_handler(Conflict, _conflict)
    app.add_exception_handler(TooMany, _too_many)
    app.add_exception_handler(StoreUnavailable, _as(HTTPStatus.SERVICE_UNAVAILABLE))
    app.add_exception_handler(Exception, _unforeseen)


async def misdirected(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI answer to a Host that is not ours."""
    await _problem(HTTPStatus.MISDIRECTED_REQUEST)(scope, receive, send)


def answer(
    request: Request,
    status: HTTPStatus,
    detail: str = "",
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The error as this path's readers expect it: a problem under /v1, a page elsewhere."""
    path = request.url.path
    if path == API or path.startswith(API + "/"):
        return _problem(status, detail, errors=errors, headers=headers)
    return error_page(request, status, detail or _words(status)[1], [e["detail"] for e in errors], headers=headers)


def _problem(
    status: HTTPStatus,
    detail: str = "",
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    title, general = _words(status)
    body: dict[str, Any] = {"status": int(status), "title": title, "detail": detail or general}
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
    return RedirectResponse(f"/inloggen?{urlencode({'naar': path})}", status_code=HTTPStatus.SEE_OTHER)


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
