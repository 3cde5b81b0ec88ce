from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from features.errors import Refusal
from service import settings_file
from service.people import Role
from service.settings import Settings

FILE = """
[oidc]
issuer = "https://login.example/realms/x"
client_id = "schijnwerper"
groepen = "realm_access.roles"
acr = ["urn:etoegang:core:assurance-class:loa3"]

[[rollen]]
groep = "SW-Beoordelaars"
rollen = ["beoordelaar"]
gemeenten = ["0175"]

[[rollen]]
groep = "SW-Beheer"
rollen = ["beheer"]
gemeenten = []

[sessies]
stil = "PT15M"
geheel = 28800

[toegang]
hosts = ["schijnwerper.example"]
proxies = ["10.0.0.5", "fd00::/8"]

[leesgrens]
per_minuut = 100

[bewaren]
sessies = 2
"""
ENVIRONMENT = {"SCHIJNWERPER_SLEUTEL": "ab" * 16, "SCHIJNWERPER_OIDC_GEHEIM": "very secret"}


def written(folder: Path, text: str) -> dict[str, str]:
    (folder / "dienst.toml").write_text(text)
    return ENVIRONMENT | {"SCHIJNWERPER_DIENST": str(folder / "dienst.toml")}


def test_every_section_becomes_a_part_of_the_settings(tmp_path: Path) -> None:
    settings = Settings.from_environment(written(tmp_path, FILE))
    assert settings.oidc is not None and settings.oidc.geheim == "very secret"
    assert settings.oidc.acr == ("urn:etoegang:core:assurance-class:loa3",)
    assert [group.rollen for group in settings.rollen] == [(Role.BEOORDELAAR,), (Role.BEHEER,)]
    assert (settings.sessies.stil, settings.sessies.geheel) == (timedelta(minutes=15), timedelta(hours=8))
    assert settings.toegang.proxies == ("10.0.0.5", "fd00::/8")
    assert (settings.leesgrens.per_minuut, settings.bewaren.sessies) == (100, 2)
    assert "very secret" not in repr(settings)
    known = {each.name for each in fields(Settings)}
    assert set(settings_file.SECTIONS) | set(settings_file.LISTS) <= known


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("[oidcc]\nissuer = 'x'", r"found \[oidcc\]; expected one of bewaren, bewoning, leesgrens, oidc,"),
        ("[sessies]\nstill = 60", r"\[sessies\]: found still; expected one of geheel, stil"),
        ("[sessies]\nstil = 'soon'", r"\[sessies\] stil: found 'soon'"),
        ("[oidc]\nissuer = 'https://x'\nclient_id = 'y'\ngeheim = 'z'", r"found geheim; expected one of"),
        ("[oidc]\nissuer = 'https://x'", r"client_id"),
        ("[oidc]\nissuer = 'x'\nclient_id = 'y'", r"expected a URL"),
        ("[oidc]\nissuer = 'https://x'\nclient_id = 'y'\nspeling = 3600", r"set the clocks right"),
        ("[oidc]\nissuer = 'https://x'\nclient_id = 'y'\nscopes = ['profile']", r"openid among them"),
        ("[[rollen]]\ngroep = 'a'\nrollen = ['chef']\ngemeenten = []", r"\[\[rollen\]\] rollen.0: found 'chef'"),
        ("[[rollen]]\ngroep = 'a'\nrollen = ['veld']\ngemeenten = ['175']", r"found 175; expected four digits"),
        ("[[rollen]]\ngroep = 'a'\nrollen = ['veld']\ngemeenten = []\nteams = ['a,b']", r"without a comma"),
        ("[toegang]\nhosts = ['https://x']", r"host name in lower case"),
        ("[toegang]\nhosts = ['*']", r"host name in lower case"),
        ("[toegang]\nproxies = ['*']", r"an IP address or network"),
        ("sessies = 3", r"found a single value"),
        ("[sessies", r"expected TOML"),
    ],
)
def test_what_is_unknown_or_wrong_is_named(tmp_path: Path, wrong: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        Settings.from_environment(written(tmp_path, wrong))


def test_a_sign_in_needs_a_key_that_stays_and_a_file_that_is_there(tmp_path: Path) -> None:
    environment = written(tmp_path, FILE)
    del environment["SCHIJNWERPER_SLEUTEL"]
    with pytest.raises(Refusal, match="the same at every start"):
        Settings.from_environment(environment)
    with pytest.raises(Refusal, match="mend the path"):
        Settings.from_environment({"SCHIJNWERPER_DIENST": str(tmp_path / "nothing.toml")})


def test_the_example_in_the_docs_is_good(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "docs" / "dienst.voorbeeld.toml"
    settings = Settings.from_environment(written(tmp_path, example.read_text()))
    assert settings.oidc is not None and settings.toegang.hosts and len(settings.rollen) == 3
