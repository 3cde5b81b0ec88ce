"""The check of the day: what is solved since goes off with its reason, what could not be checked stays on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from service.bewoning.day import Controle
from service.bewoning.koppeling import Koppeling
from service.bewoning.records import Deur, Oordeel, Uitspraak
from service.logs.entry import Trace
from service.rounds import starting
from service.rounds.fixing import fix
from service.rounds.records import Ronde
from service.rounds.starting import start
from tests.service.publication import Written
from tests.service.rounds.planning import Field, at_the_door, on_the_day, question

SAID = {
    "0175010000000001": (Oordeel.OPGELOST, "Er staan nu mensen ingeschreven."),
    "0175010000000002": (Oordeel.BLIJFT, "Er staat nog steeds niemand ingeschreven."),
    "0175010000000003": (Oordeel.NIET_GECONTROLEERD, "Niet gecontroleerd: de BRP antwoordt niet."),
}


def test_what_is_solved_goes_off_and_what_could_not_be_checked_stays(
    made: Field, written_here: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_door(made, 1, 2, 3)
    plan = made.plan(question())
    fix(made.desk, made.planner, Trace(), plan.id, plan.versie)
    on_the_day(made.clock)
    asked: dict[str, int | None] = {}

    def check(ronde: Ronde, koppeling: Koppeling, day: date, registered: Mapping[str, int | None]) -> Controle:
        asked.update(registered)
        assert day == date(2026, 11, 26)
        doors = [door for stop in ronde.stops for door in stop.adressen]
        verdicts = tuple(
            Uitspraak(deur=Deur(identificatie=door.identificatie, doel=door.doel), oordeel=word, reden=why)
            for door in doors
            for word, why in (SAID[door.identificatie],)
        )
        return Controle(peildatum=day, uitspraken=verdicts)

    monkeypatch.setattr(starting, "check_round", check)
    settings = replace(made.desk.settings, bewoning=Koppeling(url="http://127.0.0.1:1/x"))
    (ronde,) = made.read(plan.id).ronden
    found = start(replace(made.desk, settings=settings), made.work.people["p-veerle"], Trace(), ronde.id, 1)
    off = {stop.adressen[0].identificatie: stop.vervallen for stop in found.ronde.stops}
    assert off == {"0175010000000001": SAID["0175010000000001"][1], "0175010000000002": "", "0175010000000003": ""}
    assert (found.gecontroleerd, found.niet_gecontroleerd) == (2, (SAID["0175010000000003"][1],))
    counts = written_here.addresses.set_index("adresseerbaarobject_identificatie")["ingeschrevenen"]
    assert asked == {name: int(counts[name]) for name in SAID}
