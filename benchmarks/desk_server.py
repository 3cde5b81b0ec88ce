"""The processes that the benchmark of the service drives: the service itself, and a bare FastAPI route beside it.

python -m benchmarks.desk_server FOLDER PORT          the service over FOLDER/publicaties, as `serve` starts it
python -m benchmarks.desk_server --bare FILE PORT     one route that gives the bytes of FILE and does nothing else
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response

from service.app import create_app
from service.logs.leesgrens import Leesgrens
from service.settings import Settings

KEY = bytes(range(32))
FREE = 10**12  # addresses: what is counted and never reached


def settings(folder: Path) -> Settings:
    """Of the service under test: the default store, and reading limits that count but never refuse."""
    return Settings(
        publicaties=folder / "publicaties",
        sleutel=KEY,
        leesgrens=Leesgrens(per_minuut=FREE, per_uur=FREE, per_dag=FREE),
    )


def bare(file: Path) -> FastAPI:
    """The least that FastAPI can do: on the event loop, and as a plain `def`, which it runs in a thread."""
    app, body = FastAPI(), file.read_bytes()

    @app.get("/v1/ranglijsten/{doel}/adressen")
    async def page(doel: str) -> Response:
        return Response(body, media_type="application/json")

    @app.get("/in-een-draad/{doel}/adressen")
    def page_in_a_thread(doel: str) -> Response:
        return Response(body, media_type="application/json")

    return app


def main() -> None:
    """Serve until terminated."""
    if sys.argv[1] == "--bare":
        app, port = bare(Path(sys.argv[2])), int(sys.argv[3])
        uvicorn.run(app, host="127.0.0.1", port=port, server_header=False, access_log=False, log_level="warning")
        return
    port = int(sys.argv[2])
    uvicorn.run(
        create_app(settings(Path(sys.argv[1]))),
        host="127.0.0.1",
        port=port,
        server_header=False,
        proxy_headers=False,
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
