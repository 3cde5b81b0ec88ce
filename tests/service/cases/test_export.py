"""Outcomes back to onderzoeken.csv: a round trip through the reader of features/, and nothing twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from features.columns import Doel
from features.delivery import Delivery
from features.errors import Refusal
from features.ingest import ingest, open_landings, read_report
from models.labels import OUTCOMES, labels
from service import cli
from service.cases import export as exporting
from service.cases.codes import Wacht
from service.cases.export import COLUMNS, Delivered, export, target
from service.cases.records import Case
from service.cases.steps import Stap
from service.logs.verify import verify
from tests.features.deliveries import IDS, write_delivery
from tests.service.cases.working import Clock, Work
from tests.service.serving import KEY

HERE = frozenset({"0175"})


def ended(work: Work, outcome: str, address: str = "0175010000000001") -> Case:
    case = work.two(work.started(identificatie=address), Wacht.BESLUIT, outcome)
    return work.take(case, Stap.AFRONDEN)


def exported(work: Work, file: Path, gemeenten: frozenset[str] = HERE) -> Delivered:
    one, other = work.people["p-carla"], work.people["p-cem"]
    return export(work.database, file, one, other, "voor het leren", gemeenten)


def test_what_ended_is_appended_once_and_a_correction_is_a_new_row(work: Work, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "onderzoeken" / "onderzoeken.csv"
    first = ended(work, "in_orde")
    work.started(identificatie="0175010000000002")  # still running: not in it
    assert exported(work, file).rijen == 1
    before = file.read_bytes()
    assert (exported(work, file).rijen, file.read_bytes()) == (0, before)
    assert exported(work, file, frozenset({"0344"})).rijen == 0
    clock.forward(days=30)
    work.two(first, Wacht.CORRECTIE, "leegstand_bevestigd")
    assert exported(work, file).rijen == 1
    assert file.read_bytes().startswith(before)
    lines = file.read_text().splitlines()
    assert lines[0] == ";".join(COLUMNS)
    assert lines[1:] == [
        f"{first.id};0175010000000001;spookbewoning;risico;0.25;2026-11-25;0;2026-11-25;in_orde;{first.behandelaar}",
        f"{first.id}-1;0175010000000001;spookbewoning;risico;0.25;2026-11-25;0;2026-12-25;leegstand_bevestigd;"
        f"{first.behandelaar}",
    ]
    with work.database.looking() as read:
        assert verify(read).fout is None


def test_an_existing_file_keeps_its_bytes_its_order_and_its_extra_columns(work: Work, tmp_path: Path) -> None:
    file = tmp_path / "onderzoeken.csv"
    names = [*reversed(COLUMNS), "opmerking"]
    old = ("﻿" + ";".join(names) + "\r\n" + ";".join(["x"] * len(names))).encode()  # no newline at its end
    file.write_bytes(old)
    case = ended(work, "in_orde")
    exported(work, file)
    after = file.read_bytes()
    assert after.startswith(old + b"\n")
    row = dict(zip(names, after.decode().splitlines()[2].split(";"), strict=True))
    assert (row["onderzoek_id"], row["uitkomst"], row["opmerking"]) == (case.id, "in_orde", "")


def test_a_crash_on_either_side_of_the_record_loses_and_doubles_nothing(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "onderzoeken.csv"
    ended(work, "in_orde")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:  # recorded, not renamed
        broken.setattr(exporting, "_replace", dies)
        with pytest.raises(KeyboardInterrupt):
            exported(work, file)
    assert not file.exists()
    with monkeypatch.context() as broken:  # not recorded
        broken.setattr(exporting, "_record", dies)
        with pytest.raises(KeyboardInterrupt):
            exported(work, file)
    assert not file.exists()
    assert (exported(work, file).rijen, exported(work, file).rijen) == (1, 0)
    assert len(file.read_text().splitlines()) == 2


def test_a_file_of_another_layout_is_refused_and_left_alone(work: Work, tmp_path: Path) -> None:
    file = tmp_path / "onderzoeken.csv"
    file.write_text("onderzoek_id;doel\n1;spookbewoning\n")
    with pytest.raises(Refusal, match="no column"):
        exported(work, file)
    assert file.read_text() == "onderzoek_id;doel\n1;spookbewoning\n"
    with pytest.raises(Refusal, match="parquet"):
        target(tmp_path / "onderzoeken.parquet")
    assert target(tmp_path) == tmp_path / "onderzoeken" / "onderzoeken.csv"


def test_the_reader_of_features_takes_it_and_the_labels_are_those_of_the_outcomes(
    work: Work, tmp_path: Path, clock: Clock
) -> None:
    folder = write_delivery(tmp_path / "levering")
    for address, outcome in zip(IDS, ("in_orde", "leegstand_bevestigd", "illegaal_gebruik"), strict=False):
        ended(work, outcome, address)
    exported(work, target(folder))
    # Known to the delivery a month later, as the next one would be: its peildatum moves along.
    settings = folder / "levering.toml"
    settings.write_text(settings.read_text().replace("2026-10-01", "2026-12-31"))
    ingest(Delivery.open(folder), tmp_path / "landing", key=KEY)
    report = read_report(tmp_path / "landing")
    assert report is not None
    (read,) = [each for each in report.tables if each.table == "onderzoeken"]
    assert (read.read, read.used) == (5, 5)  # two that were there, three of ours
    (gemeente,) = open_landings(tmp_path / "landing")
    found = labels(gemeente.at(date(2026, 12, 31)), Doel.SPOOKBEWONING)
    found = found[found["start"] >= "2026-11-01"]  # the delivery had one of its own
    assert found["y"].tolist() == [OUTCOMES[o][0] for o in ("in_orde", "leegstand_bevestigd", "illegaal_gebruik")]
    assert set(found["behandelaar"]) <= {"p-anna", "p-bilal"} and set(found["selectiekans"]) == {0.25}


@pytest.fixture
def outside(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of the command line."""
    for name in ("PUBLICATIES", "DIENST", "DEMO"):
        monkeypatch.delenv(f"SCHIJNWERPER_{name}", raising=False)
    url = work.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("SCHIJNWERPER_DATABASE", url.replace("+pysqlite", "").replace("+psycopg", ""))
    monkeypatch.setenv("SCHIJNWERPER_SLEUTEL", KEY.hex())


def test_at_the_command_line_with_a_reason_and_a_second_person(
    work: Work, outside: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = ended(work, "in_orde")
    file = tmp_path / "onderzoeken.csv"

    def run(door: str = "p-carla", tweede: str = "p-cem", reden: str = "voor het nieuwe model") -> int:
        words = ["outcomes", "export", str(file), "--door", door, "--tweede", tweede, "--reden", reden]
        return cli.main(words)

    assert [run(tweede="p-carla"), run(tweede="p-anna"), run(tweede="p-niemand"), run(reden="x")] == [1, 1, 1, 1]
    assert not file.exists() and "somebody" in capsys.readouterr().err
    assert [run(), run()] == [0, 0]
    assert "1 appended" in capsys.readouterr().out
    assert [line.split(";")[0] for line in file.read_text().splitlines()] == ["onderzoek_id", case.id]
