"""An ID token: believed after its signature, issuer, audience, nonce, times and level of assurance were checked.

OpenID Connect Core 1.0, 3.1.3.7. Which algorithms count is fixed here and is not the token's own choice (RFC 8725).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jws import extract_compact
from joserfc.util import to_bytes

from service.faults import SignInRefused
from service.signin.provider import Provider

ALGORITHMS = ("RS256", "PS256", "ES256")


def verified(raw: str, provider: Provider, *, nonce: str, access_token: str | None, now: datetime) -> Mapping[str, Any]:
    """The claims of `raw`. Raises SignInRefused with what is wrong in `precies`."""
    oidc = provider.oidc
    options: dict[str, Any] = {
        "iss": {"essential": True, "value": oidc.issuer},
        "aud": {"essential": True, "value": oidc.client_id},
        "nonce": {"essential": True, "value": nonce},
    }
    if oidc.acr:
        options["acr"] = {"essential": True, "values": list(oidc.acr)}
    params = {"nonce": nonce, "client_id": oidc.client_id, "access_token": access_token}
    try:
        kid = extract_compact(to_bytes(raw)).headers().get("kid")
        token = jwt.decode(raw, provider.keys(kid), algorithms=ALGORITHMS)
        claims = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=int(oidc.speling.total_seconds()))
    except ExpiredTokenError as fault:
        raise SignInRefused("token", precies="exp") from fault
    except (InvalidClaimError, MissingClaimError) as fault:
        claim = _claim(fault)
        raise SignInRefused("zekerheid" if claim == "acr" else "token", precies=claim) from fault
    except BadSignatureError as fault:
        raise SignInRefused("token", precies="handtekening") from fault
    except (JoseError, ValueError, TypeError) as fault:  # not a token, an algorithm that does not count, no such key
        raise SignInRefused("token", precies=type(fault).__name__) from fault
    return dict(claims)


def _claim(fault: InvalidClaimError | MissingClaimError) -> str:
    return str(getattr(fault, "claim", "") or fault.description or "claim")[:40]
