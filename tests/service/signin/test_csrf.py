"""What changes something comes from our own pages: with the session's token, and from a sender that is us."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from service.people import Role
from service.signin.sessions import COOKIE
from tests.service.publication import write_publication
from tests.service.serving import Served, serving, someone


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("csrf") / "publicaties"
    folder.mkdir()
    write_publication(folder, n=5)
    with serving(folder, demo=True) as running:
        yield running


@pytest.fixture
def session(service: Served) -> tuple[dict[str, str], str]:
    cookie, csrf = service.session_of(someone(Role.BEOORDELAAR))
    return {"Cookie": f"{COOKIE}={cookie}"}, csrf


def post(service: Served, path: str, headers: dict[str, str], form: dict[str, str] | None = None) -> int:
    return httpx.post(service.url + path, headers=headers, data=form or {}).status_code


def test_the_token_as_a_field_or_as_a_header(service: Served, session: tuple[dict[str, str], str]) -> None:
    cookie, csrf = session
    assert post(service, "/uitloggen", cookie) == 403
    assert post(service, "/uitloggen", cookie, {"csrf": "another"}) == 403
    assert post(service, "/uitloggen", {**cookie, "X-CSRF-Token": csrf[:-1]}) == 403
    other = service.session_of(someone(Role.BEHEER))[1]
    assert post(service, "/uitloggen", cookie, {"csrf": other}) == 403  # of somebody else
    answer = httpx.post(service.url + "/uitloggen", headers=cookie, files={"csrf": (None, csrf)})  # multipart
    assert answer.status_code == 303
    assert post(service, "/uitloggen", cookie, {"csrf": csrf}) == 303  # signed out already: nothing to protect


@pytest.mark.parametrize(
    ("sender", "status"),
    [
        ({}, 303),  # no browser
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),  # a browser on our pages: they send no referrer
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "{us}"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "{us}"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
        ({"Origin": "http://evil.example", "Host": "localhost"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),  # another port is another site
    ],
)
def test_the_sender_with_a_token_and_without_a_session(
    service: Served, session: tuple[dict[str, str], str], sender: dict[str, str], status: int
) -> None:
    cookie, csrf = session
    told = {name: value.format(us=service.url) for name, value in sender.items()}
    assert post(service, "/uitloggen", {**cookie, **told}, {"csrf": csrf}) == status
    assert post(service, "/inloggen/demo", told, {"account": "demo-anna"}) == status


def test_the_api_says_it_in_a_problem_and_a_page_in_dutch(service: Served, session: tuple[dict[str, str], str]) -> None:
    cookie, _ = session
    machine = httpx.post(service.url + "/v1/inzageverzoeken", headers=cookie, json={})
    assert (machine.status_code, machine.headers["content-type"]) == (403, "application/problem+json")
    page = httpx.post(service.url + "/uitloggen", headers=cookie)
    assert "We hebben niets veranderd" in page.text
