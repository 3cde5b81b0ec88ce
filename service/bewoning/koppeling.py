"""Section [bewoning] of dienst.toml: where the Haal Centraal BRP Bewoning API is, and how we show who we are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from features.errors import Refusal

LOCAL = {"127.0.0.1", "::1", "localhost"}
MOST = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Koppeling:
    """url: without /bewoningen, "" = not asked (default). Secrets are in files, never here.

    sleutel_bestand: an API key, sent in the header `kop`. token_url, client_id, geheim_bestand, scope: OAuth2 client
    credentials (RFC 6749 4.4); token_extra: further fields of the form, as the provider asks. certificaat,
    certificaat_sleutel: for mutual TLS (PEM); ca: whom we trust instead of the public authorities. tijd: for a whole
    round; per_vraag: for one address. gelijktijdig: questions at the same time. Raises Refusal.
    """

    url: str = ""
    kop: str = "X-API-KEY"
    sleutel_bestand: Path | None = None
    token_url: str = ""
    client_id: str = ""
    geheim_bestand: Path | None = None
    scope: str = ""
    token_extra: dict[str, str] = field(default_factory=dict)
    certificaat: Path | None = None
    certificaat_sleutel: Path | None = None
    ca: Path | None = None
    tijd: timedelta = timedelta(seconds=10)
    per_vraag: timedelta = timedelta(seconds=4)
    gelijktijdig: int = 6

    def __post_init__(self) -> None:
        for name in ("url", "token_url"):
            self._check_url(name, getattr(self, name))
        for name in ("sleutel_bestand", "geheim_bestand", "certificaat", "certificaat_sleutel", "ca"):
            file: Path | None = getattr(self, name)
            if file is not None and not file.is_file():
                raise _refusal(name, str(file), "a file that we may read", "mend the path")
        if self.token_url and not (self.client_id and self.geheim_bestand):
            raise _refusal("token_url", "no client_id or geheim_bestand", "both", "give both, or leave token_url out")
        if self.certificaat_sleutel and not self.certificaat:
            raise _refusal("certificaat_sleutel", "no certificaat", "both", "give the certificate too")
        if not timedelta(0) < self.per_vraag <= self.tijd <= MOST:
            raise _refusal("tijd", str(self.tijd), f"per_vraag <= tijd <= {MOST}", "nobody waits longer than that")
        if not 1 <= self.gelijktijdig <= 20:
            raise _refusal("gelijktijdig", str(self.gelijktijdig), "1 to 20", "ask the provider what it allows")

    def _check_url(self, name: str, url: str) -> None:
        """Over the wire go BSNs: TLS, unless the other end is on this machine (the official proxy beside us)."""
        parts = urlsplit(url)
        if url and (not parts.hostname or parts.query or parts.fragment or parts.username):
            raise _refusal(name, "another kind of text", "a URL without a query or a password", "leave those out")
        if url and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise _refusal(name, parts.scheme, "https (http only on this machine)", "use the address with TLS")

    @property
    def aan(self) -> bool:
        """Whether there is an API to ask."""
        return bool(self.url)


def _refusal(name: str, found: str, expected: str, do: str) -> Refusal:
    return Refusal(f"service settings, [bewoning] {name}", found=found, expected=expected, do=do)
