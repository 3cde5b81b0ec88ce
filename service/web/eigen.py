"""What is ours: paths to go on to after signing in, and the address at which the browser reached us."""

from __future__ import annotations

import re

from fastapi import Request

from service.settings import LOCAL

_INSIDE = re.compile(r"/(?![/\\])[!-~]{0,500}")  # printable ASCII without spaces; "//host" and "/\host" lead elsewhere


def inside(path: str) -> str:
    """`path` when it is one of ours, else the first page: nobody is sent to another site after signing in."""
    return path if _INSIDE.fullmatch(path) else "/"


def origin(request: Request) -> str:
    """`https://name` as the browser knows us. The name was checked (service/headers.py); elsewhere than on this machine
    it is https, whatever the proxy speaks to us.
    """
    host = request.headers["Host"]
    local = host.rsplit(":", 1)[0].lower() in (LOCAL, "localhost")
    return f"{request.url.scheme if local else 'https'}://{host}"
