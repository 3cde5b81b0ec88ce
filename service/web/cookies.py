"""The cookies of the sign-in. `__Host-`: over TLS alone, for this host alone, for every path (RFC 6265bis 4.1.3).

Safari keeps no Secure cookie of http://localhost. A demo account therefore gets one of another name without Secure:
the service reads it in demo mode alone, and demo mode listens to this machine alone (service/settings.py).
"""

from __future__ import annotations

from fastapi.responses import Response

from service.signin import pending, sessions


def give_session(answer: Response, value: str) -> None:
    """The session's cookie; it goes when the browser closes, and the session ends here whatever the browser does."""
    _give(answer, sessions.COOKIE, value, None)


def give_demo(answer: Response, value: str) -> None:
    """The session's cookie of a demo account."""
    _give(answer, sessions.DEMO_COOKIE, value, None)


def give_pending(answer: Response, value: str) -> None:
    """What binds a sign-in under way to this browser."""
    _give(answer, pending.COOKIE, value, int(pending.LASTS.total_seconds()))


def take(answer: Response, *names: str) -> None:
    """Take cookies away."""
    for name in names:
        _give(answer, name, "", 0)


def _give(answer: Response, name: str, value: str, seconds: int | None) -> None:
    secure = name != sessions.DEMO_COOKIE
    answer.set_cookie(name, value, max_age=seconds, secure=secure, httponly=True, samesite="lax", path="/")
