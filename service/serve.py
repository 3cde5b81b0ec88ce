"""Serve the pages on this machine until somebody stops them."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path

import uvicorn

from service.app import create_app
from service.settings import Settings


def serve(settings: Settings, *, open_browser: bool = False) -> None:
    """Serve in the foreground; with `open_browser` show the first page as soon as it can be asked for.

    Raises Refusal on settings that cannot be served.
    """
    app = create_app(settings)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address(settings)]).start()
    uvicorn.run(app, host=settings.host, port=settings.port, server_header=False, log_level="info")


def address(settings: Settings) -> str:
    """Where the first page is."""
    return f"http://{settings.host}:{settings.port}/"


def has_assets(static: Path) -> bool:
    """True when the front-end assets were copied (`python -m service.assets`)."""
    return (static / "vendor" / "utrecht.css").is_file()
