"""To the provider and back: OpenID Connect code flow with PKCE S256 (RFC 7636), in the Dutch profile OIDC NLGOV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from service.faults import SignInRefused
from service.people import Person
from service.settings import Settings
from service.signin import groups
from service.signin.idtoken import verified
from service.signin.pending import Begun, Pending
from service.signin.provider import Provider


def to_provider(begun: Begun, provider: Provider) -> str:
    """The URL to send the browser to. Raises SignInRefused when the provider cannot be reached."""
    oidc = provider.oidc
    extra = {"acr_values": " ".join(oidc.acr)} if oidc.acr else {}
    url: str = prepare_grant_uri(
        provider.metadata().authorization_endpoint,
        oidc.client_id,
        "code",
        redirect_uri=begun.pending.terug,
        scope=" ".join(oidc.scopes),
        state=begun.state,
        nonce=begun.pending.nonce,
        code_challenge=create_s256_code_challenge(begun.pending.verifier),
        code_challenge_method="S256",
        **extra,
    )
    return url


def answered(answer: Mapping[str, str], provider: Provider) -> str:
    """The code in the provider's answer. Raises SignInRefused when it is an error, or of another issuer (RFC 9207)."""
    if answer.get("iss", provider.oidc.issuer) != provider.oidc.issuer:
        raise SignInRefused("token", precies="iss in het antwoord")
    if "error" in answer:
        raise SignInRefused("afgebroken", precies=_word(answer["error"]))
    if not answer.get("code"):
        raise SignInRefused("afgebroken", precies="geen code")
    return answer["code"]


def who(code: str, pending: Pending, provider: Provider, settings: Settings, now: datetime) -> Person:
    """The person behind a code: exchanged, verified, and given the roles of their groups. Raises SignInRefused."""
    oidc = provider.oidc
    tokens = provider.exchange(code, pending.verifier, pending.terug)
    access = tokens.get("access_token")
    claims = verified(
        tokens["id_token"],
        provider,
        nonce=pending.nonce,
        access_token=access if isinstance(access, str) else None,
        now=now,
    )
    id = groups.pseudonym(settings.sleutel, oidc.issuer, str(claims["sub"]))
    claims = _completed(claims, access, provider)
    return groups.person(id, groups.claim(claims, oidc.naam), groups.claim(claims, oidc.groepen), settings.rollen)


def sign_out_url(provider: Provider | None, back: str) -> str:
    """Where the person signs out at the provider too (RP-Initiated Logout 1.0); "" when it offers no such thing."""
    if provider is None:
        return ""
    try:
        endpoint = provider.metadata().end_session_endpoint
    except SignInRefused:
        return ""
    query = urlencode({"client_id": provider.oidc.client_id, "post_logout_redirect_uri": back})
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}" if endpoint else ""


def _completed(claims: Mapping[str, Any], access: object, provider: Provider) -> Mapping[str, Any]:
    """With the claims that the provider tells at its userinfo endpoint alone (Core 5.3.2: of the same subject)."""
    wanted = (provider.oidc.groepen, provider.oidc.naam)
    if all(groups.claim(claims, name) is not None for name in wanted) or not isinstance(access, str):
        return claims
    more = provider.userinfo(access)
    if more and more.get("sub") != claims["sub"]:
        raise SignInRefused("token", precies="sub van userinfo")
    return {**more, **claims}


def _word(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "_-")[:60]
