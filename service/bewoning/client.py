"""The Haal Centraal BRP Bewoning API, v2: one question about one address on one day, and who we are.

Official specification: github.com/BRP-API/Haal-Centraal-BRP-bewoning. Redirects are not followed and the environment's
proxies and .netrc are not read: key, token and answer go to the address in the settings and nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any

import httpx

from service.bewoning.answer import counted
from service.bewoning.koppeling import Koppeling
from service.bewoning.problem import missed
from service.bewoning.records import Bewoning, Gemist, Niet

IDENTIFICATIE = re.compile(r"(?!0{16})[0-9]{16}")  # AdresseerbaarObjectIdentificatieFilter
MOST_BYTES = 1_000_000  # 200 persons take about 60 kB
SETTING = Gemist(waarom=Niet.INSTELLING)


@asynccontextmanager
async def opened(koppeling: Koppeling) -> AsyncIterator[Client | Gemist]:
    """A client that has shown who it is, or why there is none."""
    try:
        tls = _tls(koppeling)
        headers = _key(koppeling)
        secret = koppeling.geheim_bestand.read_text(encoding="ascii").strip() if koppeling.geheim_bestand else ""
    except (OSError, ValueError, ssl.SSLError):
        yield SETTING
        return
    async with httpx.AsyncClient(verify=tls, trust_env=False, timeout=None) as http:
        client = Client(http, koppeling, headers)
        refused = await client.sign_in(secret) if koppeling.token_url else None
        yield refused or client


class Client:
    """Made by `opened`."""

    def __init__(self, http: httpx.AsyncClient, koppeling: Koppeling, headers: dict[str, str]) -> None:
        self._http, self._koppeling, self._headers = http, koppeling, headers

    async def bewoning(self, identificatie: str, peildatum: date, within: float = float("inf")) -> Bewoning | Gemist:
        """Who is registered there on that day, counted. within: seconds, when less is left than `per_vraag`."""
        if not IDENTIFICATIE.fullmatch(identificatie):
            return Gemist(waarom=Niet.NUMMER)
        question = {
            "type": "BewoningMetPeildatum",
            "adresseerbaarObjectIdentificatie": identificatie,
            "peildatum": peildatum.isoformat(),
        }
        url = self._koppeling.url.rstrip("/") + "/bewoningen"
        body = await self._ask(url, within, json=question, headers=self._headers)
        return body if isinstance(body, Gemist) else counted(body, identificatie, peildatum)

    async def sign_in(self, secret: str) -> Gemist | None:
        """A token by client credentials (RFC 6749 4.4, the secret in the form as 2.3.1 allows); None = signed in."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self._koppeling.client_id,
            "client_secret": secret,
            **({"scope": self._koppeling.scope} if self._koppeling.scope else {}),
            **self._koppeling.token_extra,
        }
        body = await self._ask(self._koppeling.token_url, data=form)
        if isinstance(body, Gemist):
            denied = body.waarom in {Niet.VRAAG, Niet.VERBODEN}  # 400 invalid_client: not the question, but who asks
            return Gemist(waarom=Niet.AANMELDEN, status=body.status) if denied else body
        token = _token(body)
        if not token:
            return Gemist(waarom=Niet.AANMELDEN, status=200)
        self._headers["Authorization"] = f"Bearer {token}"
        return None

    async def _ask(self, url: str, within: float = float("inf"), **rest: Any) -> bytes | Gemist:
        """The body of a 200. No exception leaves: an answer is never part of a traceback."""
        limit = min(self._koppeling.per_vraag.total_seconds(), within)
        status = 0
        try:
            async with asyncio.timeout(limit), self._http.stream("POST", url, **rest) as answer:
                status = answer.status_code
                body = bytearray()
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        return Gemist(waarom=Niet.ONLEESBAAR, status=status)
            retry_after = answer.headers.get("Retry-After", "")
        except (TimeoutError, httpx.TimeoutException):
            return Gemist(waarom=Niet.TIJD, status=status)
        except (httpx.HTTPError, OSError):
            return Gemist(waarom=Niet.ONLEESBAAR if status == 200 else Niet.NETWERK, status=status)
        except (httpx.InvalidURL, ValueError):
            return SETTING
        return bytes(body) if status == 200 else missed(status, bytes(body), retry_after, datetime.now(UTC))


def _tls(koppeling: Koppeling) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(koppeling.ca) if koppeling.ca else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if koppeling.certificaat:
        key = koppeling.certificaat_sleutel
        context.load_cert_chain(str(koppeling.certificaat), str(key) if key else None, password=_no_password)
    return context


def _no_password() -> str:
    """Without this OpenSSL asks for the password of a locked key at the terminal, and the service hangs."""
    raise ValueError("a locked key")


def _key(koppeling: Koppeling) -> dict[str, str]:
    """The headers of every question. Raises OSError or ValueError on a file that holds no key."""
    headers = {"Accept": "application/json"}
    if koppeling.sleutel_bestand:
        key = koppeling.sleutel_bestand.read_text(encoding="ascii").strip()
        if not key.isprintable() or not key:
            raise ValueError("no key in the file")
        headers[koppeling.kop] = key
    return headers


def _token(body: bytes) -> str:
    with suppress(ValueError, RecursionError):
        found = json.loads(body)
        token = found.get("access_token") if isinstance(found, dict) else None
        if isinstance(token, str) and token.isascii() and token.isprintable():
            return token
    return ""
