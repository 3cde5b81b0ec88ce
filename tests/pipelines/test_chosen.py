"""Which model ranks a delivery: champion, else challenger on trial, else none. Tampering stops the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from features.columns import Doel
from features.errors import Refusal
from models.document import to_json
from models.registry import CHAMPION
from pipelines.bench import bench
from pipelines.chosen import Chosen, chosen
from pipelines.manifest import manifest, run_name
from pipelines.promote import promote, rollback
from pipelines.settings import Settings
from tests.models.trained_made_up import table_model
from tests.pipelines.bench_made_up import challenger, document_of, landed

SPOOK = Doel.SPOOKBEWONING


def approve(settings: Settings) -> None:
    promote(SPOOK, settings, proposer="anna", approver="bert")


def test_with_neither_it_is_a_cold_start(settings: Settings) -> None:
    assert chosen(landed(), settings) == Chosen()


def test_a_challenger_is_a_trial_and_the_manifest_says_so(settings: Settings) -> None:
    one = challenger(settings)
    found = chosen(landed(), settings)
    assert (found.models[SPOOK].version, found.models[SPOOK].approved, found.trial) == (one.version, False, (SPOOK,))
    told = manifest(landed(), date(2026, 10, 1), "run", found, (), settings, {})["doelen"]
    assert (told["spookbewoning"]["goedgekeurd"], told["spookbewoning"]["versie"]) == (False, one.version)
    assert told["schijnbewoning"]["goedgekeurd"] is None and told["schijnbewoning"]["basis"] is None


def test_once_approved_it_is_another_publication_of_the_same_model(settings: Settings) -> None:
    challenger(settings)
    trial = chosen(landed(), settings)
    approve(settings)
    found = chosen(landed(), settings)
    assert found.models[SPOOK].approved and found.trial == ()
    day = date(2026, 10, 1)
    assert run_name(landed(), day, found, settings) != run_name(landed(), day, trial, settings)
    assert manifest(landed(), day, "run", found, (), settings, {})["doelen"]["spookbewoning"]["goedgekeurd"] is True


def test_the_champion_goes_before_a_newer_challenger(settings: Settings) -> None:
    first = challenger(settings)
    approve(settings)
    challenger(settings, 2.0)
    assert chosen(landed(), settings).models[SPOOK].version == first.version


def test_without_outcomes_it_is_a_cold_start_whatever_was_trained_before(settings: Settings) -> None:
    challenger(settings)
    approve(settings)
    assert chosen(landed(off=("onderzoeken",)), settings) == Chosen()


def test_a_target_without_a_ground_gets_no_model(settings: Settings) -> None:
    challenger(settings)
    delivery = landed()
    grants = tuple(replace(grant, doelen=(Doel.SCHIJNBEWONING,)) for grant in delivery.report.grants)
    assert chosen(replace(delivery, report=replace(delivery.report, grants=grants)), settings) == Chosen()


def test_a_model_of_other_gemeenten_is_set_aside_and_named(settings: Settings) -> None:
    challenger(settings, gemeenten=("0344", "0221"))
    approve(settings)
    found = chosen(landed(), settings)
    assert found.models == {}
    assert [one.english for one in found.aside[SPOOK]] == ["the champion is of other gemeenten (0344-0221)"]
    told = manifest(landed(), date(2026, 10, 1), "run", found, (), settings, {})["doelen"]["spookbewoning"]
    assert told["niet_gebruikt"] == ["Het model leerde van andere gemeenten"]


def test_a_champion_of_others_leaves_room_for_our_own_trial(settings: Settings) -> None:
    challenger(settings, gemeenten=("0344",))
    approve(settings)
    own = challenger(settings, 2.0)
    found = chosen(landed(), settings)
    assert (found.models[SPOOK].version, found.models[SPOOK].approved) == (own.version, False)
    assert len(found.aside[SPOOK]) == 1


@pytest.mark.parametrize("granted", [True, False])
def test_a_model_that_reads_what_is_not_here_is_set_aside(settings: Settings, granted: bool) -> None:
    """The BRP, which the made-up model reads, is off; or it is there but not granted for this target."""
    challenger(settings)
    approve(settings)
    delivery = landed(off=("brp",))
    if granted:
        grants = landed().report.grants
        other = tuple(replace(g, doelen=(Doel.SCHIJNBEWONING,)) if g.source == "brp" else g for g in grants)
        delivery = replace(landed(), report=replace(landed().report, grants=other))
    found = chosen(delivery, settings)
    assert found.models == {}
    assert "reads brp, which this delivery does not have" in found.aside[SPOOK][0].english


def test_a_model_of_another_register_is_set_aside(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    challenger(settings)
    approve(settings)
    monkeypatch.setattr("pipelines.chosen.register_version", lambda: "een andere")
    found = chosen(landed(), settings)
    assert found.models == {} and "een andere" in found.aside[SPOOK][0].english


def test_a_challenger_that_was_not_trained_here_is_set_aside(settings: Settings, tmp_path: Path) -> None:
    challenger(settings)
    (settings.werkmap / "goedkeuringen.db").rename(tmp_path / "weg")
    found = chosen(landed(), settings)
    assert found.models == {} and "not trained by this installation" in found.aside[SPOOK][0].english


# -- what was tampered with stops the run ----------------------------------------------------------------------------


def test_an_alias_moved_by_hand_is_refused(settings: Settings) -> None:
    challenger(settings)
    approve(settings)
    newer = challenger(settings, 2.0)
    bench(settings).registry.point(CHAMPION, newer.name, newer.version)
    with pytest.raises(Refusal, match="without an approval in force"):
        chosen(landed(), settings)


def test_a_version_that_was_rolled_back_is_refused_when_the_alias_is_moved_to_it_again(settings: Settings) -> None:
    challenger(settings)
    approve(settings)
    second = challenger(settings, 2.0)
    approve(settings)
    rollback(SPOOK, settings, by="carla")
    bench(settings).registry.point(CHAMPION, second.name, second.version)
    with pytest.raises(Refusal, match="without an approval in force"):
        chosen(landed(), settings)


@pytest.mark.parametrize("approved", [True, False])
def test_a_changed_document_is_refused(settings: Settings, approved: bool) -> None:
    one = challenger(settings)
    if approved:
        approve(settings)
    document_of(settings, one).write_text(to_json(table_model(SPOOK.value, 3.0)))
    with pytest.raises(Refusal, match="SHA-256"):
        chosen(landed(), settings)


def test_a_lost_record_of_approvals_leaves_nothing_approved(settings: Settings, tmp_path: Path) -> None:
    challenger(settings)
    approve(settings)
    (settings.werkmap / "goedkeuringen.db").rename(tmp_path / "weg")
    with pytest.raises(Refusal, match="two people approved here"):
        chosen(landed(), settings)
