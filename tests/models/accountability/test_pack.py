"""A number in any document of the pack is the registry's own; nothing is typed twice, and nothing is fetched."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mlflow import MlflowClient

from features.register import FEATURES
from models.accountability.algorithm_register import from_json
from models.accountability.facts import Facts, Headline
from models.accountability.organisation import Organisation
from models.accountability.pack import documents
from models.registry import Registered, Registry
from models.registry_monitor import kept
from models.registry_pyfunc import DOCUMENT
from models.wording import dutch_number
from tests.models.accountability.facts_made_up import ANSWERS, made_up
from tests.models.backtest_made_up import backtest
from tests.models.trained_made_up import ORIGIN, trained

DOEL = "spookbewoning"
NAMES = {
    "algoritmeregister.json", "modelkaart.html", "kenmerken.html", "kenmerken.csv", "dpia.html", "iama.html",
    "brief.html", "brief.txt", "index.html",
}  # fmt: skip


class Figures(HTMLParser):
    """Every <data> with its name, its value and what a reader sees; and every tag's attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, float, str]] = []
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self._open: tuple[str, float] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.fetched += [str(value) for name, value in attrs if name in ("src", "href", "action") and value]
        if tag == "data":
            self._open = (str(given["data-cijfer"]), float(str(given["value"])))

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.found.append((*self._open, data))
            self._open = None


@pytest.fixture(scope="module")
def pack() -> dict[str, str]:
    return {name: content.decode() for name, content in documents(made_up())}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("mlflow")
    return Registry(f"sqlite:///{folder / 'mlflow.db'}", folder / "artefacten")


@pytest.fixture(scope="module")
def logged(registry: Registry) -> Registered:
    return registry.log([trained(DOEL, backtest=backtest(DOEL))], ORIGIN)[0]


def shown(text: str) -> float:
    """What a reader reads, as a number."""
    return float(text.replace(".", "").replace(",", ".").replace("−", "-").replace("%", ""))


def test_every_document_is_made(pack: dict[str, str]) -> None:
    assert set(pack) == NAMES
    assert dict(documents(made_up())) == {name: text.encode() for name, text in pack.items()}  # same facts, same bytes


def test_every_number_equals_that_of_the_registry(registry: Registry, logged: Registered) -> None:
    """The whole way round: train, log, read back from MLflow, make the pack; then every number against MLflow."""
    stored = [kept(registry.store, logged.run_id, file) for file in (DOCUMENT, "feiten.json", "cijfers.json")]
    model, run, figures = (content.decode() for content in stored if content is not None)
    facts = Facts.stored(model, run, figures, register=FEATURES, organisation=ANSWERS)
    client = MlflowClient(tracking_uri=registry.store)
    experiment = client.get_run(logged.run_id).info.experiment_id
    known = dict(client.get_run(logged.run_id).data.metrics)
    for child in client.search_runs([experiment], f"tags.`mlflow.parentRunId` = '{logged.run_id}'"):
        place = f"deel/{child.data.params['soort']}/{child.data.params['deel']}"
        counted = {name: float(child.data.params[name]) for name in ("leer_labels", "leer_positieven")}
        known |= {f"{place}/{name}": value for name, value in {**child.data.metrics, **counted}.items()}
    points = {value for one in json.loads(figures)["reliability"]["bins"] for value in one.values()}
    told = 0
    for name, content in documents(facts):
        if not name.endswith(".html"):
            continue
        for figure, value, text in Figures(content.decode()).found:
            if figure == "kenmerken":
                assert value == len(facts.model.features)
            elif figure.startswith("ijking/"):  # the points of the picture: in cijfers.json, not among the metrics
                assert value in points, (name, figure)
            else:
                assert value == known[figure], (name, figure)
            decimals = len(text.partition(",")[2].rstrip("%"))
            assert shown(text) == pytest.approx(
                value * (100 if text.endswith("%") else 1), abs=0.5000001 * 10**-decimals
            ), (name, figure, text)
            told += 1
    assert told > 100


def test_the_points_of_the_calibration_are_those_of_the_figures(pack: dict[str, str]) -> None:
    found = {name: value for name, value, _ in Figures(pack["modelkaart.html"]).found if name.startswith("ijking/")}
    bins = backtest().reliability.bins  # type: ignore[union-attr]
    assert [found[f"ijking/{i}/kans"] for i in range(3)] == [one.kans for one in bins]
    assert [found[f"ijking/{i}/n"] for i in range(3)] == [one.n for one in bins]
    assert "ijking/2/laag" not in found  # not known: not shown


def test_every_number_in_the_register_entry_is_a_rounding_of_the_registry(pack: dict[str, str]) -> None:
    entry, numbers = json.loads(pack["algoritmeregister.json"]), made_up().numbers
    for field, percents in (("technische_werking", True), ("gegevens", False)):
        text = entry[field].replace(made_up().run.sha256, "").replace("2026-10-01", "")
        found = re.findall(r"\d+%" if percents else r"\b\d[\d.]*\b(?!%)", text)
        allowed = {f"{dutch_number(100 * v, 0)}%" if percents else dutch_number(v, 0) for v in numbers.values()}
        assert found
        assert set(found) - {"90%"} <= allowed, field
    assert "40%" in entry["technische_werking"] and "30% tot 50%" in entry["technische_werking"]
    assert from_json(pack["algoritmeregister.json"]).naam == "Schijnwerper: spookbewoning"


def test_a_changed_figure_changes_every_document_that_shows_it() -> None:
    """So no number is a fixed text: without a backtest the old value is gone everywhere."""
    before, after = dict(documents(made_up())), dict(documents(made_up(tested=False)))
    for name, content in after.items():
        assert "later_precisie_bij_60" not in content.decode(), name
    assert "later_precisie_bij_60" in before["modelkaart.html"].decode()
    assert "te weinig latere onderzoeken" in after["modelkaart.html"].decode()
    assert "te weinig latere onderzoeken" in json.loads(after["algoritmeregister.json"])["technische_werking"]


def test_pages_fetch_nothing_and_run_nothing(pack: dict[str, str]) -> None:
    for name, html in pack.items():
        if name.endswith(".html"):
            found = Figures(html)
            assert "script" not in found.tags and "img" not in found.tags, name
            assert all(target.startswith("#") or target in NAMES for target in found.fetched), name
            assert 'lang="nl"' in html and "default-src 'none'" in html
            assert found.tags.count("h1") == 1 and found.tags.count("main") == 1


def test_the_letter_speaks_of_what_the_model_reads_and_of_nothing_else(pack: dict[str, str]) -> None:
    text = pack["brief.txt"]
    assert "- hoeveel mensen er ingeschreven staan" in text  # the made-up model reads the BRP
    assert "stroom" not in text
    assert "beslist altijd een mens" in text and ANSWERS.bezwaar in text and "leeftijd" in text
    assert not re.search(r"\d", text.replace(ANSWERS.inzage, "").replace(ANSWERS.bezwaar, ""))


def test_what_is_not_known_is_said(pack: dict[str, str]) -> None:
    for sheet in ("dpia.html", "iama.html"):
        assert "Niet gehaald: steekproef groot genoeg (4 gevonden; voorwaarde: minstens 5)." in pack[sheet]
        assert "De bewaartermijn van: Energieverbruik" in pack[sheet]
    open_ones = dict(documents(made_up(organisation=Organisation())))
    assert "Nog in te vullen in de instellingen: naam." in open_ones["dpia.html"].decode()
    assert "vulin" in open_ones["modelkaart.html"].decode()
    assert 'class="vulin"' not in pack["modelkaart.html"]


def test_the_features_carry_their_papers(pack: dict[str, str]) -> None:
    facts = made_up()
    rows = pack["kenmerken.csv"].splitlines()
    assert len(rows) == 1 + len(facts.model.features)
    for feature in facts.features:
        assert feature.papers.proxy.evidence.split("`")[1] in pack["kenmerken.html"]
        assert f'id="{feature.name}"' in pack["kenmerken.html"]
    assert rows[0].startswith("naam;label;groep;bronnen")


def test_the_shapes_are_the_models_own_cells(pack: dict[str, str]) -> None:
    facts = made_up()
    values = facts.model.terms[0].scores[:-1]
    for value in values:
        sign = "+" if value > 0 else "−"
        assert f": {sign}{dutch_number(abs(float(value)), 2)}" in pack["modelkaart.html"]


def test_nothing_that_a_gemeente_types_becomes_markup() -> None:
    nasty = Organisation(naam='<script>alert("x")</script>', bezwaar="vul in: <b>")
    for name, content in documents(made_up(organisation=nasty)):
        if name.endswith(".html"):
            assert "<script>" not in content.decode() and "<b>" not in content.decode()


def test_the_pack_goes_with_the_run(registry: Registry, logged: Registered) -> None:
    folder = Path(registry.artifacts) / logged.run_id / "artifacts" / "verantwoording"
    assert {path.name for path in folder.iterdir()} == NAMES


def test_the_headline_is_about_few_of_many() -> None:
    """The first 60 of 64 outcomes are nearly all of them: such a figure says nothing of a ranking."""

    def tested(n: int, positives: int) -> Facts:
        facts = made_up()
        assert facts.backtest is not None
        pooled = tuple(replace(one, n=n, positives=positives) for one in facts.backtest.pooled)
        return replace(facts, backtest=replace(facts.backtest, pooled=pooled))

    assert [(tested(n, 20).headline or Headline(naam="", k=0)).k for n in (180, 179, 24, 23)] == [60, 8, 8, 4]
    assert made_up(tested=False).headline is None
    assert "grote voorzichtigheid" in dict(documents(tested(180, 9)))["modelkaart.html"].decode()
    assert "grote voorzichtigheid" not in dict(documents(tested(180, 10)))["modelkaart.html"].decode()
    entry = json.loads(dict(documents(tested(180, 9)))["algoritmeregister.json"])
    assert "weinig gevonden" in entry["technische_werking"]
