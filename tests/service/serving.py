"""A real server on a free port, in a thread: what the tests ask is what a browser would get."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from service.app import create_app
from service.settings import Settings

KEY = b"a key for tests, 32 bytes long.."


@contextmanager
def running(publicaties: Path, *, tegels: bool = False) -> Iterator[str]:
    """Serve `publicaties`; gives the base URL and stops the server afterwards."""
    app = create_app(Settings(publicaties=publicaties, sleutel=KEY, tegels=tegels))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
