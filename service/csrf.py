"""Requests that change something come from our own pages. Checked at every route, with its permission (law 9).

Two locks (OWASP cross-site request forgery): what the browser says of the sending page, and a token of the session,
which another site cannot read. Our pages send no referrer, so that a browser says `Origin: null` of our own forms;
then `Sec-Fetch-Site` decides, which every browser of today sends and no page can set.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from fastapi import Request

from service.faults import NotOurs

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER, FIELD = "X-CSRF-Token", "csrf"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
OURS = frozenset({"same-origin", "none"})  # none: the person's own doing, e.g. the address bar


async def check(request: Request) -> None:
    """Raises NotOurs unless this may change something; a safe method passes. Without a session the sender alone counts:
    there is nothing yet that a foreign page could misuse, and the permission decides next.
    """
    if request.method in SAFE:
        return
    _check_sender(request)
    session = request.state.session
    if session is not None and not secrets.compare_digest(session.csrf.encode(), (await _token(request)).encode()):
        raise NotOurs("token")


def _check_sender(request: Request) -> None:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in OURS:
        raise NotOurs("Sec-Fetch-Site")
    if origin is None or (origin == "null" and site is not None):
        return
    sent = urlsplit(origin)
    secure = sent.scheme == "https" or sent.hostname in ("127.0.0.1", "localhost")
    if not secure or sent.netloc.lower() != request.headers.get("Host", "").lower():
        raise NotOurs("Origin")


async def _token(request: Request) -> str:
    given = request.headers.get(HEADER, "")
    if given or not request.headers.get("Content-Type", "").startswith(FORMS):
        return given
    field = (await request.form()).get(FIELD, "")
    return field if isinstance(field, str) else ""
