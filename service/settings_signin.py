"""Settings of the sign-in: the identity provider of the gemeente, what its groups may do, and who may reach us."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

from features.errors import Refusal
from service.people import Role

GEMEENTE = re.compile(r"\d{4}")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
MOST_LEEWAY = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Oidc:
    """[oidc] of dienst.toml: OpenID Connect Core 1.0 as in the Dutch profile (OIDC NLGOV), code flow with PKCE.

    issuer: exactly as the provider writes it in its tokens. groepen, naam: names of claims. acr: levels of assurance
    that are good enough, empty = any. speling: how far the provider's clock may be off. geheim: the client's secret,
    from SCHIJNWERPER_OIDC_GEHEIM and never from a file of settings; empty = a public client, on PKCE alone.
    """

    issuer: str
    client_id: str
    scopes: tuple[str, ...] = ("openid", "profile")
    groepen: str = "groups"
    naam: str = "name"
    acr: tuple[str, ...] = ()
    speling: timedelta = timedelta(seconds=30)
    geheim: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not urlsplit(self.issuer).hostname:
            raise _refusal("[oidc] issuer", self.issuer, "a URL", "take it from the provider's discovery document")
        if "openid" not in self.scopes:
            raise _refusal("[oidc] scopes", ", ".join(self.scopes), "openid among them", "add it")
        if not timedelta() <= self.speling <= MOST_LEEWAY:
            raise _refusal("[oidc] speling", str(self.speling), f"0 to {MOST_LEEWAY}", "set the clocks right instead")

    @property
    def encrypted(self) -> bool:
        """Whether the provider is asked over TLS."""
        return urlsplit(self.issuer).scheme == "https"


@dataclass(frozen=True, kw_only=True)
class Group:
    """[[rollen]] of dienst.toml: what people of one group of the provider may do, where, and in which teams."""

    groep: str
    rollen: tuple[Role, ...]
    gemeenten: tuple[str, ...]
    teams: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        wrong = [code for code in self.gemeenten if not GEMEENTE.fullmatch(code)]
        if wrong:
            raise _refusal(f"[[rollen]] {self.groep}, gemeenten", wrong[0], "four digits (CBS)", "write 0175, not 175")
        commas = [team for team in self.teams if "," in team]
        if commas:
            raise _refusal(f"[[rollen]] {self.groep}, teams", commas[0], "a name without a comma", "rename the team")


@dataclass(frozen=True, kw_only=True)
class Access:
    """[toegang] of dienst.toml. hosts: the names under which people reach us (other Host values get 421).

    proxies: addresses or networks whose X-Forwarded-For and -Proto are believed; of anybody else they are ignored.
    """

    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.hosts:
            if not HOST.fullmatch(name):
                raise _refusal("[toegang] hosts", name, "a host name in lower case", "leave scheme, port and * out")
        for proxy in self.proxies:
            try:
                ip_network(proxy)
            except ValueError:
                raise _refusal("[toegang] proxies", proxy, "an IP address or network", "name each proxy") from None


def _refusal(place: str, found: str, expected: str, do: str) -> Refusal:
    return Refusal(f"service settings, {place}", found=found, expected=expected, do=do)
