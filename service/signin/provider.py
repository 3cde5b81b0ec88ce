"""The identity provider: its discovery document, its keys, its token endpoint. What it says is checked elsewhere.

OpenID Connect Discovery 1.0 and Core 1.0. Blocking: call it from a plain `def` route.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.faults import SignInRefused
from service.settings_signin import Oidc

TIMEOUT = 5.0  # seconds
KEPT = 3600.0  # seconds that a discovery document and a set of keys are believed
KEYS_EVERY = 30.0  # seconds between two looks for a key we do not know: a forged kid costs the provider nothing

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What of the discovery document we use. "" = not offered."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    basic: bool = True  # whether the client's secret goes in the Authorization header (else in the form)


class Provider:
    """One provider; safe to share between threads."""

    def __init__(self, oidc: Oidc, *, demo: bool, ticks: Callable[[], float] = time.monotonic) -> None:
        self.oidc, self._demo, self._ticks = oidc, demo, ticks
        self._lock = threading.Lock()
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def metadata(self) -> Metadata:
        """The discovery document. Raises SignInRefused when it cannot be had or speaks for another issuer."""
        with self._lock:
            if self._metadata is None or self._ticks() - self._metadata[0] > KEPT:
                document = self._get(self.oidc.issuer.rstrip("/") + "/.well-known/openid-configuration")
                self._metadata = (self._ticks(), self._read(document))
            return self._metadata[1]

    def keys(self, kid: str | None) -> KeySet:
        """The provider's keys, asked for again when `kid` is not among them. Raises SignInRefused without them."""
        uri = self.metadata().jwks_uri
        with self._lock:
            age = self._ticks() - self._keys[0] if self._keys else KEPT + 1
            unknown = self._keys is not None and kid is not None and kid not in {key.kid for key in self._keys[1]}
            if self._keys is None or age > KEPT or (unknown and age > KEYS_EVERY):
                try:
                    self._keys = (self._ticks(), KeySet.import_key_set(self._get(uri)))  # type: ignore[arg-type]
                except (JoseError, ValueError, KeyError, TypeError) as fault:
                    raise SignInRefused("onbereikbaar", precies=f"sleutels: {type(fault).__name__}") from fault
            return self._keys[1]

    def exchange(self, code: str, verifier: str, terug: str) -> Mapping[str, Any]:
        """A code for tokens (RFC 6749 4.1.3, RFC 7636 4.5). Raises SignInRefused when the provider does not want to."""
        about = self.metadata()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": terug, "code_verifier": verifier}
        auth: httpx.Auth | None = None
        if self.oidc.geheim and about.basic:
            auth = httpx.BasicAuth(self.oidc.client_id, self.oidc.geheim)
        else:
            form["client_id"] = self.oidc.client_id
            if self.oidc.geheim:
                form["client_secret"] = self.oidc.geheim
        tokens = self._ask("POST", about.token_endpoint, data=form, auth=auth)
        if not isinstance(tokens.get("id_token"), str):
            raise SignInRefused("code", precies="geen id_token")
        return tokens

    def userinfo(self, access_token: str) -> Mapping[str, Any]:
        """More claims of the person. Empty when the provider offers none."""
        endpoint = self.metadata().userinfo_endpoint
        if not endpoint:
            return {}
        return self._ask("GET", endpoint, headers={"Authorization": f"Bearer {access_token}"})

    def _get(self, url: str) -> Mapping[str, Any]:
        return self._ask("GET", url)

    def _ask(self, method: str, url: str, **rest: Any) -> Mapping[str, Any]:
        try:
            with httpx.Client(timeout=TIMEOUT, headers={"Accept": "application/json"}) as http:
                answer = http.request(method, url, **rest)
            body = answer.json() if answer.content else None
        except (httpx.HTTPError, ValueError) as fault:
            log.error("identity provider does not answer", url=url, fault=type(fault).__name__)
            raise SignInRefused("onbereikbaar", precies=type(fault).__name__) from fault
        if 400 <= answer.status_code < 500 and method == "POST":
            error = body.get("error") if isinstance(body, dict) else None
            log.error("identity provider refuses", url=url, status=answer.status_code, error=error)
            raise SignInRefused("code", precies=str(error)[:60])
        if answer.status_code != 200 or not isinstance(body, dict):
            log.error("identity provider answers strangely", url=url, status=answer.status_code)
            raise SignInRefused("onbereikbaar", precies=f"status {answer.status_code}")
        return body

    def _read(self, document: Mapping[str, Any]) -> Metadata:
        if document.get("issuer") != self.oidc.issuer:
            log.error("discovery document of another issuer", found=document.get("issuer"), expected=self.oidc.issuer)
            raise SignInRefused("onbereikbaar", precies="andere issuer")
        methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        try:
            needed = {name: str(document[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        except KeyError as fault:
            raise SignInRefused("onbereikbaar", precies=f"ontdekking zonder {fault.args[0]}") from fault
        offered = {name: str(document.get(name) or "") for name in ("userinfo_endpoint", "end_session_endpoint")}
        for name, url in (needed | offered).items():
            if url and not self._demo and urlsplit(url).scheme != "https":
                raise SignInRefused("onbereikbaar", precies=f"{name} zonder TLS")
        return Metadata(**needed, **offered, basic="client_secret_basic" in methods)
