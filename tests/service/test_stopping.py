"""The stop switch in the store: takes hold at the next request, on both databases, and is lifted again."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.columns import Doel
from service import stopping
from service.db.database import Database
from service.faults import Conflict
from service.logs.entry import Entry, Trace
from service.people import Role
from service.publication import Publication
from service.ranking import page
from service.records import Filters, Ranked
from service.settings import Settings
from service.signin import sessions
from service.store import Publications
from tests.service.publication import write_publication
from tests.service.serving import GEMEENTE, KEY, serving, someone

BEA = someone(Role.BEHEER)
WHY = "De kansen kloppen niet met wat wij vinden."


@pytest.fixture
def bea(database: Database) -> Database:
    """The store, with Bea known to it."""
    with database.unit(BEA, Trace()) as unit:
        sessions.begin(unit.connection, BEA, unit.now)
        unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    return database


def first(publication: Publication) -> Ranked:
    return page(publication, Doel.SPOOKBEWONING, Filters(rechten=frozenset({GEMEENTE})), limit=1).rijen[0]


def test_it_masks_the_publication_in_use_and_gives_it_back(bea: Database, tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=10)
    write_publication(tmp_path, "run-0", n=10, current=False)
    store = Publications(Settings(publicaties=tmp_path, sleutel=KEY), switch=stopping.switch_of(bea))
    assert not store.current().gestopt
    assert first(store.run("run-0")).redenen
    with bea.unit(BEA, Trace()) as unit:
        stopping.stop(unit, WHY)
    stopped = store.current()
    assert stopped.gestopt and stopped.manifest.stop is not None and stopped.manifest.stop.redenen == (WHY,)
    assert first(stopped).redenen == () and first(stopped).stand is None
    (tmp_path / "actueel").write_text("run-9")  # a pointer to nothing: the last good one, and masked as well
    assert store.current().gestopt
    with bea.unit(BEA, Trace()) as unit:
        stopping.lift(unit, "Uitgezocht en opgelost.")
    assert not store.current().gestopt
    assert first(store.current()).redenen


def test_twice_is_told(bea: Database) -> None:
    with bea.unit(BEA, Trace()) as unit:
        stopping.stop(unit, WHY)
    with pytest.raises(Conflict, match="al stopgezet"), bea.unit(BEA, Trace()) as unit:
        stopping.stop(unit, WHY)
    with bea.unit(BEA, Trace()) as unit:
        stopping.lift(unit, WHY)
    with pytest.raises(Conflict, match="niet stopgezet"), bea.unit(BEA, Trace()) as unit:
        stopping.lift(unit, WHY)


def test_by_the_api_and_of_elsewhere_there_is_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "publicaties"
    write_publication(folder, n=10)
    with serving(folder) as served, served.client(Role.BEHEER) as bea, served.client(Role.BEOORDELAAR) as anna:
        lists = "/v1/ranglijsten/spookbewoning/adressen"
        id = anna.get(lists).json()["rijen"][0]["adres"]["id"]
        assert bea.post("/v1/stop", json={"reden": WHY}).json()["stop"]["reden"] == [WHY]
        assert anna.get(lists).json()["rijen"][0]["stand"] is None
        assert anna.get(f"/v1/adressen/{id}").json()["doelen"] == []
        assert bea.post("/v1/stop/_opheffen", json={"reden": WHY}).json() == {"stop": None}
        assert anna.get(lists).json()["rijen"][0]["stand"] is not None
        with served.client(Role.BEOORDELAAR, name="ver", gemeenten=frozenset({"0999"})) as far:
            assert far.get(lists).json()["totaal"] == 0
            assert far.get(f"/v1/adressen/{id}").status_code == 404
            assert far.get(f"/adressen/{id}").status_code == 404
            assert far.get(f"{lists}?gemeente=0175").status_code == 404
            assert far.get("/kaart/raster").json()["cellen"] == []
