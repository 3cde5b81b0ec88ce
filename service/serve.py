"""Serve the pages on this machine until somebody stops them."""

from __future__ import annotations

import threading
import webbrowser

import uvicorn

from features.errors import Refusal
from service.app import STATIC, create_app
from service.settings import Settings


def serve(settings: Settings, *, open_browser: bool = False) -> None:
    """Serve in the foreground; with `open_browser` show the first page as soon as it can be asked for.

    Raises Refusal on settings that cannot be served, or when the front-end assets were not copied.
    """
    if not (STATIC / "vendor" / "utrecht.css").is_file():
        raise Refusal(
            str(STATIC / "vendor"),
            found="no front-end assets",
            expected="the files that `service/assets.py` copies",
            do="run `npm ci --ignore-scripts` and `python -m service.assets`",
        )
    if settings.oidc is None and not settings.demo:
        raise Refusal(
            "service settings",
            found="no way to sign in",
            expected="a section [oidc] in the file that SCHIJNWERPER_DIENST names, or demo mode",
            do="with made-up data: --demo; else connect the identity provider of the gemeente",
        )
    app = create_app(settings)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [f"http://{settings.host}:{settings.port}/"]).start()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        server_header=False,
        proxy_headers=False,  # whom we believe about the caller's address is in [toegang]; see service/app.py
        access_log=False,  # who asked for what is in the audit log; a line of text would hold the code of a sign-in
        log_level="info",
    )
