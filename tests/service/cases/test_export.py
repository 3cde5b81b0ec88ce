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
from service.cases import outcome_rows, releasing
from service.cases.codes import Wacht
from service.cases.export import Delivered, download, export, target
from service.cases.outcome_rows import COLUMNS
from service.cases.records import Case
from service.cases.releasing import ReleaseRequest, Stand
from service.cases.steps import Stap
from service.faults import Conflict, InputFault
from service.logs.entry import Trace
from service.logs.verify import verify
from service.people import Role
from tests.features.deliveries import IDS, write_delivery
from tests.service.cases.working import Clock, Work
from tests.service.serving import KEY, someone

HERE = frozenset({"0175"})


def ended(work: Work, outcome: str, address: str = "0175010000000001") -> Case:
    case = work.two(work.started(identificatie=address), Wacht.BESLUIT, outcome)
    return work.take(case, Stap.AFRONDEN)


def asked(work: Work, reason: str = "voor het leren", gemeenten: frozenset[str] = HERE) -> ReleaseRequest:
    with work.database.unit(work.people["p-carla"], Trace()) as unit:
        return releasing.ask(unit, gemeenten, reason)


def agreed(work: Work, id: str, *, akkoord: bool = True, by: str = "p-cem") -> ReleaseRequest | None:
    with work.database.unit(work.people[by], Trace()) as unit:
        return releasing.decide(unit, id, akkoord=akkoord)


def exported(work: Work, file: Path) -> Delivered:
    id = asked(work).id
    agreed(work, id)
    return export(work.database, file, work.people["p-carla"], id)


def test_what_ended_is_appended_once_and_a_correction_is_a_new_row(work: Work, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "onderzoeken" / "onderzoeken.csv"
    first = ended(work, "in_orde")
    work.started(identificatie="0175010000000002")  # still running: not in it
    assert exported(work, file).rijen == 1
    before = file.read_bytes()
    assert (exported(work, file).rijen, file.read_bytes()) == (0, before)
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


def test_at_the_command_line_a_request_and_after_the_yes_a_file(
    work: Work, outside: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = ended(work, "in_orde")
    file = tmp_path / "onderzoeken.csv"

    def request(door: str = "p-carla", reden: str = "voor het nieuwe model", *more: str) -> int:
        return cli.main(["outcomes", "request", "--door", door, "--reden", reden, *more])

    def run(id: str) -> int:
        return cli.main(["outcomes", "export", str(file), "--verzoek", id])

    refused = [request("p-anna"), request("p-niemand"), request(reden="x")]
    assert refused == [1, 1, 1] and request("p-carla", "voor het nieuwe model", "--gemeente", "0344") == 1
    capsys.readouterr()
    assert request() == 0
    id = capsys.readouterr().out.strip()
    assert [run(id), run("0" * 32)] == [1, 1]  # nobody agreed; no such request
    assert not file.exists() and "second person agreed" in capsys.readouterr().err
    agreed(work, id)
    assert [run(id), run(id)] == [0, 1]  # once
    assert "1 appended" in capsys.readouterr().out
    assert [line.split(";")[0] for line in file.read_text().splitlines()] == ["onderzoek_id", case.id]


def test_nobody_agrees_to_their_own_and_the_yes_holds_for_a_day(work: Work, tmp_path: Path, clock: Clock) -> None:
    file, carla = tmp_path / "onderzoeken.csv", work.people["p-carla"]
    ended(work, "in_orde")
    first = asked(work)
    with pytest.raises(Conflict, match="Een ander"):
        agreed(work, first.id, by="p-carla")
    with pytest.raises(Conflict, match="geen bevestiging"):
        export(work.database, file, carla, first.id)
    yes = agreed(work, first.id)
    assert yes is not None and yes.stand(clock.now) is Stand.BEVESTIGD
    with pytest.raises(Conflict, match="al beslist"):
        agreed(work, first.id, akkoord=False)
    clock.forward(hours=25)
    assert yes.stand(clock.now) is Stand.VERLOPEN
    no = asked(work)
    agreed(work, no.id, akkoord=False)
    for id in (first.id, no.id):
        with pytest.raises(Conflict, match="geen bevestiging"):
            export(work.database, file, carla, id)
    left = asked(work)
    agreed(work, left.id)
    work.dismiss(work.people["p-cem"], by=carla)
    with pytest.raises(Conflict, match="mag geen uitkomsten"):
        export(work.database, file, carla, left.id)
    assert not file.exists()


def test_what_is_asked_is_of_ones_own_gemeenten_and_seen_by_who_may_agree(work: Work) -> None:
    for gemeenten in (frozenset({"0344"}), frozenset()):
        with pytest.raises(InputFault):
            asked(work, gemeenten=frozenset(gemeenten))
    with pytest.raises(InputFault):
        asked(work, reason=" kort    ")
    id = asked(work).id
    elsewhere = someone(Role.GOEDKEURDER, name="elders", gemeenten=frozenset({"0344"}))
    with work.database.looking() as read:
        seen = {who.id: [one.id for one in releasing.waiting(read, who)] for who in (elsewhere, *work.people.values())}
    assert seen["p-cem"] == [id] and seen["p-elders"] == seen["p-carla"] == []
    with pytest.raises(RuntimeError, match="without a log"), work.database.unit(elsewhere, Trace()) as unit:
        assert releasing.decide(unit, id, akkoord=True) is None


def test_a_download_is_whole_and_used_up(work: Work, clock: Clock) -> None:
    case, carla = ended(work, "in_orde"), work.people["p-carla"]
    id = asked(work).id
    agreed(work, id)
    lines = download(work.database, carla, Trace(), id).decode().splitlines()
    assert [line.split(";")[0] for line in lines] == ["onderzoek_id", case.id]
    with pytest.raises(Conflict, match="geen bevestiging"):
        download(work.database, carla, Trace(), id)
    with work.database.looking() as read:
        assert verify(read).fout is None and releasing.needed(read, id).stand(clock.now) is Stand.GEMAAKT


def test_another_gemeente_is_not_in_it(work: Work) -> None:
    ended(work, "in_orde")
    with work.database.looking() as read:
        assert [list(outcome_rows.ended(read, frozenset({code}))) == [] for code in ("0175", "0344")] == [False, True]
