"""Two people, gates passed, our own record first and the alias last; one command back."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from features.columns import Doel
from features.errors import Refusal
from models.document import to_json
from models.registry import CHALLENGER, CHAMPION, Registry
from pipelines.approvals import Approvals, What
from pipelines.bench import bench
from pipelines.overview import overview
from pipelines.promote import promote, rollback
from pipelines.settings import Settings
from tests.models.trained_made_up import table_model
from tests.pipelines.bench_made_up import FAILED, challenger, document_of

SPOOK = Doel.SPOOKBEWONING


def champion(settings: Settings) -> str:
    found = bench(settings).registry.at(SPOOK.value, CHAMPION)
    return found.version if found else ""


def rows(settings: Settings) -> list[tuple[str, str, str]]:
    return [(e.what.value, e.person, e.version) for e in bench(settings).approvals.events() if e.what != What.TRAINED]


def test_training_makes_a_challenger_and_touches_no_champion(settings: Settings) -> None:
    one = challenger(settings)
    own = bench(settings)
    at = own.registry.at(SPOOK.value, CHALLENGER)
    assert at is not None and at.version == one.version and champion(settings) == ""
    event = own.approvals.events()[0]
    assert (event.what, event.sha256, event.scope, event.version) == (What.TRAINED, one.sha256, "0175", one.version)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    newer = challenger(settings, 2.0)
    assert champion(settings) == one.version != newer.version


def test_one_proposes_and_another_approves(settings: Settings) -> None:
    one = challenger(settings)
    waiting = promote(SPOOK, settings, proposer="anna")
    assert (waiting.proposer, waiting.approver, waiting.champion, champion(settings)) == ("anna", "", "", "")
    done = promote(SPOOK, settings, approver="bert")
    assert (done.proposer, done.approver, done.champion, done.sha256) == ("anna", "bert", one.version, one.sha256)
    assert champion(settings) == one.version
    assert rows(settings) == [("voorgesteld", "anna", one.version), ("goedgekeurd", "bert", one.version)]


def test_both_at_once(settings: Settings) -> None:
    one = challenger(settings)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    assert champion(settings) == one.version


@pytest.mark.parametrize(("proposer", "approver"), [("anna", "anna"), ("anna", " ANNA"), ("Anna B", "annab")])
def test_one_person_twice_is_refused(settings: Settings, proposer: str, approver: str) -> None:
    challenger(settings)
    with pytest.raises(Refusal, match="two different people"):
        promote(SPOOK, settings, proposer=proposer, approver=approver)
    assert rows(settings) == []
    promote(SPOOK, settings, proposer=proposer)
    with pytest.raises(Refusal, match="two different people"):
        promote(SPOOK, settings, approver=approver)
    assert champion(settings) == "" and len(rows(settings)) == 1


def test_nobody_and_an_approver_alone_are_refused(settings: Settings) -> None:
    challenger(settings)
    with pytest.raises(Refusal, match="a person"):
        promote(SPOOK, settings, proposer="  ")
    with pytest.raises(Refusal, match="bert alone"):
        promote(SPOOK, settings, approver="bert")
    assert champion(settings) == "" and rows(settings) == []


def test_a_proposal_does_not_carry_over_to_another_version(settings: Settings) -> None:
    challenger(settings)
    promote(SPOOK, settings, proposer="anna")
    challenger(settings, 2.0)
    with pytest.raises(Refusal, match="bert alone"):
        promote(SPOOK, settings, approver="bert")


def test_gates_that_were_not_passed_are_named(settings: Settings) -> None:
    challenger(settings, gates=FAILED)
    with pytest.raises(Refusal, match="steekproef: 4 gevonden; expected steekproef: minstens 5"):
        promote(SPOOK, settings, proposer="anna", approver="bert")
    assert champion(settings) == "" and rows(settings) == []


@pytest.mark.parametrize("gates", [None, ()])
def test_what_was_not_evaluated_is_refused(settings: Settings, gates: tuple[()] | None) -> None:
    challenger(settings, gates=gates)
    with pytest.raises(Refusal, match="not evaluated"):
        promote(SPOOK, settings, proposer="anna", approver="bert")


def test_a_named_version_and_one_that_is_not_there(settings: Settings) -> None:
    first = challenger(settings)
    challenger(settings, 2.0)
    promote(SPOOK, settings, proposer="anna", approver="bert", version=first.version)
    assert champion(settings) == first.version
    with pytest.raises(Refusal, match="no version 99"):
        promote(SPOOK, settings, proposer="anna", version="99")


def test_without_any_model_it_says_to_train(settings: Settings) -> None:
    with pytest.raises(Refusal, match="no challenger"):
        promote(SPOOK, settings, proposer="anna")


def test_a_version_that_was_not_trained_here_is_refused(settings: Settings, tmp_path: Path) -> None:
    challenger(settings)
    (settings.werkmap / "goedkeuringen.db").rename(tmp_path / "weg")
    with pytest.raises(Refusal, match="own record does not know"):
        promote(SPOOK, settings, proposer="anna", approver="bert")


def test_a_document_that_was_changed_since_training_is_refused(settings: Settings) -> None:
    one = challenger(settings)
    document_of(settings, one).write_text(to_json(table_model(SPOOK.value, 3.0)))
    with pytest.raises(Refusal, match="SHA-256"):
        promote(SPOOK, settings, proposer="anna", approver="bert")
    assert rows(settings) == []


def test_a_table_of_another_register_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    challenger(settings)
    monkeypatch.setattr("pipelines.promote.register_version", lambda: "een andere")
    with pytest.raises(Refusal, match="register een andere"):
        promote(SPOOK, settings, proposer="anna", approver="bert")


# -- back ------------------------------------------------------------------------------------------------------------


def test_rollback_returns_to_the_champion_before(settings: Settings) -> None:
    first = challenger(settings)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    second = challenger(settings, 2.0)
    promote(SPOOK, settings, proposer="bert", approver="anna")
    done = rollback(SPOOK, settings, by="carla")
    assert (done.version, done.approver, champion(settings)) == (first.version, "bert", first.version)
    assert rows(settings)[-1] == ("teruggedraaid", "carla", second.version)
    with pytest.raises(Refusal, match="earlier one"):
        rollback(SPOOK, settings, by="carla")
    assert champion(settings) == first.version
    with pytest.raises(Refusal, match="bert alone"):
        promote(SPOOK, settings, approver="bert")  # the version that was rolled back needs two people again


def test_rollback_without_a_champion_is_refused(settings: Settings) -> None:
    challenger(settings)
    with pytest.raises(Refusal, match="earlier one"):
        rollback(SPOOK, settings, by="anna")


def test_an_older_version_can_be_promoted_again_by_two_people_alone(settings: Settings) -> None:
    first = challenger(settings)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    challenger(settings, 2.0)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    with pytest.raises(Refusal, match="bert alone"):
        promote(SPOOK, settings, approver="bert", version=first.version)
    promote(SPOOK, settings, proposer="anna", approver="bert", version=first.version)
    assert champion(settings) == first.version


# -- interrupted -----------------------------------------------------------------------------------------------------


def broken(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("at", "recorded"),
    [
        ((Registry, "load"), 0),  # while it is checked
        ((Approvals, "append"), 0),  # before anything is recorded
        ((Registry, "point"), 2),  # recorded, the alias not yet moved
    ],
)
def test_an_interrupted_promotion_leaves_the_champion_and_can_be_done_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, at: tuple[type, str], recorded: int
) -> None:
    first = challenger(settings)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    second = challenger(settings, 2.0)
    before = len(rows(settings))
    with monkeypatch.context() as patch:
        patch.setattr(*at, broken)
        with pytest.raises(KeyboardInterrupt):
            promote(SPOOK, settings, proposer="anna", approver="bert")
    assert champion(settings) == first.version and len(rows(settings)) == before + recorded
    promote(SPOOK, settings, proposer="anna", approver="bert")
    promote(SPOOK, settings, proposer="anna", approver="bert")
    assert champion(settings) == second.version and len(rows(settings)) == before + 2


def test_kill_9_between_the_record_and_the_alias(settings: Settings) -> None:
    first = challenger(settings)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    second = challenger(settings, 2.0)
    code = (
        "import os, pickle, signal, sys\n"
        "from models.registry import Registry\n"
        "from pipelines.promote import promote\n"
        "Registry.point = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "doel, settings = pickle.load(sys.stdin.buffer)\n"
        "promote(doel, settings, proposer='anna', approver='bert')\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps((SPOOK, settings)), cwd=root, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert champion(settings) == first.version
    assert rows(settings)[-1] == ("goedgekeurd", "bert", second.version)
    promote(SPOOK, settings, approver="bert")
    assert champion(settings) == second.version and rows(settings)[-1] == ("goedgekeurd", "bert", second.version)


def test_an_interrupted_rollback_is_finished_by_the_same_command(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = challenger(settings)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    challenger(settings, 2.0)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    with monkeypatch.context() as patch:
        patch.setattr(Registry, "point", broken)
        with pytest.raises(KeyboardInterrupt):
            rollback(SPOOK, settings, by="carla")
    before = rows(settings)
    assert rollback(SPOOK, settings, by="carla").version == first.version == champion(settings)
    assert rows(settings) == before


def test_a_registration_that_cannot_be_recorded_is_taken_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = challenger(settings)

    def full(*_: object) -> None:
        raise Refusal("goedkeuringen.db", found="no space", expected="room", do="make room")

    for what in ((Approvals, "append"), (Registry, "point")):
        with monkeypatch.context() as patch:
            _once(patch, *what, full)
            with pytest.raises(Refusal, match="no space"):
                challenger(settings, 2.0)
        registry = bench(settings).registry
        assert [one.version for one in registry.versions(SPOOK.value)] == [first.version]
        at = registry.at(SPOOK.value, CHALLENGER)
        assert at is not None and at.version == first.version


def _once(patch: pytest.MonkeyPatch, kind: type, name: str, fault: Callable[..., None]) -> None:
    """The first call fails, those after it work: what is put right afterwards may use it."""
    real, calls = getattr(kind, name), []

    def either(*arguments: object, **given: object) -> object:
        calls.append(1)
        return fault() if len(calls) == 1 else real(*arguments, **given)

    patch.setattr(kind, name, either)


def test_the_overview_says_who_approved_what(settings: Settings) -> None:
    first = challenger(settings)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    second = challenger(settings, 2.0, gates=FAILED)
    found = {one.version: one for one in overview(settings)}
    assert (found[first.version].state, found[first.version].approver) == ("champion", "bert")
    assert found[first.version].figures["later_precisie_bij_60"] == 0.40
    assert (found[second.version].state, found[second.version].gates) == ("trained", (1, 2))
    assert found[second.version].failed == ("steekproef: 4 gevonden; minstens 5",)
    assert found[second.version].aliases == (CHALLENGER,)
    bench(settings).registry.point(CHAMPION, second.name, second.version)
    states = {one.version: one.state for one in overview(settings)}
    assert states[second.version] == "champion in MLflow, not here: refused"
