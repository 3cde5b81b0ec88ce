"""Law 9: every route for every role, and for nobody. What each role may do is written out here by hand, apart from the
table in service/permissions.py, so that a slip in either is seen. A new route is asked for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from service.app import ROUTERS
from service.logs.tables import audit
from service.people import Role
from service.permissions import Permission, declared
from service.web.menu import ITEMS, first, menu
from tests.service.publication import write_publication
from tests.service.serving import Served, serving, someone

EVERYBODY = {"openbaar", "ingelogd", "verantwoording.lezen"}
MAY: dict[Role, set[str]] = {
    Role.BEOORDELAAR: {
        "ranglijst.lezen", "adres.lezen", "werkvoorraad.lezen", "oordelen", "onderzoek.lezen", "onderzoek.doen",
        "bezoeken", "ronde.lezen", "signalen.innemen", "aantallen.lezen",
    },
    Role.PLANNER: {"ranglijst.lezen", "adres.lezen", "onderzoek.lezen", "plannen", "ronde.lezen", "aantallen.lezen"},
    Role.VELD: {"onderzoek.lezen", "bezoeken", "ronde.lezen"},
    Role.DATATEAM: {"ranglijst.lezen", "aantallen.lezen"},
    Role.GOEDKEURDER: {"onderzoek.lezen", "goedkeuren", "adres.lezen", "aantallen.lezen", "uitvoeren"},
    Role.PRIVACY: {"patroon.lezen", "inzage.geven", "aantallen.lezen", "logboek.lezen"},
    Role.AUDITOR: {"logboek.lezen", "aantallen.lezen"},
    Role.BEHEER: {"stoppen", "beheren", "aantallen.lezen"},
}  # fmt: skip
FIRST = {
    Role.BEOORDELAAR: "/werkvoorraad",
    Role.PLANNER: "/ranglijsten/spookbewoning",
    Role.VELD: "/veld",
    Role.DATATEAM: "/ranglijsten/spookbewoning",
    Role.GOEDKEURDER: "/onderzoeken",
    Role.PRIVACY: "/patronen",
    Role.AUDITOR: "/logboek",
    Role.BEHEER: "/beheer",
}
VALUES = {"doel": "spookbewoning", "id": "0" * 32, "foto": "0" * 32, "bestand": "pdf"}  # of the places in a path


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("roles") / "publicaties"
    folder.mkdir()
    write_publication(folder, n=20)
    with serving(folder) as running:
        yield running


def asked() -> Iterator[tuple[str, str, Permission]]:
    """Method, path and permission of every route of the app."""
    for route in (route for router in ROUTERS for route in router.routes):
        permission = declared(route)
        assert permission is not None
        if isinstance(route, APIRoute):
            path = re.sub(r"\{(\w+)(:\w+)?\}", lambda place: VALUES.get(place[1], VALUES["id"]), route.path)
            for method in sorted(route.methods):
                yield method, path, permission


ROUTES = list(asked())


def test_every_role_and_permission_is_written_out() -> None:
    assert set(MAY) == set(FIRST) == set(Role)
    assert set().union(EVERYBODY, *MAY.values()) == set(Permission)
    assert len(ROUTES) > 20


@pytest.mark.parametrize("role", [*Role, None])
def test_every_route(service: Served, role: Role | None) -> None:
    allowed = {"openbaar"} if role is None else EVERYBODY | MAY[role]
    wrong = []
    with service.client(*([role] if role else [])) as client:
        for method, path, permission in sorted(ROUTES, key=lambda route: route[1] == "/uitloggen"):  # that one last
            status = _answer(client, method, path)
            if permission in allowed:
                good = status not in (401, 403) and status < 500
            elif role is None:  # a page sends who asks for it to the sign-in
                good = status == (303 if method == "GET" and not path.startswith("/v1") else 401)
            else:
                good = status == 403
            if not good:
                wrong.append((method, path, str(permission), status))
    assert wrong == []


def _answer(client: httpx.Client, method: str, path: str) -> int:
    """The status; 0 for a redirect that is not to the sign-in, so that it passes for no refusal."""
    answer = client.request(method, path)
    if answer.status_code == 415:  # what kind of file it is comes before who sends it
        answer = client.request(method, path, content=b"x", headers={"Content-Type": "text/csv"})
    away = answer.status_code == 303 and not answer.headers["location"].startswith("/inloggen?")
    return 0 if away else answer.status_code


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_and_the_first_page(service: Served, role: Role) -> None:
    person = someone(role)
    assert first(person) == FIRST[role]
    mine = EVERYBODY | MAY[role]
    assert [item.pad for item in menu(person)] == [
        item.pad for item in ITEMS if item.permission in mine and not (item.behalve and item.behalve in mine)
    ]
    with service.client(role) as client:
        assert client.get("/").headers["location"] == FIRST[role]
        assert client.get("/inloggen").status_code == 200
    with service.client() as nobody:
        assert nobody.get("/").headers["location"] == "/inloggen"
        assert nobody.get("/over").status_code == 200


def test_a_refusal_is_written_down_and_the_way_back_is_kept(service: Served) -> None:
    with service.client(Role.AUDITOR) as auditor, service.database.looking() as read:
        assert auditor.get("/ranglijsten/spookbewoning").status_code == 403
        last = read.execute(select(audit).order_by(audit.c.nr.desc()).limit(1)).one()
        assert (last.handeling, last.object_id) == ("ranglijst.lezen", "/ranglijsten/{doel}")
        assert last.resultaat == "geweigerd" and last.persoon == someone(Role.AUDITOR).id
    with service.client() as nobody:
        sent = nobody.get("/ranglijsten/spookbewoning?band=A&band=B").headers["location"]
        assert sent == "/inloggen?naar=%2Franglijsten%2Fspookbewoning%3Fband%3DA%26band%3DB"
