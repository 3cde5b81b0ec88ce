"""The provider's documents and keys: fetched once, refreshed for an unknown key, refused when they are not its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from joserfc.jwk import RSAKey

from features.errors import Refusal
from service.faults import SignInRefused
from service.settings_signin import Oidc
from service.signin.idtoken import verified
from service.signin.provider import KEPT, KEYS_EVERY, Provider
from tests.service.oidc.fake import CLIENT, Fake, lying


@pytest.fixture
def fake() -> Iterator[Fake]:
    with lying() as made:
        made.nonce = "n"
        yield made


class Ticks:
    """A clock of seconds that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def check(fake: Fake, provider: Provider) -> str:
    return str(verified(fake.token(), provider, nonce="n", access_token="at", now=datetime.now(UTC))["sub"])


def test_documents_are_fetched_once_and_a_new_key_is_looked_for_but_not_too_often(fake: Fake) -> None:
    ticks = Ticks()
    provider = Provider(Oidc(issuer=fake.issuer, client_id=CLIENT), demo=True, ticks=ticks)
    assert check(fake, provider) == check(fake, provider) == "subject-1"
    assert fake.visits == ["/.well-known/openid-configuration", "/jwks"]
    fake.key = RSAKey.generate_key(2048, parameters={"kid": "k2"})  # the provider turns its keys
    with pytest.raises(SignInRefused):
        check(fake, provider)  # too soon after the last look
    assert fake.visits.count("/jwks") == 1
    ticks.now = KEYS_EVERY + 1
    assert check(fake, provider) == "subject-1"
    assert fake.visits.count("/jwks") == 2
    ticks.now = 2 * KEPT
    check(fake, provider)
    assert fake.visits.count("/.well-known/openid-configuration") == 2


@pytest.mark.parametrize(
    ("document", "precies"),
    [
        ({"issuer": "http://127.0.0.1:1"}, "andere issuer"),
        ({"jwks_uri": "http://127.0.0.1:1/jwks"}, "ConnectError"),
    ],
)
def test_another_issuers_document_and_keys_that_are_away(fake: Fake, document: dict[str, str], precies: str) -> None:
    fake.document = document
    provider = Provider(Oidc(issuer=fake.issuer, client_id=CLIENT), demo=True)
    with pytest.raises(SignInRefused) as told:
        check(fake, provider)
    assert (told.value.reden, told.value.precies) == ("onbereikbaar", precies)


def test_outside_demo_mode_nothing_goes_without_tls(fake: Fake) -> None:
    with pytest.raises(SignInRefused, match="onbereikbaar") as told:
        Provider(Oidc(issuer=fake.issuer, client_id=CLIENT), demo=False).metadata()
    assert told.value.precies == "authorization_endpoint zonder TLS"


@pytest.mark.parametrize(("acr", "good"), [("substantial", True), ("low", False), (None, False)])
def test_a_level_of_assurance_that_is_asked_for_must_be_told(fake: Fake, acr: str | None, good: bool) -> None:
    fake.claims = {"acr": acr}
    provider = Provider(Oidc(issuer=fake.issuer, client_id=CLIENT, acr=("substantial", "high")), demo=True)
    if good:
        assert check(fake, provider) == "subject-1"
        return
    with pytest.raises(SignInRefused) as told:
        check(fake, provider)
    assert (told.value.reden, told.value.precies) == ("zekerheid", "acr")


def test_a_clock_may_be_a_little_off_and_no_more(fake: Fake) -> None:
    provider = Provider(Oidc(issuer=fake.issuer, client_id=CLIENT), demo=True)
    now = int(datetime.now(UTC).timestamp())
    fake.claims = {"exp": now - 20}  # 30 s are allowed
    assert check(fake, provider) == "subject-1"
    with pytest.raises(Refusal, match="set the clocks right"):
        Oidc(issuer="https://x.example", client_id=CLIENT, speling=timedelta(hours=1))
