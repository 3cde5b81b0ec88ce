"""The training record: what is stored comes back, only with the bytes our own store knows, and all of it or nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pickle
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mlflow import MlflowClient

from features.errors import Refusal
from models import registry_runs
from models.document import to_json
from models.registry import CHALLENGER, CHAMPION, Registered, Registry, checked
from tests.models.backtest_made_up import backtest
from tests.models.trained_made_up import ORIGIN, table_model, trained

DOEL = "spookbewoning"
FORBIDDEN = (".pkl", ".pickle", ".joblib", ".skops", ".npy", ".npz")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("mlflow")
    return Registry(f"sqlite:///{folder / 'mlflow.db'}", folder / "artefacten")


@pytest.fixture(scope="module")
def logged(registry: Registry) -> Registered:
    return registry.log([trained(DOEL, backtest=backtest(DOEL)), trained("schijnbewoning")], ORIGIN)[0]


def test_a_version_comes_back_as_it_was_and_no_alias_moved(registry: Registry, logged: Registered) -> None:
    found = registry.versions(DOEL)
    assert (found[0].version, found[0].scope, found[0].trained_until) == (logged.version, "0175", "2026-10-01")
    assert (registry.name(DOEL), found[0].name) == (f"schijnwerper-{DOEL}",) * 2
    assert registry.at(DOEL, CHAMPION) is None and registry.at(DOEL, CHALLENGER) is None
    loaded = registry.load(logged, logged.sha256, approved=True)
    assert to_json(loaded.model) == to_json(table_model(DOEL))
    assert loaded.figures["later_precisie_bij_60"] == 0.40
    registry.point(CHALLENGER, logged.name, logged.version)
    at = registry.at(DOEL, CHALLENGER)
    assert at is not None and at.version == logged.version


def test_an_unknown_name_has_no_versions(registry: Registry) -> None:
    other = Registry(registry.store, registry.artifacts, "andere-gemeente")
    assert other.versions(DOEL) == ()


def test_the_run_tells_what_went_in_and_has_a_child_per_fold(registry: Registry, logged: Registered) -> None:
    client = MlflowClient(tracking_uri=registry.store)
    run = client.get_run(logged.run_id)
    told = run.data.params
    assert (told["code"], told["gegevens_sha256"], told["gemeenten"]) == ("c0de", "da" * 32, "0175")
    assert (told["register"], told["seed"], told["model_sha256"]) == (table_model(DOEL).register, "1", logged.sha256)
    assert run.info.status == "FINISHED"
    children = client.search_runs([run.info.experiment_id], f"tags.`mlflow.parentRunId` = '{logged.run_id}'")
    assert {child.info.run_name for child in children} == {"ruimte noordwest", "tijd 2026-01", "tijd 2026-04"}
    newest = next(child for child in children if child.info.run_name == "tijd 2026-04")
    assert newest.data.metrics["tijd_precisie_bij_60"] == 0.40
    assert newest.data.metrics["tijd_profielen_precisie_bij_60_laag"] == pytest.approx(0.0)
    assert newest.data.params["leer_labels"] == "520"


def test_the_artefacts_are_figures_pictures_facts_and_a_card(registry: Registry, logged: Registered) -> None:
    folder = registry.artifacts / logged.run_id / "artifacts"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    first, second = table_model(DOEL).features
    assert {f"vormen/{first}.png", f"vormen/{first}_x_{second}.png"} <= names
    assert {"cijfers.json", "feiten.json", "precisie.png", "betrouwbaarheid.png"} <= names
    facts = json.loads((folder / "feiten.json").read_text())
    assert (facts["sha256"], facts["labels"], facts["gemeenten"]) == (logged.sha256, 90, ["0175"])


def test_no_pickle_and_no_path_of_this_machine_in_any_artefact(registry: Registry, logged: Registered) -> None:
    assert logged
    for path in registry.artifacts.rglob("*"):
        if path.is_file():
            assert path.suffix not in FORBIDDEN
            content = path.read_bytes()
            assert b"pickle" not in content and not content.startswith(b"\x80")
            assert str(registry.artifacts.parent).encode() not in content
            assert b"input_example" not in path.name.encode()


def test_equal_models_give_equal_artefacts(registry: Registry, logged: Registered) -> None:
    """But for the number of the run, which the facts and the pack name."""
    again = registry.log([trained(DOEL, backtest=backtest(DOEL))], ORIGIN)[0]
    first, second = (registry.artifacts / one.run_id / "artifacts" for one in (logged, again))
    for path in first.rglob("*"):
        if path.is_file():
            expected = path.read_bytes().replace(logged.run_id.encode(), again.run_id.encode())
            assert expected == (second / path.relative_to(first)).read_bytes(), path.name


# -- loading ---------------------------------------------------------------------------------------------------------


def test_a_flipped_byte_is_refused(registry: Registry) -> None:
    one = registry.log([trained(DOEL, 2.0)], ORIGIN)[0]
    file = registry.artifacts / one.run_id / "artifacts" / "model" / "artifacts" / "tabellen.json"
    file.write_bytes(file.read_bytes().replace(b"2.0", b"2.1", 1))
    with pytest.raises(Refusal, match="SHA-256"):
        registry.load(one, one.sha256, approved=True)


def test_a_changed_tag_in_mlflow_convinces_nobody(registry: Registry) -> None:
    """Document and tag are changed together, as somebody with access to MLflow could; our own digest is the old one."""
    one = registry.log([trained(DOEL, 2.0)], ORIGIN)[0]
    file = registry.artifacts / one.run_id / "artifacts" / "model" / "artifacts" / "tabellen.json"
    file.write_bytes(to_json(table_model(DOEL, 9.0)).encode())
    changed = hashlib.sha256(file.read_bytes()).hexdigest()
    MlflowClient(tracking_uri=registry.store).set_model_version_tag(one.name, one.version, "sha256", changed)
    with pytest.raises(Refusal, match="own store"):
        registry.load(one, one.sha256, approved=True)


def test_a_removed_document_is_refused(registry: Registry) -> None:
    one = registry.log([trained(DOEL, 2.0)], ORIGIN)[0]
    (registry.artifacts / one.run_id / "artifacts" / "model" / "artifacts" / "tabellen.json").unlink()
    with pytest.raises(Refusal, match="MLflow at sqlite"):
        registry.load(one, one.sha256, approved=True)


@pytest.mark.parametrize(
    "content",
    [pickle.dumps({"schema": "x"}), b"", b"[]", b"{", b"\x1f\x8b\x08\x00"],
    ids=["pickle", "empty", "list", "cut off", "gzip"],
)
def test_what_is_no_document_is_refused_even_with_its_digest_approved(content: bytes) -> None:
    with pytest.raises(Refusal):
        checked(content, hashlib.sha256(content).hexdigest(), "model x")


def test_without_an_approved_digest_nothing_loads() -> None:
    with pytest.raises(Refusal, match="approved digest"):
        checked(to_json(table_model(DOEL)).encode(), "", "model x")


# -- what can go wrong while logging ---------------------------------------------------------------------------------


def leftovers(registry: Registry, before: int) -> list[str]:
    """The status of every run that has come since; no version may have."""
    client = MlflowClient(tracking_uri=registry.store)
    experiment = client.get_experiment_by_name("schijnwerper")
    assert experiment is not None
    assert len(registry.versions(DOEL)) == before
    return [run.info.status for run in client.search_runs([experiment.experiment_id], max_results=3)]


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("place", ["write_artefact", "_child", "shape_pictures"])
def test_a_fault_while_logging_leaves_nothing_half_registered(
    registry: Registry, logged: Registered, monkeypatch: pytest.MonkeyPatch, place: str, fault: BaseException
) -> None:
    assert logged
    before = len(registry.versions(DOEL))

    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(registry_runs, place, broken)
    with pytest.raises((Refusal, KeyboardInterrupt)) as raised:
        registry.log([trained(DOEL, backtest=backtest(DOEL))], ORIGIN)
    if isinstance(fault, OSError):
        assert "No space left" in str(raised.value) and "champion is as it was" in str(raised.value)
    monkeypatch.undo()
    assert "RUNNING" not in leftovers(registry, before)
    assert leftovers(registry, before)[0] == "FAILED"


def test_when_the_second_target_fails_the_first_is_taken_back(
    registry: Registry, logged: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert logged
    before = len(registry.versions(DOEL))
    real = Registry._one

    def broken(self: Registry, client: object, run: str, target: object, origin: object) -> Registered:
        if getattr(target, "doel", "") == "schijnbewoning":
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, client, run, target, origin)  # type: ignore[arg-type]

    monkeypatch.setattr(Registry, "_one", broken)
    with pytest.raises(Refusal, match="No space left"):
        registry.log([trained(DOEL, 5.0), trained("schijnbewoning", 5.0)], ORIGIN)
    assert leftovers(registry, before)[:2] == ["FAILED", "FAILED"]


def test_a_server_that_is_down_is_refused_by_name_and_soon(tmp_path: Path) -> None:
    registry = Registry("http://anna:geheim@127.0.0.1:9", tmp_path)
    start = time.monotonic()
    with pytest.raises(Refusal, match=r"MLflow at http://127\.0\.0\.1:9") as raised:
        registry.log([trained(DOEL)], ORIGIN)
    assert time.monotonic() - start < 12
    assert "geheim" not in str(raised.value)


def test_a_server_that_never_answers_is_refused_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds at most: two tries of five. Here of one, not to wait for it."""
    assert (os.environ["MLFLOW_HTTP_REQUEST_TIMEOUT"], os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"]) == ("5", "1")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "1")
    with silent_server() as port:
        start = time.monotonic()
        with pytest.raises(Refusal, match=f"127.0.0.1:{port}"):
            Registry(f"http://127.0.0.1:{port}", tmp_path).versions(DOEL)
        assert time.monotonic() - start < 6


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        for connection in held:
            connection.close()
