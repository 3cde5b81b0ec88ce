from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from features.errors import Refusal
from pipelines import stop

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)


def published(root: Path, run_id: str, **content: object) -> Path:
    folder = root / run_id
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"run_id": run_id, "peildatum": "2026-10-01", **content}))
    (root / "actueel").write_text(run_id + "\n")
    return folder


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text()))


def test_a_stop_is_set_once_and_keeps_its_date(tmp_path: Path) -> None:
    folder = published(tmp_path, "run-1", zaad=7)
    assert stop.set_stop(tmp_path, ["een"], NOON)
    assert manifest(folder)["stop"] == {"sinds": "2026-11-20T12:00:00+00:00", "reden": ["een"]}
    assert manifest(folder)["zaad"] == 7
    assert not stop.set_stop(tmp_path, ["een", "twee"], LATER)
    assert manifest(folder)["stop"] == {"sinds": "2026-11-20T12:00:00+00:00", "reden": ["een", "twee"]}
    assert sorted(file.name for file in folder.iterdir()) == ["manifest.json"]  # nothing is left aside


def test_the_manifest_is_replaced_and_never_rewritten_in_place(tmp_path: Path) -> None:
    folder = published(tmp_path, "run-1")
    with (folder / "manifest.json").open() as reader:
        stop.set_stop(tmp_path, ["een"], NOON)
        assert json.loads(reader.read()) == {"run_id": "run-1", "peildatum": "2026-10-01"}


def test_lifting_is_recorded_with_who_and_why(tmp_path: Path) -> None:
    folder = published(tmp_path, "run-1")
    stop.set_stop(tmp_path, ["een"], NOON)
    stop.lift(tmp_path, " J. de Vries ", "oorzaak gevonden: een bestand ontbrak", LATER)
    after = manifest(folder)
    assert "stop" not in after
    assert after["stop_geschiedenis"] == [
        {
            "sinds": "2026-11-20T12:00:00+00:00",
            "reden": ["een"],
            "opgeheven": "2026-11-23T09:00:00+00:00",
            "door": "J. de Vries",
            "motivering": "oorzaak gevonden: een bestand ontbrak",
        }
    ]
    assert stop.lifted_on(after) == "2026-11-23T09:00:00+00:00"
    stop.set_stop(tmp_path, ["weer"], LATER)
    stop.lift(tmp_path, "A", "b", LATER)
    assert len(manifest(folder)["stop_geschiedenis"]) == 2


@pytest.mark.parametrize(("by", "reason"), [("", "b"), ("a", " "), ("a", "b")])
def test_lifting_without_name_motivation_or_stop_is_refused(tmp_path: Path, by: str, reason: str) -> None:
    folder = published(tmp_path, "run-1")
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(Refusal):
        stop.lift(tmp_path, by, reason, NOON)
    assert (folder / "manifest.json").read_bytes() == before


def test_a_new_publication_takes_the_stop_over(tmp_path: Path) -> None:
    fresh = {"run_id": "run-2"}
    assert stop.taken_over(tmp_path, fresh) == fresh
    published(tmp_path, "run-1")
    assert stop.taken_over(tmp_path, fresh) == fresh
    stop.set_stop(tmp_path, ["een"], NOON)
    assert stop.taken_over(tmp_path, fresh)["stop"]["reden"] == ["een"]
    stop.lift(tmp_path, "A", "b", LATER)
    taken = stop.taken_over(tmp_path, fresh)
    assert "stop" not in taken
    assert taken["stop_geschiedenis"][0]["door"] == "A"


def test_returning_to_an_older_publication_is_no_way_around(tmp_path: Path) -> None:
    old = published(tmp_path, "run-1")
    published(tmp_path, "run-2")
    stop.set_stop(tmp_path, ["een"], NOON)
    stop.take_over(tmp_path, "run-1")
    assert manifest(old)["stop"]["reden"] == ["een"]
    stop.take_over(tmp_path, "run-2")  # it is itself: nothing to take over


def test_an_older_publication_does_not_bring_back_a_stop_that_was_lifted_since(tmp_path: Path) -> None:
    old = published(tmp_path, "run-1", stop={"sinds": "2026-01-01", "reden": ["oud"]})
    published(tmp_path, "run-2")
    stop.take_over(tmp_path, "run-1")
    assert "stop" not in manifest(old)


def test_without_a_publication_there_is_nothing_to_stop(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no publication"):
        stop.set_stop(tmp_path, ["een"], NOON)
