from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from service.logs.tables import audit
from service.people import Role
from service.settings_signin import Group, Oidc
from tests.service.publication import write_publication
from tests.service.serving import KEY, Served, serving, someone

OIDC = Oidc(issuer="https://login.example", client_id="schijnwerper", geheim="a very secret secret")
GROUPS = (Group(groep="SW-Oost", rollen=(Role.BEOORDELAAR,), gemeenten=("0175",)),)
LIST = "/ranglijsten/spookbewoning"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("beheer") / "publicaties"
    folder.mkdir()
    write_publication(folder, n=20)
    with serving(folder, oidc=OIDC, rollen=GROUPS) as running:
        yield running


@pytest.fixture
def beheer(service: Served) -> Iterator[httpx.Client]:
    with service.client(Role.BEHEER) as client:
        yield client


def done(service: Served) -> list[tuple[str, str, str]]:
    with service.database.looking() as read:
        rows = read.execute(select(audit.c.handeling, audit.c.object_id, audit.c.resultaat).order_by(audit.c.nr))
        return [tuple(row) for row in rows]


def test_the_page_tells_how_things_stand_and_holds_no_secret_and_no_address(
    service: Served, beheer: httpx.Client
) -> None:
    html = beheer.get("/beheer").text
    for words in ("20261001-0001", "SQLite", "SW-Oost", "beoordelaar in 0175", "login.example", "30 min", "10 uur"):
        assert words in html, words
    assert "secret" not in html and KEY.hex() not in html and KEY.decode() not in html
    assert not re.search(r"0175\d{12}", html)  # no identificatie of an address


def test_a_person_is_switched_off_and_on_and_it_is_written_down(service: Served, beheer: httpx.Client) -> None:
    anna = someone(Role.BEOORDELAAR, name="anna")
    with service.client_of(anna) as hers:
        assert hers.get(LIST).status_code == 200
        assert beheer.post(f"/beheer/personen/{anna.id}/uit").status_code == 303
        assert hers.get(LIST).status_code == 303  # to the sign-in: the session is gone
        assert beheer.post(f"/beheer/personen/{anna.id}/aan").status_code == 303
        assert hers.get(LIST).status_code == 303
    assert beheer.post("/beheer/personen/nobody/uit").status_code == 404
    me = someone(Role.BEHEER)
    told = beheer.post(f"/beheer/personen/{me.id}/uit")
    assert told.status_code == 409 and "uzelf niet uitzetten" in told.text
    changes = [row for row in done(service) if row[0].startswith("persoon.")]
    assert changes == [("persoon.uit", anna.id, "gelukt"), ("persoon.aan", anna.id, "gelukt")]


def test_the_stop_switch_needs_a_reason_and_reaches_every_list(service: Served, beheer: httpx.Client) -> None:
    reason = "Te veel fouten in band A gevonden"
    assert beheer.post("/beheer/stop", data={"reden": "kort"}).status_code == 400
    with service.client(Role.BEOORDELAAR) as reader:
        assert "Het model is stopgezet" not in reader.get(LIST).text
        assert reader.post("/beheer/stop", data={"reden": reason}).status_code == 403
        assert beheer.post("/beheer/stop", data={"reden": reason}).status_code == 303
        assert reason in beheer.get("/beheer").text
        assert 'class="gestopt"' in reader.get(LIST).text
        assert beheer.post("/beheer/hervatten", data={"reden": "Oorzaak is opgelost"}).status_code == 303
        assert 'class="gestopt"' not in reader.get(LIST).text
    assert reason not in str(done(service))  # free text is in no log
