"""The BRP Bewoning API as its official specification describes it, on a real port; and its ways of failing.

BRP-API/Haal-Centraal-BRP-bewoning: specificatie/genereervariant/openapi.yaml 2.0.0, features/fout-cases and
features/raadpleeg-bewoning-op-peildatum. The answers are files: tests/samples/bewoning.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response, StreamingResponse

SAMPLES = Path(__file__).parents[2] / "samples" / "bewoning"
KEY = "geheime-sleutel-0123"
TOKEN = "token-van-de-dag"
PATTERN = re.compile(r"^(?!0{16})[0-9]{16}$")
EXPECTED = {"type", "adresseerbaarObjectIdentificatie", "peildatum"}


@dataclass
class Api:
    """answers: per address the name of a sample, or a word of `_trouble`. What was asked stands in `asked`."""

    url: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    otherwise: str = "niemand"
    retry_after: str = "1"
    token: bool = False  # whether a bearer token is asked for instead of the key
    asked: list[dict[str, Any]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.json").read_bytes()


@contextmanager
def serving(api: Api, tls: Path | None = None) -> Iterator[Api]:
    """tls: a folder with ca, server and their keys; then callers must show a certificate of that ca."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(_app(api), log_level="critical", lifespan="off", timeout_graceful_shutdown=1, **_tls(tls))
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    api.url = f"http{'s' if tls else ''}://127.0.0.1:{listening.getsockname()[1]}/haalcentraal/api/bewoning"
    try:
        yield api
    finally:
        server.should_exit = True
        thread.join(5)
        listening.close()


def _tls(folder: Path | None) -> dict[str, Any]:
    if folder is None:
        return {}
    files = {"ssl_certfile": "server.pem", "ssl_keyfile": "server.key", "ssl_ca_certs": "ca.pem"}
    return {name: str(folder / file) for name, file in files.items()} | {"ssl_cert_reqs": ssl.CERT_REQUIRED}


def _app(api: Api) -> FastAPI:
    app = FastAPI()

    @app.post("/token")
    async def token(request: Request) -> Response:
        form = (await request.body()).decode()
        good = (
            "grant_type=client_credentials" in form
            and f"client_secret={KEY}" in form
            and "x-api-key" not in request.headers
        )
        return (
            _json({"access_token": TOKEN, "expires_in": 300}, 200) if good else _json({"error": "invalid_client"}, 400)
        )

    @app.post("/haalcentraal/api/bewoning/bewoningen")
    async def bewoningen(request: Request) -> Response:
        api.at_once += 1
        api.most_at_once = max(api.most_at_once, api.at_once)
        try:
            return await _answered(api, request)
        finally:
            api.at_once -= 1

    return app


async def _answered(api: Api, request: Request) -> Response:
    known = (
        request.headers.get("authorization") == f"Bearer {TOKEN}"
        if api.token
        else request.headers.get("x-api-key") == KEY
    )
    if not known:
        return _problem(401, {"WWW-Authenticate": "Bearer"})
    if request.headers["content-type"].replace(" ", "").lower() not in {
        "application/json",
        "application/json;charset=utf-8",
    }:
        return _problem(415)
    if request.headers.get("accept", "*/*").split(";")[0] not in {"*/*", "application/json", ""}:
        return _problem(406)
    question = json.loads(await request.body())
    wanted = str(question.get("adresseerbaarObjectIdentificatie", ""))
    if set(question) != EXPECTED or question["type"] != "BewoningMetPeildatum" or not PATTERN.match(wanted):
        return _problem(400)
    day = date.fromisoformat(question["peildatum"])
    api.asked.append(question)
    await asyncio.sleep(0.02)
    name = api.answers.get(wanted, api.otherwise)
    return await _trouble(api, name, wanted) or _json(_about(json.loads(sample(name)), wanted, day), 200)


def _about(body: dict[str, Any], wanted: str, day: date) -> dict[str, Any]:
    for bewoning in body["bewoningen"]:
        bewoning["adresseerbaarObjectIdentificatie"] = wanted
        bewoning["periode"] = {"datumVan": str(day), "datumTot": str(day + timedelta(days=1))}
    return body


async def _trouble(api: Api, name: str, wanted: str) -> Response | None:
    if name == "eenmaal-429":
        api.answers[wanted] = "twee"
        name = "429"
    if name.isdigit():
        return _problem(int(name), {"Retry-After": api.retry_after} if name in {"429", "503"} else {})
    if name == "traag":
        await asyncio.sleep(3)
    if name == "druppels":
        return StreamingResponse(_drops(), media_type="application/json")
    if name == "half":
        return Response(sample("twee")[:-30], media_type="application/json")
    if name == "afgebroken":  # says more than it sends
        return StreamingResponse(_cut(), media_type="application/json", headers={"Content-Length": "400"})
    if name == "pagina":
        return Response("<html>Onderhoud</html>", media_type="text/html")
    if name == "eindeloos":
        return Response(b" " * 2_000_000, media_type="application/json")
    if name == "elders":
        return Response(status_code=302, headers={"Location": "http://127.0.0.1:9/"})
    if name == "ander":
        return _json(_about(json.loads(sample("twee")), "0800010000000099", date(2026, 11, 26)), 200)
    return None


async def _drops() -> Any:
    for _ in range(40):
        yield b" "
        await asyncio.sleep(0.1)


async def _cut() -> Any:
    yield sample("twee")[:100]
    raise ConnectionResetError


def _problem(status: int, headers: dict[str, str] | None = None) -> Response:
    body = sample(f"fout-{status}")
    return Response(body, status_code=status, media_type="application/problem+json", headers=headers or {})


def _json(body: Any, status: int) -> Response:
    return Response(json.dumps(body), status_code=status, media_type="application/json; charset=utf-8")
