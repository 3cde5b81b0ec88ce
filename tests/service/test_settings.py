from __future__ import annotations

import re
from pathlib import Path

import pytest

from features.errors import Refusal
from service.settings import Settings
from service.settings_signin import Access, Oidc

OIDC = Oidc(issuer="https://login.example", client_id="schijnwerper")


def test_serves_this_machine_only_unless_people_sign_in_and_the_names_are_known() -> None:
    with pytest.raises(Refusal, match=r"0\.0\.0\.0"):
        Settings(publicaties=Path("x"), host="0.0.0.0")
    with pytest.raises(Refusal, match="192"):
        Settings.from_environment({"SCHIJNWERPER_HOST": "192.168.1.2"})
    access = Access(hosts=("schijnwerper.example",))
    with pytest.raises(Refusal, match=r"\[oidc\]"):
        Settings(publicaties=Path("x"), host="0.0.0.0", toegang=access)
    with pytest.raises(Refusal, match="hosts"):
        Settings(publicaties=Path("x"), host="0.0.0.0", oidc=OIDC)
    assert Settings(publicaties=Path("x"), host="0.0.0.0", oidc=OIDC, toegang=access).host == "0.0.0.0"


def test_demo_mode_is_for_this_machine_and_http_issuers_are_for_demo_mode() -> None:
    with pytest.raises(Refusal, match="demo mode"):
        Settings(publicaties=Path("x"), demo=True, host="0.0.0.0", oidc=OIDC, toegang=Access(hosts=("x.example",)))
    with pytest.raises(Refusal, match="demo mode"):
        Settings(publicaties=Path("x"), demo=True, toegang=Access(hosts=("x.example",)))
    plain = Oidc(issuer="http://127.0.0.1:9000", client_id="schijnwerper")
    with pytest.raises(Refusal, match="https"):
        Settings(publicaties=Path("x"), oidc=plain)
    assert Settings(publicaties=Path("x"), demo=True, oidc=plain).demo


def test_environment_and_arguments() -> None:
    environment = {"SCHIJNWERPER_PUBLICATIES": "/a", "SCHIJNWERPER_PORT": "81", "SCHIJNWERPER_SLEUTEL": "ab" * 16}
    settings = Settings.from_environment(environment)
    assert (settings.publicaties, settings.port, settings.sleutel) == (Path("/a"), 81, b"\xab" * 16)
    assert not settings.tegels  # off unless asked for
    given = Settings.from_environment(environment | {"SCHIJNWERPER_TEGELS": "ja"}, publicaties=Path("/b"), port=82)
    assert (given.publicaties, given.port, given.tegels) == (Path("/b"), 82, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SCHIJNWERPER_PORT", "no", "number from 1 to 65535"),
        ("SCHIJNWERPER_PORT", "70000", "number from 1 to 65535"),
        ("SCHIJNWERPER_SLEUTEL", "not hex", "digits 0-9 a-f"),
        ("SCHIJNWERPER_SLEUTEL", "abcd", "at least 16 bytes"),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        Settings.from_environment({name: value})


def test_without_a_key_every_start_draws_its_own_and_never_prints_it() -> None:
    first, second = Settings.from_environment({}), Settings.from_environment({})
    assert first.sleutel != second.sleutel
    assert len(first.sleutel) == 32
    assert not re.search(r"\bsleutel=", repr(first))
    assert first.sleutel.hex() not in repr(first) and repr(first.sleutel) not in repr(first)
