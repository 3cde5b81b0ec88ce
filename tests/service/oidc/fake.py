"""A provider that lies on request: each field of its ID token, its key and its algorithm can be made wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "schijnwerper"


@dataclass
class Fake:
    """What the next code is exchanged for. claims: laid over the right ones; None takes one away."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "k1"}))
    published: RSAKey | None = None  # what /jwks tells, when it is not `key`
    nonce: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    raw: str = ""  # given as the ID token, as it is
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)  # forms at the token endpoint
    visits: list[str] = field(default_factory=list)
    document: dict[str, Any] = field(default_factory=dict)

    def token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "subject-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "name": "Anna de Boer",
            "groups": ["beoordelaars"],
        } | self.claims
        right = {name: value for name, value in claims.items() if value is not None}
        return self.raw or jwt.encode({"alg": "RS256", "kid": self.key.kid}, right, self.key)

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            ends = ("authorization", "token", "userinfo")
            found = {f"{end}_endpoint": f"{self.issuer}/{end}" for end in ends}
            return {"issuer": self.issuer, **found, "jwks_uri": f"{self.issuer}/jwks"} | self.document
        if path == "/jwks":
            return {"keys": [(self.published or self.key).as_dict(private=False)]}
        if path == "/token":
            return {"access_token": "at", "token_type": "Bearer", "id_token": self.token()}
        return {"sub": "subject-1"} | self.userinfo


@contextmanager
def lying() -> Iterator[Fake]:
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.visits.append(self.path)
            body = json.dumps(fake.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fake.asked.append({name: values[0] for name, values in parse_qs(form).items()})
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
