"""A browser of few words: it keeps our cookies (over http too, as a browser does for this machine), follows nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import httpx

from service.signin.sessions import DEMO_COOKIE


@dataclass
class Browser:
    """One browser at our service. cookies: name to value."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> httpx.Response:
        return self._ask("GET", path)

    def post(self, path: str, **form: str) -> httpx.Response:
        return self._ask("POST", path, form)

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        url = path if path.startswith("http") else self.base + path
        answer = httpx.request(method, url, headers=sent, data=form, timeout=20)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                demo = name == DEMO_COOKIE  # of a made-up person: without Secure, which Safari does not keep over http
                assert demo or name.startswith("__Host-")
                assert bool(morsel["secure"]) is not demo and morsel["httponly"] and morsel["path"] == "/"
                assert morsel["samesite"] == "lax" and not morsel["domain"]
                if morsel.value:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer

    def begin(self, naar: str = "/over") -> dict[str, str]:
        """Off to the provider; what we sent along in the URL."""
        answer = self.get(f"/inloggen/beginnen?naar={naar}")
        assert answer.status_code == 303, answer.text
        query = urlsplit(answer.headers["location"]).query
        return {name: values[0] for name, values in parse_qs(query).items()} | {"": answer.headers["location"]}
