"""What the service is told from outside. The only file of the service that reads the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from features.errors import Refusal
from service import settings_file
from service.bewoning.koppeling import Koppeling
from service.cases.policy import Policy
from service.field.policy import Veld
from service.logs.bewaren import Bewaren
from service.logs.leesgrens import Leesgrens
from service.rounds.policy import Planning
from service.settings_signin import Access, Group, Oidc
from service.signin.sessions import Sessions
from service.travel.reistijd import Reistijd
from service.worklist.policy import Werkvoorraad

LOCAL = "127.0.0.1"
KEY_BYTES = 16  # the least we accept: 128 bits


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How one instance of the service runs.

    publicaties: the folder with `actueel` and one folder per run.
    sleutel: keys the opaque address ids and the cursors. The same key gives the same ids in every run, so bookmarks
    last; without one a fresh key is drawn and links last until the service stops.
    tegels: show PDOK's background map. Off by default: every tile that is asked for tells its host where we look.
    database: where the service keeps its own tables: `sqlite:///…` (default: beside the publications) or `postgresql://…`.
    demo: made-up accounts without a password, and identity providers without TLS; on this machine alone.
    host: the address to listen on. Another than 127.0.0.1 needs a real sign-in and the names people use ([toegang]).
    The rest are the sections of dienst.toml, which SCHIJNWERPER_DIENST names: service/settings_file.py.
    Raises Refusal on what cannot be served safely.
    """

    publicaties: Path
    database: str = ""
    demo: bool = False
    host: str = LOCAL
    port: int = 8000
    sleutel: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    tegels: bool = False
    oidc: Oidc | None = None
    rollen: tuple[Group, ...] = ()
    sessies: Sessions = field(default_factory=Sessions)
    toegang: Access = field(default_factory=Access)
    leesgrens: Leesgrens = field(default_factory=Leesgrens)
    bewaren: Bewaren = field(default_factory=Bewaren)
    werkvoorraad: Werkvoorraad = field(default_factory=Werkvoorraad)
    onderzoek: Policy = field(default_factory=Policy)
    planning: Planning = field(default_factory=Planning)
    reistijd: Reistijd = field(default_factory=Reistijd)
    bewoning: Koppeling = field(default_factory=Koppeling)
    veld: Veld = field(default_factory=Veld)

    def __post_init__(self) -> None:
        self._check_reach()
        if self.oidc is not None and not self.demo and not self.oidc.encrypted:
            raise Refusal(
                "service settings, [oidc] issuer",
                found=self.oidc.issuer,
                expected="an address that begins with https:",
                do="use the provider's address with TLS; without it is for demo mode",
            )
        if len(self.sleutel) < KEY_BYTES:
            raise Refusal(
                "service settings, SCHIJNWERPER_SLEUTEL",
                found=f"{len(self.sleutel)} bytes",
                expected=f"at least {KEY_BYTES} bytes, in hexadecimal",
                do="draw one with `openssl rand -hex 32`",
            )

    def _check_reach(self) -> None:
        elsewhere = self.host if self.host != LOCAL else ", ".join(self.toegang.hosts)
        if elsewhere and self.demo:
            raise Refusal(
                "service settings, host",
                found=elsewhere,
                expected=f"{LOCAL} in demo mode",
                do="leave it out, or leave demo mode out",
            )
        if self.host != LOCAL and (self.oidc is None or not self.toegang.hosts):
            raise Refusal(
                "service settings, host",
                found=self.host,
                expected=f"{LOCAL}, or a sign-in ([oidc]) and the names people use ([toegang] hosts)",
                do="leave it out, or give both in dienst.toml (SCHIJNWERPER_DIENST)",
            )

    @property
    def database_url(self) -> str:
        """The URL of the store."""
        return self.database or f"sqlite:///{self.publicaties.parent / 'dienst' / 'schijnwerper.db'}"

    @property
    def plank(self) -> Path:
        """The folder in which publications are kept once they were taken in: beside the store when that is a file."""
        kept = make_url(self.database_url)
        beside = kept.database if kept.get_backend_name() == "sqlite" else None
        return (Path(beside).parent if beside else self.publicaties.parent / "dienst") / "publicaties"

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] = os.environ,
        *,
        publicaties: Path | None = None,
        port: int | None = None,
        demo: bool | None = None,
    ) -> Settings:
        """Settings from SCHIJNWERPER_*; an argument goes first. Raises Refusal on a value of the wrong kind."""
        folder = publicaties or Path(environment.get("SCHIJNWERPER_PUBLICATIES", "publicaties"))
        chosen = str(port) if port is not None else environment.get("SCHIJNWERPER_PORT", "8000")
        key = environment.get("SCHIJNWERPER_SLEUTEL", "")
        file = environment.get("SCHIJNWERPER_DIENST", "")
        sections = _sections(Path(file), environment) if file else {}
        if "oidc" in sections and not key:
            raise Refusal(
                "service settings, SCHIJNWERPER_SLEUTEL",
                found="none, with [oidc]",
                expected="the key from which the ids of people are made, the same at every start",
                do="draw one with `openssl rand -hex 32` and keep it safe",
            )
        return cls(
            publicaties=folder.resolve(),
            port=_port(chosen),
            database=environment.get("SCHIJNWERPER_DATABASE", ""),
            demo=_yes(environment.get("SCHIJNWERPER_DEMO", "nee")) if demo is None else demo,
            sleutel=_key(key) if key else secrets.token_bytes(32),
            tegels=_yes(environment.get("SCHIJNWERPER_TEGELS", "nee")),
            host=environment.get("SCHIJNWERPER_HOST", LOCAL),
            **sections,
        )


def _sections(file: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    found = settings_file.read(file)
    if "oidc" in found:
        found["oidc"] = replace(found["oidc"], geheim=environment.get("SCHIJNWERPER_OIDC_GEHEIM", ""))
    return found


def _yes(text: str) -> bool:
    return text.strip().lower() in {"ja", "1", "true"}


def _port(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise Refusal(
            "service settings, port", found=text, expected="a number from 1 to 65535", do="choose a free port"
        )
    return int(text)


def _key(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Refusal(
            "service settings, SCHIJNWERPER_SLEUTEL",
            found="text that is not hexadecimal",
            expected="an even number of digits 0-9 a-f",
            do="draw one with `openssl rand -hex 32`",
        ) from None
