"""Two people give outcomes out over the pages: asked by one, agreed to by the other, made once by the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.people import Role
from tests.service.publication import Written
from tests.service.serving import GEMEENTE, Served, serving, someone

CARLA = someone(Role.GOEDKEURDER, name="carla")
CEM = someone(Role.GOEDKEURDER, name="cem")
REASON = "Maandlevering aan het datateam"


@pytest.fixture(scope="module")
def desk(publicaties: Path, written: Written) -> Iterator[Served]:
    with serving(publicaties) as running:
        yield running


def test_from_the_question_to_the_file(desk: Served) -> None:
    with desk.client_of(CARLA) as carla, desk.client_of(CEM) as cem:
        wrong = carla.post("/uitleveringen", data={"reden": "te kort", "gemeenten": GEMEENTE})
        assert wrong.status_code == 400 and "te kort" in wrong.text and "10 tot 1.000" in wrong.text
        assert carla.post("/uitleveringen", data={"reden": REASON}).status_code == 400  # of no gemeente
        assert carla.post("/uitleveringen", data={"reden": REASON, "gemeenten": GEMEENTE}).status_code == 303
        assert "wacht op een tweede persoon" in carla.get("/uitleveringen").text
        offered = cem.get("/uitleveringen").text
        assert REASON in offered and "Gevraagd door Carla" in offered
        (id,) = set(re.findall(r"/uitleveringen/([0-9a-f]{32})/besluit", offered))
        assert carla.post(f"/uitleveringen/{id}/besluit", data={"akkoord": "true"}).status_code == 409
        assert carla.post(f"/uitleveringen/{id}/bestand").status_code == 409  # nobody agreed yet
        assert cem.post(f"/uitleveringen/{id}/besluit", data={"akkoord": "true"}).status_code == 303
        assert f"--verzoek {id}" in carla.get("/uitleveringen").text
        assert cem.post(f"/uitleveringen/{id}/bestand").status_code == 404  # for who asked alone
        made = carla.post(f"/uitleveringen/{id}/bestand")
        assert made.headers["Content-Disposition"] == 'attachment; filename="onderzoeken.csv"'
        assert made.text.startswith("onderzoek_id;adresseerbaarobject_identificatie;doel;")
        assert carla.post(f"/uitleveringen/{id}/bestand").status_code == 409  # once
        assert "bestand gemaakt" in carla.get("/uitleveringen").text
