"""One ASGI wrapper around the whole app: the headers that every answer carries, a forced 500 and a 404 included.

Source: NL API Design Rules 2.2 (transport security: no-store, CSP, HSTS, nosniff, frame options; API-Version), OWASP.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import misdirected
from service.settings import LOCAL

API_VERSION = "1.0.0"
TILE_HOST = "https://service.pdok.nl"
LOCAL_NAMES = (LOCAL, "localhost")


def content_security_policy(*, tegels: bool) -> str:
    """Nothing inline and nothing from another origin; with `tegels` only images of PDOK's background map besides."""
    images = f"'self' data: {TILE_HOST}" if tegels else "'self' data:"
    return (
        f"default-src 'self'; script-src 'self'; style-src 'self'; img-src {images}; connect-src 'self'; "
        "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class SecureHeaders:
    """Wraps an ASGI app. Refuses a Host that is not ours (DNS rebinding, poisoned links). hosts: the names besides this
    machine's own.
    """

    def __init__(self, app: ASGIApp, *, tegels: bool, hosts: Collection[str] = ()) -> None:
        self.app = app
        self.names = frozenset(LOCAL_NAMES) | frozenset(hosts)
        laid = {
            "API-Version": API_VERSION,
            "Cache-Control": "no-store",
            "Content-Security-Policy": content_security_policy(tegels=tegels),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Referrer-Policy": "no-referrer",
            "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
        self.headers = [(name.lower().encode(), value.encode()) for name, value in laid.items()]
        self.laid = frozenset(name for name, _ in self.headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and lay the headers over whatever answer comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [header for header in message.get("headers", ()) if header[0].lower() not in self.laid]
                message["headers"] = given + self.headers
            await send(message)

        app = self.app if _host(scope) in self.names else misdirected
        await app(scope, receive, send_with_headers)


def _host(scope: Scope) -> str:
    return Headers(scope=scope).get("host", "").rsplit(":", 1)[0].lower()
