"""How much a request may bring along. A form is read before the permission is asked; this limit stands before both."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import HTTPConnection

STRANGER = 64_000  # bytes, of somebody who is not signed in: a sign-in form is far smaller
KNOWN = 32_000_000  # bytes, of somebody who is: a file of signals


def too_much(connection: HTTPConnection, *, known: bool) -> HTTPStatus | None:
    """413 when the body is larger than it may be, 411 when its size is not told beforehand; None when it is fine."""
    if "transfer-encoding" in connection.headers:
        return HTTPStatus.LENGTH_REQUIRED
    told = connection.headers.get("content-length", "0")
    if not told.isdigit() or int(told) > (KNOWN if known else STRANGER):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None
