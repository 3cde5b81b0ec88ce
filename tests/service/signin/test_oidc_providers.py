"""A whole sign-in against two providers that are not ours: oidc-provider-mock (PyPI) and oidc-provider (npm)."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from sqlalchemy import select

from service.assets import MODULES
from service.logs.tables import audit
from service.people import Role
from service.settings_signin import Group, Oidc
from service.signin.sessions import COOKIE
from tests.service.oidc.browser import Browser
from tests.service.publication import write_publication
from tests.service.serving import Served, serving

GROUPS = (
    Group(groep="beoordelaars", rollen=(Role.BEOORDELAAR,), gemeenten=("0175",), teams=("oost",)),
    Group(groep="goedkeurders", rollen=(Role.GOEDKEURDER,), gemeenten=("0175",)),
)
SCRIPT = Path(__file__).parent.parent / "oidc" / "provider.mjs"
# Of what the mock itself imports and calls; the service does none of it.
MOCK_WARNINGS = (
    "ignore:authlib.jose module is deprecated, please use joserfc instead",
    "ignore:The httpx module is deprecated; please use httpx2 instead",
    r"ignore:get_jwt_config\(self, grant\) is deprecated",
)


@pytest.fixture(scope="module")
def publicaties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("oidc") / "publicaties"
    folder.mkdir()
    write_publication(folder, n=5)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def handelingen(service: Served) -> list[tuple[str, str]]:
    with service.database.looking() as read:
        rows = read.execute(select(audit.c.handeling, audit.c.resultaat).order_by(audit.c.nr))
        return [(row.handeling, row.resultaat) for row in rows if row.handeling in ("inloggen", "uitloggen")]


def signed_out(browser: Browser, end: str) -> None:
    """Sign out with the token of the page; the session is gone at once, and the provider's own sign-out is next."""
    page = browser.get("/over").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token and browser.post("/uitloggen").status_code == 403
    kept = dict(browser.cookies)
    assert browser.post("/uitloggen", csrf=token[1]).status_code == 303
    assert COOKIE not in browser.cookies
    assert end in browser.get("/uitgelogd").text
    assert "Uitloggen" not in Browser(browser.base, kept).get("/over").text  # a kept cookie is worth nothing


@pytest.mark.filterwarnings(*MOCK_WARNINGS)
def test_the_mock_of_pypi(publicaties: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import oidc_provider_mock

    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the mock speaks http, and its own library minds
    anna = oidc_provider_mock.User(sub="anna", claims={"name": "Anna Mock", "groups": ["goedkeurders", "elsewhere"]})
    with oidc_provider_mock.run_server_in_thread(user_claims=[anna], require_nonce=True) as server:
        oidc = Oidc(issuer=f"http://localhost:{server.server_port}", client_id="schijnwerper", geheim="s")
        with serving(publicaties, demo=True, oidc=oidc, rollen=GROUPS) as service:
            browser = Browser(service.url)
            sent = browser.begin()
            given = httpx.post(sent[""], data={"sub": "anna"})
            answer = browser.get(given.headers["location"])
            assert (answer.status_code, answer.headers["location"]) == (303, "/over")
            page = browser.get("/over").text
            assert "Anna Mock" in page and "Goedkeurder" in page and "Beoordelaar" not in page
            replay = browser.get(given.headers["location"])
            assert replay.status_code == 403 and "al gebruikt" in replay.text
            denied = httpx.post(browser.begin()[""], data={"action": "deny"})
            assert browser.get(denied.headers["location"]).status_code == 403  # the mock sends no state along
            signed_out(browser, f"localhost:{server.server_port}/oauth2/end_session?client_id=schijnwerper")
            assert handelingen(service) == [
                ("inloggen", "gelukt"),
                ("inloggen", "geweigerd"),
                ("inloggen", "geweigerd"),
                ("uitloggen", "gelukt"),
            ]


@pytest.fixture
def node_port() -> Iterator[int]:
    if not shutil.which("node"):
        pytest.skip("node is absent")
    if not (MODULES / "oidc-provider").is_dir():
        pytest.skip("npm's oidc-provider is absent: npm ci --ignore-scripts")
    yield free_port()


def started(*arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        ["node", str(SCRIPT), *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


def through(url: str, name: str, back: str) -> str:
    """Sign in at the provider of npm as `name` and agree; the URL with which it sends us back."""
    with httpx.Client(timeout=20) as http:
        answer = http.get(url)
        for _ in range(12):
            if answer.is_redirect:
                url = urljoin(str(answer.request.url), answer.headers["location"])
                if url.startswith(back):
                    return url
                answer = http.get(url)
                continue
            action = re.search(r'action="([^"]+)"', answer.text)
            assert action, answer.text
            login = 'value="login"' in answer.text
            form = {"prompt": "login", "login": name, "password": "x"} if login else {"prompt": "consent"}
            answer = http.post(urljoin(str(answer.request.url), action[1]), data=form)
    raise AssertionError("never sent back")


def test_the_provider_of_npm_which_requires_pkce(publicaties: Path, node_port: int) -> None:
    oidc = Oidc(
        issuer=f"http://127.0.0.1:{node_port}",
        client_id="schijnwerper",
        geheim="a secret of some length",
        scopes=("openid", "profile", "groups"),
    )
    with serving(publicaties, demo=True, oidc=oidc, rollen=GROUPS) as service:
        back = service.url + "/inloggen/terug"
        browser = Browser(service.url)
        assert browser.get("/inloggen/beginnen").status_code == 503  # not up yet: told, and written down
        process = started(str(node_port), oidc.client_id, oidc.geheim, back)
        try:
            sent = browser.begin()
            bare = sent[""].replace("code_challenge=", "no_challenge=")
            assert parse_qs(urlsplit(httpx.get(bare).headers["location"]).query)["error"] == ["invalid_request"]
            answer = browser.get(through(sent[""], "anna+beoordelaars+goedkeurders", back))
            assert (answer.status_code, answer.headers["location"]) == (303, "/over")
            page = browser.get("/over").text
            assert "Naam van anna" in page and "Beoordelaar, Goedkeurder" in page
            nobody = Browser(service.url)
            told = nobody.get(through(nobody.begin()[""], "bob+elsewhere", back))
            assert told.status_code == 403 and "u heeft geen rol" in told.text
            signed_out(browser, f"127.0.0.1:{node_port}/session/end?client_id=schijnwerper")
            assert handelingen(service) == [
                ("inloggen", "mislukt"),
                ("inloggen", "gelukt"),
                ("inloggen", "geweigerd"),
                ("uitloggen", "gelukt"),
            ]
        finally:
            process.terminate()
            process.wait(timeout=10)
            assert process.stdout
            process.stdout.close()
