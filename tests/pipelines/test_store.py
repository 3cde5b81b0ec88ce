"""Law 7: a publication appears whole or not at all, and the last good one stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from features.errors import Refusal
from models.scores import ADDRESSES, PUBLISHED_TABLES
from pipelines.store import CURRENT, HIDDEN, Publication, current, to_arrow


def _table(name: str) -> pa.Table:
    row = [
        name,
        "0175",
        "Dorpsstraat 1",
        "7471AA",
        "Goor",
        1.0,
        2.0,
        "N",
        "verblijfsobject",
        "",
        90.0,
        1970.0,
        2.0,
        "N",
    ]
    frame = pd.DataFrame([row], columns=list(ADDRESSES.columns))
    return to_arrow(ADDRESSES, frame)


def test_a_publication_is_invisible_until_it_is_whole(tmp_path: Path) -> None:
    publication = Publication(tmp_path, "een")
    publication.append(ADDRESSES, _table("0175010000000001"))
    assert not (tmp_path / "een").exists()
    with pytest.raises(Refusal, match="no publication"):
        current(tmp_path)
    final = publication.publish({"run_id": "een"})
    assert current(tmp_path) == final
    assert sorted(p.name for p in final.iterdir()) == sorted(
        [f"{t.name}.parquet" for t in PUBLISHED_TABLES] + ["manifest.json"]
    )
    assert pd.read_parquet(final / "adressen.parquet")["adres"].tolist() == ["Dorpsstraat 1"]


def test_rows_of_several_gemeenten_are_appended(tmp_path: Path) -> None:
    publication = Publication(tmp_path, "een")
    for number in ("1", "2"):
        publication.append(ADDRESSES, _table(number))
    final = publication.publish({})
    assert pd.read_parquet(final / "adressen.parquet")["adresseerbaarobject_identificatie"].tolist() == ["1", "2"]


def test_a_published_run_is_never_overwritten(tmp_path: Path) -> None:
    Publication(tmp_path, "een").publish({"run_id": "een"})
    with pytest.raises(Refusal, match="publications are never overwritten"):
        Publication(tmp_path, "een")


def test_an_abandoned_run_leaves_the_last_good_one(tmp_path: Path) -> None:
    good = Publication(tmp_path, "goed").publish({})
    bad = Publication(tmp_path, "slecht")
    bad.append(ADDRESSES, _table("1"))
    bad.abandon()
    assert current(tmp_path) == good
    assert sorted(p.name for p in tmp_path.iterdir()) == [CURRENT, "goed"]


KILLED = """
import os, signal, sys
from pathlib import Path
import pipelines.store as store
point, count = sys.argv[2], 0
real = getattr(store.os, point) if hasattr(store.os, point) else None
def dying(*arguments, **named):
    global count
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)
setattr(store.os, point, dying)
store.Publication(Path(sys.argv[1]), "nieuw").publish({})
"""


@pytest.mark.parametrize("at", [1, 6, 8, 9, 10, 11])
def test_kill_9_at_every_flush(tmp_path: Path, at: int) -> None:
    """publish() flushes six files, the folder, the root, the pointer and the root again: 10 points to die at."""
    good = Publication(tmp_path, "goed").publish({})
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "fsync", str(at)], check=False)
    assert done.returncode == (-signal.SIGKILL if at <= 10 else 0)
    in_use = current(tmp_path)
    assert in_use == (good if at <= 9 else tmp_path / "nieuw")
    assert len(list(in_use.iterdir())) == len(PUBLISHED_TABLES) + 1
    for visible in tmp_path.iterdir():
        if visible.is_dir() and not visible.name.startswith("."):
            assert (visible / "manifest.json").exists()
    Publication(tmp_path, "later").abandon()
    assert not list(tmp_path.glob(f"{HIDDEN}*")), "what a killed run left behind is cleared by the next"
    assert os.path.exists(in_use)
