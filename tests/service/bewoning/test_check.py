from __future__ import annotations

import re

import pytest

from features.columns import Doel
from service.bewoning.check import judged
from service.bewoning.records import Bewoning, Deur, Gemist, Niet, Oordeel
from tests.service.bewoning.test_answer import A, said

SPOOK, SCHIJN = Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING
BLIJFT, ANDERS, OPGELOST = Oordeel.BLIJFT, Oordeel.ANDERS, Oordeel.OPGELOST


@pytest.mark.parametrize(
    ("doel", "before", "now", "verdict", "words"),
    [
        (SPOOK, 0, said(), BLIJFT, "nog steeds niemand"),
        (SPOOK, 0, said(1), OPGELOST, "Er staat nu iemand ingeschreven"),
        (SPOOK, 0, said(veel=True), OPGELOST, "Er staat nu iemand ingeschreven"),
        (SPOOK, 0, said(0, 1), ANDERS, "Misschien"),
        (SPOOK, None, said(2), ANDERS, "We weten niet of dat bij het plannen ook zo was"),
        (SPOOK, None, said(), BLIJFT, "nog steeds niemand"),
        (SPOOK, 2, said(2), BLIJFT, "evenveel"),  # registered people who are not those who live there: not solved
        (SPOOK, 2, said(4), ANDERS, "meer mensen"),
        (SPOOK, 2, said(1), ANDERS, "minder mensen"),
        (SPOOK, 2, said(1, 1), BLIJFT, "evenveel"),
        (SPOOK, 2, said(), ANDERS, "staan er nu niet meer"),
        (SCHIJN, 3, said(3), BLIJFT, "evenveel"),
        (SCHIJN, 3, said(2), ANDERS, "minder mensen"),
        (SCHIJN, 3, said(4), ANDERS, "meer mensen"),
        (SCHIJN, 3, said(), OPGELOST, "niemand meer ingeschreven"),
        (SCHIJN, None, said(), OPGELOST, "niemand meer ingeschreven"),
        (SCHIJN, 3, said(0, 1), ANDERS, "niet zeker"),
        (SCHIJN, None, said(1), BLIJFT, "Er staan nog mensen"),
        (SCHIJN, 120, said(veel=True), BLIJFT, "evenveel"),
        (SCHIJN, 3, said(veel=True), ANDERS, "meer mensen"),
    ],
)
def test_a_door_beside_the_register_of_today(
    doel: Doel, before: int | None, now: Bewoning, verdict: Oordeel, words: str
) -> None:
    found = judged(Deur(identificatie=A, doel=doel, ingeschreven=before), now)
    assert found.oordeel is verdict
    assert words in found.reden
    assert not re.search(r"\d", found.reden)  # how many people is not told on a doorstep


def test_an_investigation_that_runs_is_told_unless_there_is_nothing_to_visit() -> None:
    door = Deur(identificatie=A, doel=SCHIJN, ingeschreven=1)
    assert judged(door, said(1, in_onderzoek=True)).reden.endswith("is de inschrijving al in onderzoek.")
    spook = Deur(identificatie=A, doel=SPOOK, ingeschreven=0)
    assert "onderzoek" not in judged(spook, said(1, in_onderzoek=True)).reden
    assert judged(door, said(1, geheim=True)).geheim and "geheim" not in judged(door, said(1, geheim=True)).reden


@pytest.mark.parametrize("why", Niet)
def test_what_was_not_checked_says_why_and_stays(why: Niet) -> None:
    found = judged(Deur(identificatie=A, doel=SPOOK), Gemist(waarom=why, na=30))
    assert found.oordeel is Oordeel.NIET_GECONTROLEERD
    assert found.reden.startswith("Niet gecontroleerd: ") and found.reden.endswith(".") and "{" not in found.reden
    assert ("over 30 seconden" in found.reden) == (why is Niet.TE_VEEL)
