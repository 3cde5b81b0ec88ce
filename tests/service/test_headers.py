from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

import service.api.ranglijsten
import service.web.pages
from service.headers import content_security_policy
from service.logs.tables import audit
from service.people import Role
from service.settings_signin import Access
from tests.service.publication import Written, write_publication
from tests.service.serving import Served, serving

ALWAYS = {
    "api-version": "1.0.0",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def assert_headers(answer: httpx.Response) -> None:
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value, (answer.url, name)
    assert "max-age=" in answer.headers["strict-transport-security"]
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 303),
        ("GET", "/ranglijsten/spookbewoning", 200),
        ("GET", "/over", 200),
        ("GET", "/v1/ranglijsten/spookbewoning/adressen", 200),
        ("GET", "/v1/ranglijsten/spookbewoning/adressen?aantal=0", 400),
        ("GET", "/v1/openapi.json", 200),
        ("GET", "/v1/bestaat-niet", 404),
        ("GET", "/bestaat-niet", 404),
        ("GET", "/over/", 404),  # no trailing slash, and no redirect to one
        ("POST", "/v1/openapi.json", 405),
        ("GET", "/static/schijnwerper.css", 200),
        ("GET", "/static/bestaat-niet.css", 404),
        ("GET", "/kaart/raster", 200),
    ],
)
def test_every_answer_carries_them(client: httpx.Client, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert_headers(answer)


def test_a_forced_500_carries_them_and_tells_nothing(
    client_of: Callable[..., httpx.Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail of the code")

    write_publication(tmp_path, n=5)
    monkeypatch.setattr(service.api.ranglijsten, "cut", breaks)
    monkeypatch.setattr(service.web.pages, "page", breaks)
    client = client_of(tmp_path)
    machine, person = client.get("/v1/ranglijsten/spookbewoning/adressen"), client.get("/ranglijsten/spookbewoning")
    for answer in (machine, person):
        assert answer.status_code == 500
        assert_headers(answer)
        assert "secret" not in answer.text
        assert answer.headers["connection"] == "close"  # the server hangs up; a client that is not told asks in vain
    assert machine.headers["content-type"] == "application/problem+json"
    assert person.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", ""])
def test_another_host_is_refused_because_dns_can_be_rebound(client: httpx.Client, host: str) -> None:
    answer = client.get("/v1/ranglijsten/spookbewoning/adressen", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.json()["status"] == 421
    assert_headers(answer)


def test_localhost_is_us(client: httpx.Client) -> None:
    assert client.get("/over", headers={"Host": "localhost:8000"}).status_code == 200


def test_only_the_tile_setting_lets_another_origin_in_and_only_for_images() -> None:
    assert "https://" not in content_security_policy(tegels=False)
    with_tiles = content_security_policy(tegels=True)
    assert with_tiles.count("https://") == 1
    assert "img-src 'self' data: https://service.pdok.nl;" in with_tiles


def test_a_name_of_ours_is_us_and_only_a_named_proxy_tells_where_a_caller_is(
    publicaties: Path, written: Written
) -> None:
    def herkomst(**sections: Any) -> str:
        with serving(publicaties, **sections) as service:
            forwarded = {"X-Forwarded-For": "203.0.113.7", "Host": "schijnwerper.example"}
            with service.client(Role.AUDITOR) as client:
                assert client.get("/ranglijsten/spookbewoning", headers=forwarded).status_code in (403, 421)
                client.get("/ranglijsten/spookbewoning", headers={"X-Forwarded-For": "203.0.113.7"})
            with service.database.looking() as read:
                found = read.execute(select(audit.c.herkomst).where(audit.c.resultaat == "geweigerd"))
                return ",".join(row.herkomst for row in found)

    assert herkomst() == "127.0.0.1"  # another Host was refused before anything
    ours = Access(hosts=("schijnwerper.example",))
    assert herkomst(toegang=ours) == "127.0.0.1,127.0.0.1"
    named = Access(hosts=ours.hosts, proxies=("127.0.0.1",))
    assert herkomst(toegang=named) == "203.0.113.7,203.0.113.7"


def test_a_large_body_is_refused_before_it_is_read(served: Served) -> None:
    with served.client() as nobody, served.client(Role.BEOORDELAAR) as reader:
        large = {"account": "x" * 100_000}
        for path, kind in (("/inloggen/demo", "text/html"), ("/v1/nergens", "application/problem+json")):
            answer = nobody.post(path, data=large)
            assert answer.status_code == 413 and answer.headers["content-type"].startswith(kind)
            assert_headers(answer)
        assert reader.post("/v1/nergens", data=large).status_code == 404  # far from 32 MB
        assert nobody.post("/inloggen/demo", content=iter([b"account=x"])).status_code == 411
