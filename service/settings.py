"""What the service is told from outside. The only file of the service that reads the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from features.errors import Refusal

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
    demo: made-up accounts without a password; raises Refusal with any host but 127.0.0.1.
    """

    publicaties: Path
    database: str = ""
    demo: bool = False
    host: str = LOCAL
    port: int = 8000
    sleutel: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    tegels: bool = False

    def __post_init__(self) -> None:
        if self.host != LOCAL:
            raise Refusal("service settings, host", found=self.host, expected=LOCAL, do="leave it out")
        if len(self.sleutel) < KEY_BYTES:
            raise Refusal(
                "service settings, SCHIJNWERPER_SLEUTEL",
                found=f"{len(self.sleutel)} bytes",
                expected=f"at least {KEY_BYTES} bytes, in hexadecimal",
                do="draw one with `openssl rand -hex 32`",
            )

    @property
    def database_url(self) -> str:
        """The URL of the store."""
        return self.database or f"sqlite:///{self.publicaties.parent / 'dienst' / 'schijnwerper.db'}"

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
        settings = {"host": environment["SCHIJNWERPER_HOST"]} if "SCHIJNWERPER_HOST" in environment else {}
        key = environment.get("SCHIJNWERPER_SLEUTEL", "")
        return cls(
            publicaties=folder.resolve(),
            port=_port(chosen),
            database=environment.get("SCHIJNWERPER_DATABASE", ""),
            demo=_yes(environment.get("SCHIJNWERPER_DEMO", "nee")) if demo is None else demo,
            sleutel=_key(key) if key else secrets.token_bytes(32),
            tegels=_yes(environment.get("SCHIJNWERPER_TEGELS", "nee")),
            **settings,
        )


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
