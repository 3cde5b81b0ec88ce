"""Taking visits in: each once, as a step when that can be, whole beside it when the desk went on meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import HTTPException
from sqlalchemy import func, select

from service.cases import releasing
from service.cases.codes import Deel, Toestand, Wacht
from service.cases.export import export
from service.cases.steps import Stap
from service.cases.tables import bezoeken
from service.cases.visits import Getroffen, Toestemming
from service.faults import Conflict, InputFault
from service.field.codes import Botsing, Uitslag, Waarneming
from service.field.send import Different
from service.field.settle import Besluit
from service.logs.entry import Trace
from service.logs.verify import verify
from tests.service.field.at_door import door, round_of
from tests.service.field.conftest import Field

MET = {"getroffen": Getroffen.BEWONER, "gelegitimeerd": True, "toestemming": Toestemming.GEGEVEN, "binnen": True}


def test_sent_any_number_of_times_it_is_one_step(field: Field) -> None:
    sent = field.visit(sporen=True, bevinding="Dicht.", waarnemingen=(Waarneming.VOERTUIG,), metgezel="p-vera")
    first = field.send(sent)
    assert [field.send(sent) for _ in range(3)] == [first] * 3
    case = field.now()
    (seen,) = case.bezoeken
    assert (seen.bezoeker, seen.metgezel, seen.sporen, seen.bevinding) == ("p-veerle", "p-vera", True, "Dicht.")
    assert (first.toestand, first.stap_nr, case.versie) == (Uitslag.VERWERKT, seen.nr, seen.nr)
    assert case.stappen[-1].sleutel == sent.id
    assert case.declared("p-veerle") and "p-veerle" in case.people(Deel.BEZOEKER)
    assert len(field.rows()) == 1
    with field.work.database.looking() as read:
        assert read.execute(select(func.count()).select_from(bezoeken)).scalar_one() == 1
        assert verify(read).fout is None


def test_another_visit_under_the_same_number_is_refused(field: Field) -> None:
    sent = field.visit()
    field.send(sent)
    with pytest.raises(Different):
        field.send(replace(sent, bevinding="iets anders"))
    with pytest.raises(Different):
        field.send(sent, by="p-vera")
    assert len(field.now().bezoeken) == 1


def test_two_visits_on_one_day_by_the_same_people_do_not_clash(field: Field) -> None:
    morning = field.visit()
    field.send(morning)
    field.clock.forward(hours=8)
    again = field.send(replace(field.visit(), versie=morning.versie))  # the phone was offline all day
    assert again.toestand is Uitslag.VERWERKT and len(field.now().bezoeken) == 2


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("inlichtingen", Botsing.VERDER),
        ("besluit", Botsing.BESLUIT),
        ("klaar", Botsing.KLAAR),
        ("bezoek", Botsing.ANDER_BEZOEK),
    ],
)
def test_what_the_desk_did_meanwhile_is_never_overwritten(field: Field, deed: str, why: Botsing) -> None:
    sent = field.visit(bevinding="Twee kamers in gebruik.", **MET)
    work, case = field.work, field.case
    if deed == "inlichtingen":
        work.take(case, Stap.NADERE_INLICHTINGEN)
    elif deed == "besluit":
        work.take(case, Stap.BESLUIT_VOORLEGGEN, motivering="omdat", uitkomst="in_orde")
    elif deed == "klaar":
        work.take(work.two(case, Wacht.BESLUIT, "in_orde"), Stap.AFRONDEN)
    else:
        work.visit(case, case.behandelaar)
    before = field.now()
    kept = field.send(sent)
    assert (kept.toestand, kept.botsing, kept.stap_nr) == (Uitslag.BOTST, why, None)
    assert kept.bezoek == sent and field.send(sent) == kept  # whole, and the same answer again
    assert field.now() == before


def test_a_person_adds_the_visit_or_keeps_it_as_a_note_once(field: Field) -> None:
    sent = field.visit(sporen=True)
    field.work.take(field.case, Stap.NADERE_INLICHTINGEN)
    kept = field.send(sent)
    with pytest.raises(HTTPException):
        field.settle(kept, Besluit.NOTITIE, by="p-vera")  # of the round, no part in the case
    with pytest.raises(InputFault):
        field.settle(kept, Besluit.NOTITIE, reason=" ")
    added = field.settle(kept, Besluit.TOEVOEGEN)
    case = field.now()
    assert (added.toestand, added.stap_nr, added.besloten_door) == (Uitslag.TOEGEVOEGD, case.versie, case.behandelaar)
    (seen,) = case.bezoeken
    assert (seen.bezoeker, case.stappen[-1].persoon, case.toestand) == (
        "p-veerle", case.behandelaar, Toestand.NADERE_INLICHTINGEN,
    )  # fmt: skip
    with pytest.raises(Conflict):
        field.settle(kept, Besluit.NOTITIE)
    assert field.send(sent).toestand is Uitslag.TOEGEVOEGD


def test_what_is_decided_gets_no_visit_any_more(field: Field) -> None:
    sent = field.visit()
    field.work.take(field.work.two(field.case, Wacht.BESLUIT, "in_orde"), Stap.AFRONDEN)
    kept = field.send(sent)
    with pytest.raises(Conflict, match="notitie"):
        field.settle(kept, Besluit.TOEVOEGEN)
    assert field.settle(kept, Besluit.NOTITIE).toestand is Uitslag.NOTITIE
    assert field.now().bezoeken == ()


def test_nobody_gets_in_without_consent_and_nothing_is_written_where_there_is_secrecy(field: Field) -> None:
    with pytest.raises(InputFault, match="toestemming"):
        field.send(field.visit(**{**MET, "toestemming": Toestemming.GEWEIGERD}))
    with pytest.raises(InputFault, match="wie u bent"):
        field.send(field.visit(**{**MET, "gelegitimeerd": False}))
    with pytest.raises(InputFault, match="band"):
        field.send(field.visit(geen_band=False))
    for words in ({"bevinding": "een gezin"}, {"voorstel": "in_orde", "motivering": "een gezin"}):
        with pytest.raises(InputFault, match="geheimhouding"):
            field.send(field.visit(**words), shielded=True)
    with pytest.raises(InputFault, match="hoort niet bij"):
        field.send(field.visit(metgezel="p-carla"))
    with pytest.raises(InputFault, match="past niet"):
        field.send(field.visit(voorstel="niemand_aangetroffen", **MET))
    assert field.send(field.visit(waarnemingen=(Waarneming.NAAMBORD,)), shielded=True).toestand is Uitslag.VERWERKT


def test_without_round_and_without_part_it_waits_and_of_elsewhere_there_is_nothing(field: Field) -> None:
    ronde, field.ronde = field.ronde, None
    kept = field.send(field.visit())
    assert (kept.toestand, kept.botsing) == (Uitslag.BOTST, Botsing.NIET_VAN_U)
    with pytest.raises(HTTPException):
        field.send(field.visit(onderzoek_id="0" * 16))
    field.ronde = ronde
    with pytest.raises(HTTPException):
        field.send(field.visit(adres_id="0" * 32, onderzoek_id=""))


def test_what_is_only_looked_at_from_the_road_becomes_no_step(field: Field) -> None:
    road = door(field.case, onderzoek_id="")
    field.ronde = round_of([[road]], ["p-veerle"], field.clock.now)
    with pytest.raises(InputFault, match="openbare weg"):
        field.send(field.visit(onderzoek_id="", **MET))
    kept = field.send(field.visit(onderzoek_id="", bevinding="Leeg."))
    assert (kept.toestand, kept.identificatie) == (Uitslag.NOTITIE, field.case.identificatie)
    assert field.now() == field.case


def test_a_phone_whose_clock_is_a_little_fast_is_believed(field: Field) -> None:
    sent = field.visit()
    field.clock.forward(minutes=-3)
    assert field.send(sent).toestand is Uitslag.VERWERKT
    field.clock.forward(minutes=-10)
    with pytest.raises(InputFault, match="toekomst"):
        field.send(replace(field.visit(), moment=sent.moment))


def test_a_proposal_from_the_field_ends_in_onderzoeken_csv_once_the_desk_decided(field: Field, tmp_path: Path) -> None:
    file = tmp_path / "onderzoeken.csv"
    kept = field.send(field.visit(voorstel="gebruik_zonder_inschrijving", motivering="Er brandde licht.", sporen=True))
    assert kept.bezoek.voorstel == "gebruik_zonder_inschrijving"
    work = field.work
    work.take(work.two(field.now(), Wacht.BESLUIT, kept.bezoek.voorstel), Stap.AFRONDEN)
    with work.database.unit(work.people["p-carla"], Trace()) as unit:
        asked = releasing.ask(unit, frozenset({"0175"}), "voor het leren")
    with work.database.unit(work.people["p-cem"], Trace()) as unit:
        releasing.decide(unit, asked.id, akkoord=True)
    export(work.database, file, work.people["p-carla"], asked.id)
    (line,) = file.read_text().splitlines()[1:]
    assert line.split(";")[5:9] == ["2026-11-25", "1", "2026-11-25", "gebruik_zonder_inschrijving"]
