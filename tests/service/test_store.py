"""Law 7 seen from the reader: a publication is there whole or not at all, and the last good one stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from features.columns import Doel
from service.faults import NothingPublished, PublicationGone
from service.publication import Publication
from service.ranking import cut
from service.records import Filters
from service.settings import Settings
from service.store import Publications
from tests.service.publication import write_publication
from tests.service.serving import GEMEENTE, KEY

DATABASE = "sqlite:///{}/dienst/schijnwerper.db"
ALL = Filters(rechten=frozenset({GEMEENTE}))


def everything(publication: Publication) -> list[dict[str, object]]:
    return cut(publication, Doel.SPOOKBEWONING, ALL, limit=1000).rows.split()


@pytest.fixture
def store(tmp_path: Path) -> Publications:
    return Publications(Settings(publicaties=tmp_path, database=DATABASE.format(tmp_path), sleutel=KEY))


def name(store: Publications) -> str:
    return store.current().manifest.run_id


def test_nothing_published_is_said(store: Publications, tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="actueel"):
        store.current()
    (tmp_path / "actueel").write_text("run-1")
    with pytest.raises(NothingPublished, match="not there"):
        store.current()


def test_a_new_name_is_noticed_and_taken_whole(store: Publications, tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=10)
    before = store.current()
    write_publication(tmp_path, "run-2", n=20, seed=8)
    assert name(store) == "run-2"
    # Who holds the old one keeps reading the old one, whole.
    assert (len(everything(before)), before.manifest.run_id) == (10, "run-1")
    assert len(everything(store.current())) == 20


def test_not_before_the_pointer_moves(store: Publications, tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=10)
    write_publication(tmp_path, "run-2", n=10, current=False)
    assert name(store) == "run-1"


@pytest.mark.parametrize("broken", ["scores.parquet", "energie.parquet", "manifest.json"])
def test_a_broken_publication_leaves_the_last_good_one(store: Publications, tmp_path: Path, broken: str) -> None:
    write_publication(tmp_path, "run-1", n=10)
    assert name(store) == "run-1"
    write_publication(tmp_path, "run-2", n=10, current=False)
    file = tmp_path / "run-2" / broken
    file.write_bytes(file.read_bytes()[:40])
    (tmp_path / "actueel").write_text("run-2\n")
    assert name(store) == "run-1"
    write_publication(tmp_path, "run-3", n=10)
    assert name(store) == "run-3"


def test_a_missing_column_is_refused(store: Publications, tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=5)
    shutil.copy(tmp_path / "run-1" / "energie.parquet", tmp_path / "run-1" / "adressen.parquet")
    with pytest.raises(NothingPublished, match="no column"):
        store.current()


def test_a_folder_with_another_runs_manifest_is_refused(store: Publications, tmp_path: Path) -> None:
    write_publication(tmp_path, "run-1", n=5)
    file = tmp_path / "run-1" / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"run_id": "run-9"}))
    with pytest.raises(NothingPublished, match="run-9"):
        store.current()


@pytest.mark.parametrize("named", ["../elsewhere", "/etc", "a/b", "", ".hidden", "."])
def test_a_name_never_leads_out_of_the_folder(store: Publications, tmp_path: Path, named: str) -> None:
    write_publication(tmp_path / "elsewhere", "run-1", n=5)
    inner = Publications(Settings(publicaties=tmp_path / "in", database=DATABASE.format(tmp_path)))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "actueel").write_text(named)
    with pytest.raises(NothingPublished):
        inner.current()
    with pytest.raises(PublicationGone):
        inner.run(named)


def test_an_older_run_is_read_while_it_is_there_and_gone_after(store: Publications, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        write_publication(tmp_path, f"run-{number}", n=5)
        assert name(store) == f"run-{number}"
    shutil.rmtree(tmp_path / "run-1")  # what was taken in stays, until retention takes it away
    assert len(everything(store.run("run-1"))) == 5
    held = store.run("run-1")
    store.shelf.remove("run-1")
    again = Publications(Settings(publicaties=tmp_path, database=DATABASE.format(tmp_path), sleutel=KEY))
    with pytest.raises(PublicationGone):
        again.run("run-1")
    assert len(everything(held)) == 5  # who has it open reads on, the same run and whole
