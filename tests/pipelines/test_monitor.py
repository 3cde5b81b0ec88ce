"""From publications, outcomes and a landing by hand to a report, a record in MLflow and the stop flag."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from mlflow import MlflowClient

from features.columns import Doel
from features.errors import Refusal
from features.table import FeatureTable
from models.drift import Level
from models.figures import Gate
from models.published_account import monitoring_to_json
from models.remembered import remember
from models.stop_rule import StopRule
from pipelines import monitor
from pipelines.followed import outcomes
from pipelines.landings import Landed
from pipelines.monitor import Monitored
from pipelines.progress import Steps
from pipelines.registering import register
from pipelines.served import served
from pipelines.settings import Settings
from pipelines.stop import lift
from pipelines.tables import kept
from tests.models.trained_made_up import trained
from tests.pipelines.bench_made_up import document_of
from tests.pipelines.gemeente_made_up import GRANTS, identificatie, landed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
AS_OF = date(2026, 10, 1)
START = date(2025, 10, 1)
SCHIJN = Doel.SCHIJNBEWONING


def publish(root: Path, run_id: str, peildatum: str, kans: list[float], **about: Any) -> Path:
    """The first homes with these chances, in band A from 0.5 and in E below; in use when written last."""
    folder = root / run_id
    folder.mkdir(parents=True)
    frame = pd.DataFrame(
        {
            "adresseerbaarobject_identificatie": [identificatie(at) for at in range(len(kans))],
            "kans": kans,
            "band": ["A" if one >= 0.5 else "E" for one in kans],
        }
    )
    pd.concat([frame.assign(doel=doel.value) for doel in Doel]).to_parquet(folder / "scores.parquet")
    manifest = {"run_id": run_id, "peildatum": peildatum, "gemaakt": f"{peildatum}T12:00:00+00:00", "doelen": about}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (root / "actueel").write_text(run_id + "\n")
    return folder


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text()))


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landed:
    """Ten investigations of schijnbewoning, begun 2026-02-10: even homes found; 0-7 by risk, 8 and 9 by lot."""
    made = landed(tmp_path / "gemeente")
    monkeypatch.setattr(monitor, "land", lambda *_: made)
    return made


def run(root: Path, settings: Settings, out: Path | None = None, **more: Any) -> Monitored:
    given = {"fairness": False, "now": NOON} | more
    return monitor.run(Path("levering"), root, None, out, settings, Steps(quiet=True), **given)


def test_the_publication_in_use_when_it_began_is_asked(tmp_path: Path, town: Landed) -> None:
    root = tmp_path / "pub"
    publish(root, "run-1", "2025-12-31", [0.1] * 10)
    publish(root, "run-2", "2026-02-09", [0.9] * 9)  # the tenth home is not in it
    publish(root, "run-3", "2026-02-10", [0.3] * 10)  # on the day itself: too late
    history = served(root)
    assert [one.run_id for one in history] == ["run-1", "run-2", "run-3"]
    found = outcomes(town.landings, history, SCHIJN, AS_OF, START)
    assert list(found.kans) == [0.9] * 9
    assert list(found.y) == [1.0, 0.0] * 4 + [1.0]
    assert list(found.aanleiding) == ["risico"] * 8 + ["steekproef"]
    assert set(found.band) == {"A"}
    assert len(outcomes(town.landings, history, SCHIJN, date(2026, 3, 31), START)) == 0  # not finished yet
    assert len(outcomes(town.landings, history, SCHIJN, AS_OF, date(2026, 2, 10))) == 0  # begun before it counts
    assert len(outcomes(town.landings, history, Doel.SPOOKBEWONING, AS_OF, START)) == 0  # of the other target
    assert len(outcomes(town.landings, history[2:], SCHIJN, AS_OF, START)) == 0


def test_of_two_publications_of_one_day_the_last_made_counts(tmp_path: Path) -> None:
    first = publish(tmp_path, "z-run", "2026-01-31", [0.1])
    second = publish(tmp_path, "a-run", "2026-01-31", [0.2])
    later = manifest(second) | {"gemaakt": "2026-02-01T00:00:00+00:00"}
    (second / "manifest.json").write_text(json.dumps(later))
    publish(tmp_path, "now", "2026-09-30", [0.3])
    assert [one.run_id for one in served(tmp_path)] == ["a-run", "now"]
    (first / "manifest.json").write_text("{")
    with pytest.raises(Refusal, match="take that folder away"):
        served(tmp_path)


def test_a_kept_promise_leaves_everything_as_it_is(tmp_path: Path, town: Landed, settings: Settings) -> None:
    folder = publish(tmp_path / "pub", "run-1", "2026-01-31", [0.5] * 10, schijnbewoning={"model": "boosted"})
    before = (folder / "manifest.json").read_bytes()
    done = run(tmp_path / "pub", settings, tmp_path / "verslag" / "bewaking.html")
    assert (done.report.stop, done.newly) == (False, False)
    assert (folder / "manifest.json").read_bytes() == before
    band = done.report.targets[0].bands[0]
    assert (band.n, band.found, band.promised) == (10, 5, 0.5)
    kept_there = (folder / "verantwoording" / "bewaking.json").read_text()
    assert kept_there == monitoring_to_json(done.report)  # beside the publication, for the page of account
    assert "Er is geen reden om te stoppen" in (tmp_path / "verslag" / "bewaking.html").read_text()
    logged = MlflowClient(tracking_uri=settings.mlflow).get_run(done.mlflow_run)
    assert logged.data.metrics["schijnbewoning_band_A_raak"] == 0.5
    assert logged.data.metrics["stop"] == 0.0
    assert logged.data.tags["publicatie"] == "run-1"


def test_the_rule_fires_sets_the_flag_and_a_person_lifts_it(tmp_path: Path, town: Landed, settings: Settings) -> None:
    root = tmp_path / "pub"
    # 5 of 10: upper bound 78%, under 95% of the promised 95%
    folder = publish(root, "run-1", "2026-01-31", [0.95] * 10, schijnbewoning={"model": "boosted"})
    strict = replace(settings, bewaking=StopRule(minstens=5, belofte_deel=0.95))
    done = run(root, strict)
    assert done.newly and done.report.stop
    flag = manifest(folder)["stop"]
    assert flag["sinds"] == "2026-11-20T12:00:00+00:00"
    assert flag["reden"] == list(done.report.reasons) and "band A was 50% raak" in flag["reden"][0]
    again = run(root, strict)
    assert (again.newly, again.report.stopped_since) == (False, flag["sinds"])
    assert manifest(folder)["stop"] == flag
    lift(root, "A. Bakker", "een bestand ontbrak; hersteld", datetime(2026, 2, 11, tzinfo=UTC))
    after = run(root, strict)  # the same outcomes, begun before the lift
    assert not after.report.stop and "stop" not in manifest(folder)
    assert after.report.targets[0].bands[0].n == 0


def test_a_store_that_is_down_keeps_nothing_from_stopping(tmp_path: Path, town: Landed, settings: Settings) -> None:
    root = tmp_path / "pub"
    folder = publish(root, "run-1", "2026-01-31", [0.95] * 10, schijnbewoning={"model": "boosted"})
    down = replace(
        settings, mlflow=f"sqlite:///{tmp_path / 'none' / 'x.db'}", bewaking=StopRule(minstens=5, belofte_deel=0.95)
    )
    (tmp_path / "none").write_text("a file where a folder belongs")
    with pytest.raises(Refusal, match="MLflow"):
        run(root, down)
    assert manifest(folder)["stop"]["reden"]


def test_disparity_beyond_noise_stops_too(
    tmp_path: Path, town: Landed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = publish(tmp_path / "pub", "run-1", "2026-01-31", [0.5] * 10, schijnbewoning={"model": "boosted"})
    gate = Gate(name="verschil tussen groepen", passed=False, found="huurders 2 keer zo vaak", expected="0,8 tot 1,25")
    monkeypatch.setattr(monitor, "disparity", lambda *_: (gate,))
    assert run(tmp_path / "pub", settings, fairness=True).report.stop
    assert "huurders" in manifest(folder)["stop"]["reden"][0]


def test_disparity_that_cannot_be_measured_keeps_nothing_from_stopping(
    tmp_path: Path, town: Landed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = publish(tmp_path / "pub", "run-1", "2026-01-31", [0.95] * 10, schijnbewoning={"model": "boosted"})

    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(monitor, "disparity", broken)
    strict = replace(settings, bewaking=StopRule(minstens=5, belofte_deel=0.95))
    with pytest.raises(RuntimeError):
        run(tmp_path / "pub", strict, fairness=True)
    assert manifest(folder)["stop"]["reden"]


def remembered(town: Landed, settings: Settings) -> tuple[dict[str, Any], FeatureTable]:
    """A model registered with its memory of this very town, as a manifest speaks of it."""
    table = kept(town.landings[0], AS_OF)
    target = remember(trained("spookbewoning"), table.frame, GRANTS)
    one = register([target], town, settings)[0]
    about = {"model": "boosted", "mlflow_run": one.run_id, "digest": f"sha256:{one.sha256}", "versie": one.version}
    return about, table


def test_drift_is_measured_against_what_the_model_remembers(
    tmp_path: Path, town: Landed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    about, table = remembered(town, settings)
    publish(tmp_path / "pub", "run-1", "2026-01-31", [0.5] * 10, spookbewoning=about)
    found = run(tmp_path / "pub", settings).report.targets[0].drift
    assert found is not None and found.now == found.then == len(table.frame)
    assert {one.level for one in found.features} == {Level.GROEN}
    gone = replace(table, frame=table.frame.assign(**{name: float("nan") for name in table.frame.columns}))
    monkeypatch.setattr(monitor, "kept", lambda *_: gone)
    lost = run(tmp_path / "pub", settings).report.targets[0].drift
    assert lost is not None and {one.level for one in lost.features} == {Level.ROOD}


def test_a_model_that_was_changed_since_is_not_accounted_for(tmp_path: Path, town: Landed, settings: Settings) -> None:
    about, _ = remembered(town, settings)
    publish(tmp_path / "pub", "run-1", "2026-01-31", [0.5] * 10, spookbewoning=about | {"digest": "sha256:" + "0" * 64})
    with pytest.raises(Refusal, match="cannot be accounted for"):
        run(tmp_path / "pub", settings)


def test_a_model_without_a_memory_has_no_drift(tmp_path: Path, town: Landed, settings: Settings) -> None:
    one = register([trained("spookbewoning")], town, settings)[0]
    about = {"model": "boosted", "mlflow_run": one.run_id, "digest": f"sha256:{one.sha256}"}
    publish(tmp_path / "pub", "run-1", "2026-01-31", [0.5] * 10, spookbewoning=about)
    assert run(tmp_path / "pub", settings).report.targets[0].drift is None
    assert document_of(settings, one).exists()


def test_nothing_published_is_refused_before_anything_is_read(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(Refusal, match="no publication"):
        run(tmp_path, settings)
