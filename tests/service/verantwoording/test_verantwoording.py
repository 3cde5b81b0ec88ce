"""What anybody who is signed in can check: the model itself, how good, for whom less, and what was not measured."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from features.register import FEATURES
from models.published_account import fairness_from_json, fairness_to_json, monitoring_from_json, monitoring_to_json
from service.people import Role
from tests.models.accountability.facts_made_up import made_up
from tests.models.accountability.test_monitoring_page import Data, told
from tests.service.publication import write_publication
from tests.service.serving import Served, serving
from tests.service.verantwoording.made_up import account, fairness

RUN = "20261001-0001"
STORY, CARD = "/verantwoording?doel=spookbewoning", "/v1/modelkaarten/spookbewoning"
NOT_MEASURED = "Nog niet gemeten."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("verantwoording")
    write_publication(folder, RUN, n=40)
    account(folder / RUN)
    with serving(folder) as running:
        yield running


@pytest.mark.parametrize("role", list(Role))
def test_whoever_is_signed_in_may_read_it_and_nobody_else(desk: Served, role: Role) -> None:
    with desk.client(role) as client:
        assert [client.get(path).status_code for path in (STORY, CARD, "/v1/kenmerken")] == [200] * 3
    with desk.client() as nobody:
        assert [nobody.get(path).status_code for path in (STORY, CARD)] == [303, 401]


def test_the_story_shows_the_figures_of_the_registry_under_their_names(desk: Served) -> None:
    with desk.client(Role.AUDITOR) as client:
        page = client.get(STORY).text
    numbers = Data(page).values
    assert len(numbers) > 40 and numbers.items() <= dict(made_up().numbers).items()
    assert "Twee mensen hebben dit model goedgekeurd, op 2 oktober 2026." in page
    assert "Gemeente Oosterveen" in page and "buurt &lt;Noord&gt;" not in page
    # 60 x (1 - 0.40) = 36 of the first 60 are not right: the page says where it is wrong, not only how good it is
    assert "Van de eerste 60 adressen zijn er naar verwachting 36 niet raak." in page
    assert "een volwassene” is te vaak gekozen." in page and "3,60" in page
    assert NOT_MEASURED not in page


def test_the_whole_model_is_on_the_page_cell_by_cell(desk: Served) -> None:
    with desk.client(Role.DATATEAM) as client:
        page, card = client.get("/verantwoording/model/spookbewoning").text, client.get(CARD).json()
    terms = {term.name: term for term in made_up().model.terms}
    tables = {table["naam"]: table for table in card["tabellen"]}
    assert set(tables) == set(terms)
    (single,) = (term for term in terms.values() if len(term.features) == 1)
    # Known cells alone: what is unknown to the register cannot be met in a table of features.
    assert [row[0] for row in tables[single.name]["punten"]] == single.scores[:-1].tolist()
    assert tables[single.name]["assen"][0]["richting"] == dict(made_up().model.directions)[single.features[0]]
    (both,) = (term for term in terms.values() if len(term.features) == 2)
    assert tables[both.name]["punten"] == both.scores[:-1, :-1].tolist()
    assert page.count('role="img"') == len(terms)
    assert "−2,00 punten" in page  # the base
    assert not re.search(r'\sstyle="', page)


def test_what_was_not_measured_is_told(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    write_publication(tmp_path, RUN, n=20)
    bare = client_of(tmp_path)
    page, card = bare.get(STORY).text, bare.get(CARD).json()
    assert page.count(NOT_MEASURED) == 4  # how good, where wrong, for whom, what changed
    assert (card["tabellen"], card["cijfers"], card["gelijkeBehandeling"], card["bewaking"]) == ([], {}, None, None)
    assert bare.get("/verantwoording/model/spookbewoning").status_code == 404
    account(tmp_path / RUN, approved=False)
    assert "Proef." in bare.get(STORY).text  # a report that comes later is seen without a restart


def test_a_model_that_is_not_the_one_of_the_list_is_not_shown(
    client_of: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    write_publication(tmp_path, RUN, n=20)
    account(tmp_path / RUN)
    file = tmp_path / RUN / "verantwoording" / "spookbewoning" / "model.json"
    file.write_text(file.read_text().replace('"basis": -2.0', '"basis": -3.0'))
    (file.parents[1] / "bewaking.json").write_text('{"schema": "schijnwerper/bewaking/1"}')
    client = client_of(tmp_path)
    card = client.get(CARD).json()
    assert card["tabellen"] == [] and card["bewaking"] is None
    assert card["nietGetoond"] == ["spookbewoning/model.json", "bewaking.json"]
    assert "Niet alles is te zien." in client.get(STORY).text


def test_the_register_shows_every_feature_with_five_tests(desk: Served) -> None:
    with desk.client(Role.VELD) as client:
        page, told_ = client.get("/verantwoording/kenmerken").text, client.get("/v1/kenmerken").json()
    assert [feature["naam"] for feature in told_["kenmerken"]] == [feature.name for feature in FEATURES]
    assert all(len(feature["toetsen"]) == 5 for feature in told_["kenmerken"])
    assert all(f'id="k-{feature.name}"' in page for feature in FEATURES)


def test_a_stop_and_the_stops_before_it_are_told(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    write_publication(tmp_path, RUN, n=20)
    account(tmp_path / RUN)
    file = tmp_path / RUN / "manifest.json"
    before = {
        "sinds": "2026-10-03T08:00:00+00:00", "reden": ["Band A valt tegen."], "door": "B. de Wit",
        "opgeheven": "2026-10-09T08:00:00+00:00", "motivering": "Fout in de levering.",
    }  # fmt: skip
    now = {"sinds": "2026-10-20T08:00:00+00:00", "reden": ["De kans klopt niet meer."]}
    file.write_text(json.dumps(json.loads(file.read_text()) | {"stop": now, "stop_geschiedenis": [before]}))
    client = client_of(tmp_path)
    page, card = client.get(STORY).text, client.get(CARD).json()
    assert "Het model is stopgezet sinds 20 oktober 2026." in page
    assert "Van 3 oktober 2026 tot 9 oktober 2026." in page and "B. de Wit" not in page
    assert card["stop"]["reden"] == ["De kans klopt niet meer."]


def test_reports_come_back_as_they_were_written() -> None:
    report, account_ = told(), fairness(RUN)
    assert monitoring_to_json(monitoring_from_json(monitoring_to_json(report))) == monitoring_to_json(report)
    assert fairness_to_json(fairness_from_json(fairness_to_json(account_))) == fairness_to_json(account_)
