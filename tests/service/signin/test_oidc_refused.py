"""What a provider, or somebody between it and us, can do wrong: refused with a page, and written down."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import select

from service.logs.tables import audit
from service.people import Role
from service.settings_signin import Group, Oidc
from service.signin.sessions import COOKIE
from service.signin.tables import personen
from tests.service.oidc.browser import Browser
from tests.service.oidc.fake import CLIENT, Fake, lying
from tests.service.publication import write_publication
from tests.service.serving import Served, serving

GROUPS = (Group(groep="beoordelaars", rollen=(Role.BEOORDELAAR,), gemeenten=("0175",)),)
BACK = "/inloggen/terug"


@pytest.fixture(scope="module")
def fake() -> Iterator[Fake]:
    with lying() as made:
        yield made


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, fake: Fake) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("oidc") / "publicaties"
    folder.mkdir()
    write_publication(folder, n=5)
    with serving(folder, demo=True, oidc=Oidc(issuer=fake.issuer, client_id=CLIENT), rollen=GROUPS) as running:
        yield running


@pytest.fixture
def browser(service: Served, fake: Fake) -> Browser:
    fake.claims, fake.raw, fake.published, fake.userinfo = {}, "", None, {}
    return Browser(service.url)


def last(service: Served) -> Any:
    with service.database.looking() as read:
        return read.execute(select(audit).order_by(audit.c.nr.desc()).limit(1)).one()


def refused(service: Served, answer: Any, reden: str, precies: str = "") -> None:
    assert answer.status_code == 403 and "Inloggen is niet gelukt" in answer.text
    assert COOKIE + "=" not in " ".join(answer.headers.get_list("set-cookie"))
    row = last(service)
    assert (row.handeling, row.resultaat) == ("inloggen", "geweigerd")
    told = json.loads(row.bijzonderheden)
    assert told["reden"] == reden and told["precies"].startswith(precies)


def test_the_right_answer_signs_in_once(service: Served, fake: Fake, browser: Browser) -> None:
    sent = browser.begin("/over?a=b")
    assert len(sent["state"]) >= 22 and len(sent["nonce"]) >= 22  # 128 bits in base64
    assert sent["code_challenge_method"] == "S256" and sent["response_type"] == "code"
    fake.nonce = sent["nonce"]
    answer = browser.get(f"{BACK}?code=c1&state={sent['state']}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/over?a=b")
    assert "Anna de Boer" in browser.get("/over").text
    assert len(fake.asked[-1]["code_verifier"]) >= 43 and fake.asked[-1]["redirect_uri"] == service.url + BACK
    row = last(service)
    assert (row.handeling, row.resultaat, len(row.persoon)) == ("inloggen", "gelukt", 32)
    again = Browser(service.url, dict(browser.cookies))
    refused(service, again.get(f"{BACK}?code=c1&state={sent['state']}"), "state", "onbekend of al gebruikt")


NOW = int(time.time())


@pytest.mark.parametrize(
    ("claims", "reden", "precies"),
    [
        ({"nonce": "another"}, "token", "nonce"),
        ({"nonce": None}, "token", "nonce"),
        ({"aud": "another-client"}, "token", "aud"),
        ({"aud": [CLIENT, "another-client"]}, "token", "azp"),
        ({"iss": "https://evil.example"}, "token", "iss"),
        ({"exp": NOW - 60}, "token", "exp"),
        ({"exp": None}, "token", "exp"),
        ({"iat": NOW + 3600}, "token", "iat"),
        ({"sub": None}, "token", "sub"),
        ({"groups": ["elsewhere"]}, "geen_rol", ""),
        ({"groups": None}, "geen_rol", ""),
    ],
)
def test_a_wrong_claim(
    service: Served, fake: Fake, browser: Browser, claims: dict[str, Any], reden: str, precies: str
) -> None:
    sent = browser.begin()
    fake.nonce, fake.claims = sent["nonce"], claims
    refused(service, browser.get(f"{BACK}?code=c&state={sent['state']}"), reden, precies)


def test_a_token_of_another_key_or_algorithm(service: Served, fake: Fake, browser: Browser) -> None:
    stranger = RSAKey.generate_key(2048, parameters={"kid": "k1"})
    for kind, precies in (("stranger", "handtekening"), ("HS256", ""), ("none", ""), ("no token", "")):
        sent = browser.begin()
        fake.nonce, fake.raw = sent["nonce"], ""
        head, body, _ = fake.token().split(".")
        if kind == "stranger":
            claims = json.loads(base64.urlsafe_b64decode(body + "=="))
            fake.raw = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, stranger)
        elif kind == "HS256":  # signed with the public key as if it were a shared secret (RFC 8725 2.1)
            head = text64(b'{"alg":"HS256","kid":"k1"}')
            mark = hmac.digest(fake.key.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
            fake.raw = f"{head}.{body}.{text64(mark)}"
        else:
            none = text64(b'{"alg":"none"}')
            fake.raw = f"{none}.{body}." if kind == "none" else "no token"
        refused(service, browser.get(f"{BACK}?code=c&state={sent['state']}"), "token", precies)


def text64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_a_state_of_nobody_of_another_browser_and_without_a_code(service: Served, fake: Fake, browser: Browser) -> None:
    refused(service, browser.get(f"{BACK}?code=c&state=made-up"), "state", "onbekend")
    sent, other = browser.begin(), Browser(service.url)
    other.begin()
    refused(service, other.get(f"{BACK}?code=c&state={sent['state']}"), "state", "andere browser")
    sent = browser.begin()
    refused(service, browser.get(f"{BACK}?error=access_denied&state={sent['state']}"), "afgebroken", "access_denied")
    sent = browser.begin()
    wrong = browser.get(f"{BACK}?code=c&state={sent['state']}&iss=https://evil.example")
    refused(service, wrong, "token", "iss in het antwoord")


def test_who_was_switched_off_stays_out(service: Served, fake: Fake, browser: Browser) -> None:
    fake.claims = {"sub": "off"}
    sent = browser.begin()
    fake.nonce = sent["nonce"]
    browser.get(f"{BACK}?code=c&state={sent['state']}")
    with service.database.engine.begin() as connection:
        connection.execute(personen.update().where(personen.c.naam == "Anna de Boer").values(actief=False))
    assert browser.get("/ranglijsten/spookbewoning").headers["location"].startswith("/inloggen")
    sent = browser.begin()
    fake.nonce = sent["nonce"]
    refused(service, browser.get(f"{BACK}?code=c&state={sent['state']}"), "uitgezet")
    assert last(service).object_soort == "persoon" and len(last(service).object_id) == 32
