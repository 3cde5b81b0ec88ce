"""The audit of a small gemeente: codes, groups of then, the report, its page, and a publication of somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel
from features.errors import Refusal
from models.fairness import CONFIRMED, PICKED, RANKED, VISITED
from models.fairness_bounds import FairnessBounds
from models.group_names import AGE, HOUSEHOLD, RURAL
from models.groups import NOBODY
from models.published_account import fairness_from_json
from pipelines import fairness
from pipelines.audit import PER_GEMEENTE, audit_book
from pipelines.landings import Landed
from pipelines.progress import Steps
from pipelines.ranked import published as read_publication
from pipelines.settings import Settings
from tests.pipelines.gemeente_made_up import AS_OF, HOMES, landed, published

QUIET = Steps(quiet=True)
BOUNDS = FairnessBounds(kleinste_groep=10, minste_uitkomsten=5)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landed:
    found = landed(tmp_path)
    monkeypatch.setattr("pipelines.fairness.land", lambda levering, settings, steps: found)
    return found


def _settings(tmp_path: Path) -> Settings:
    return Settings(werkmap=tmp_path, mlflow="", taken=1, zaad=1, key=b"k" * 32, eerlijkheid=BOUNDS)


def test_groups_are_those_of_the_day_that_is_asked_for(here: Landed) -> None:
    book = audit_book(here.landings, [AS_OF, date(2014, 1, 1)], 1, QUIET)
    address = np.array([5, 5, 110]) + 175 * PER_GEMEENTE
    days = pd.Series(pd.to_datetime(["2014-01-01", "2026-10-01", "2026-10-01"]))
    found = book.then(address, days)
    assert found[HOUSEHOLD].tolist() == [NOBODY, "een volwassene", NOBODY]
    assert found[AGE].tolist() == [NOBODY, "80 en ouder", NOBODY]  # born in 1945
    assert book.on(address, AS_OF)[RURAL].tolist() == ["bebouwde kom", "bebouwde kom", "buitengebied"]


def test_the_stages_of_a_gemeente_by_hand(here: Landed, tmp_path: Path) -> None:
    out = tmp_path / "verslag" / "eerlijk.html"
    _, report = fairness.run(tmp_path, published(tmp_path, 40), _settings(tmp_path), QUIET, out)
    assert report.doel == "schijnbewoning"
    (beside,) = tmp_path.rglob("verantwoording/eerlijkheid.json")  # for the page of account
    account = fairness_from_json(beside.read_text())
    assert (account.run_id, account.bounds) == (beside.parents[1].name, BOUNDS)
    assert [one.doel for one in account.reports] == ["spookbewoning", "schijnbewoning"]
    counts = {stage.name: (stage.n, stage.selected) for stage in report.stages}
    # eight picked, one of them visited by nobody; of the seven visited those with an even number were hits
    assert counts == {RANKED: (119, 40), PICKED: (119, 8), VISITED: (8, 7), CONFIRMED: (7, 4)}
    ranked = report.stage(RANKED)
    assert ranked is not None
    rural = next(grouping for grouping in ranked.groupings if grouping.name == RURAL)
    assert {figures.group: (figures.n, figures.selected) for figures in rural.groups} == {
        "bebouwde kom": (60, 40), "buitengebied": (59, 0),
    }  # fmt: skip
    page = out.read_text(encoding="utf-8")
    assert "Worden groepen gelijk behandeld?" in page
    assert "buitengebied" in page
    assert "0175010000" not in page


def test_without_a_publication_the_ranking_is_left_out(here: Landed, tmp_path: Path) -> None:
    reports = fairness.run(tmp_path, None, _settings(tmp_path), QUIET)
    assert [report.stage(RANKED) for report in reports] == [None, None]
    assert reports[1].stage(PICKED) is not None


def test_a_publication_of_another_delivery_is_refused(here: Landed, tmp_path: Path) -> None:
    place = published(tmp_path, 3)
    scores = pd.read_parquet(place / "run" / "scores.parquet")
    scores.loc[0, "adresseerbaarobject_identificatie"] = "0999010000000001"
    scores.to_parquet(place / "run" / "scores.parquet")
    with pytest.raises(Refusal, match="1 ranked addresses that are not in this delivery"):
        read_publication(here, place)


def test_a_publication_of_a_later_day_is_refused(here: Landed, tmp_path: Path) -> None:
    earlier = replace(here, report=replace(here.report, peildatum=date(2026, 9, 1)))
    with pytest.raises(Refusal, match="2026-10-01"):
        read_publication(earlier, published(tmp_path, 3))


def test_a_place_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="a folder"):
        fairness.run(tmp_path / "absent", None, _settings(tmp_path), QUIET, tmp_path)


def test_the_ranking_is_in_codes_of_this_delivery(here: Landed, tmp_path: Path) -> None:
    found = read_publication(here, published(tmp_path, 2))
    assert len(found.address) == HOMES - 1
    ahead = found.ahead[Doel.SPOOKBEWONING]
    assert ahead is not None
    assert sorted(found.address[ahead] % PER_GEMEENTE) == [0, 1]
