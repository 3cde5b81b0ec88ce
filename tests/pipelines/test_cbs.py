"""The hand-over to CBS: flags per stage on keyed pseudonyms, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from features.errors import Refusal
from pipelines import cbs
from pipelines.landings import Landed
from pipelines.progress import Steps
from pipelines.settings import Settings
from tests.pipelines.gemeente_made_up import landed, published

QUIET = Steps(quiet=True)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landed:
    found = landed(tmp_path)
    monkeypatch.setattr("pipelines.cbs.land", lambda levering, settings, steps: found)
    return found


def _written(folder: Path, per: str, publicaties: Path | None, key: bytes = b"k" * 32) -> tuple[pd.DataFrame, str]:
    settings = Settings(werkmap=folder, mlflow="", taken=1, zaad=1, key=key)
    done = cbs.run(folder, publicaties, folder / "uit" / "cbs.csv", per, settings, QUIET)
    assert done.rows == len(done.path.read_text().splitlines()) - 1
    return pd.read_csv(done.path, sep=";"), done.readme.read_text(encoding="utf-8")


def test_a_row_per_address_with_the_stages_it_passed(here: Landed, tmp_path: Path) -> None:
    frame, readme = _written(tmp_path, "adres", published(tmp_path, 4))
    assert next(iter(frame)) == "pseudoniem"
    assert len(frame) == 119
    totals = frame.drop(columns="pseudoniem").sum()
    assert totals["schijnbewoning_gerangschikt"] == totals["spookbewoning_gerangschikt"] == 4
    picked = [totals[f"schijnbewoning_{stage}"] for stage in ("uitgekozen", "bezocht", "bevestigd")]
    assert picked == [8, 7, 4]
    assert totals["spookbewoning_uitgekozen"] == 0
    assert "gepseudonimiseerde adressen" in readme
    assert "119 regels" in readme


def test_a_row_per_person_without_those_who_have_secrecy(here: Landed, tmp_path: Path) -> None:
    frame, readme = _written(tmp_path, "persoon", published(tmp_path, 4))
    assert len(frame) == 99  # a hundred residents, one of them secret
    assert frame["schijnbewoning_gerangschikt"].sum() == 3  # of the first four homes the fourth is hers
    assert "gepseudonimiseerde personen" in readme


def test_nothing_that_identifies_leaves_and_another_key_gives_other_pseudonyms(here: Landed, tmp_path: Path) -> None:
    one, _ = _written(tmp_path, "persoon", None)
    text = (tmp_path / "uit" / "cbs.csv").read_text()
    assert one["pseudoniem"].str.fullmatch("[0-9a-f]{64}").all()
    assert one["pseudoniem"].is_monotonic_increasing  # no order of a register shows
    assert not any(name in text for name in ("0175010000", ";p0", "p1;"))
    other, _ = _written(tmp_path, "persoon", None, key=b"x" * 32)
    assert set(one["pseudoniem"]).isdisjoint(other["pseudoniem"])
    again, _ = _written(tmp_path, "persoon", None)
    pd.testing.assert_frame_equal(one, again)
    addresses, _ = _written(tmp_path, "adres", None)
    assert set(one["pseudoniem"]).isdisjoint(addresses["pseudoniem"])


def test_without_a_publication_the_ranking_is_empty(here: Landed, tmp_path: Path) -> None:
    frame, _ = _written(tmp_path, "adres", None)
    assert frame["schijnbewoning_gerangschikt"].isna().all()
    assert frame["schijnbewoning_uitgekozen"].sum() == 8


def test_another_kind_of_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="adres or persoon"):
        _written(tmp_path, "huishouden", None)
