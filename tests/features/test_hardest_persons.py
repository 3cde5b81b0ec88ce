"""The spells of the official test set against a table that was made by hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features.landing import PERSONEN, VERBLIJF, cut
from features.residence import residence_frame, spells
from features.sources.brp import Reader, land
from tests.features.brp_rows import KEY, TEST_SET, batches
from tests.features.official import official

TABLE = Path(__file__).with_name("hardest_persons.txt")
DAY = date(2022, 5, 2)
Landed = tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]  # personen, verblijf, label -> pseudonym


def expected() -> dict[str, list[str]]:
    """Label -> its lines, columns joined by one space."""
    persons: dict[str, list[str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("Lg01_"):
            lines = persons.setdefault(line.strip(), [])
        elif line and not line.startswith("#"):
            lines.append(" ".join(line.split()))
    return persons


@pytest.fixture(scope="module")
def testset() -> Landed:
    path = official(*TEST_SET)
    chunks = list(Reader(key=KEY).read(batches(path)))
    persons = pd.concat([c.personen for c in chunks], ignore_index=True)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        labels = [row[0] for row in list(csv.reader(stream, delimiter=";"))[1:] if row[0]]
    names = dict(zip(labels, persons.sort_values("lijst")["pseudoniem"], strict=True))
    return *land(persons, pd.concat([c.rijen for c in chunks], ignore_index=True), None), names


def shown(testset: Landed, label: str, as_of: date) -> list[str]:
    """The spells of one person, in the form of the table."""
    persons, rows, names = testset
    found = residence_frame(cut(VERBLIJF, rows, as_of), cut(PERSONEN, persons, as_of), None, as_of)
    found = found[found["persoon"] == names[label]]
    lines = []
    for spell in found.itertuples():
        van, tot = interval(spell.van_vroegst, spell.van_laatst), interval(spell.tot_vroegst, spell.tot_laatst)
        parts = (spell.functie, spell.datum_van, spell.datum_tot, van, tot, spell.einde_reden)
        lines.append(" ".join(str(p) or "-" for p in (*parts, spell.adresseerbaarobject_identificatie)))
    return lines


def interval(first: pd.Timestamp, last: pd.Timestamp) -> str:
    return "" if pd.isna(first) else f"{first:%Y-%m-%d}..{last:%Y-%m-%d}"


@pytest.mark.parametrize("label", expected())
def test_spells_are_those_derived_by_hand(testset: Landed, label: str) -> None:
    assert shown(testset, label, DAY) == expected()[label]


def test_the_table_holds_at_least_twenty_persons() -> None:
    assert len(expected()) >= 20


def test_a_departure_ends_nothing_before_it_is_recorded(testset: Landed) -> None:
    # Lg01_446: the departure of 1 October 2012 was recorded on 4 August 2015.
    before = shown(testset, "Lg01_446", date(2015, 8, 3))
    assert before == ["W 20001130 - 2000-11-30..2000-11-30 - - 0518011170050001"]
    assert "emigratie" in shown(testset, "Lg01_446", date(2015, 8, 4))[0]


def test_089999_counts_from_its_own_day(testset: Landed) -> None:
    # Lg01_617: established from 2 July 2021 on.
    assert "niet_woonachtig" not in shown(testset, "Lg01_617", date(2021, 7, 1))[-1]
    assert "niet_woonachtig" in shown(testset, "Lg01_617", date(2021, 7, 2))[-1]


def test_who_does_not_live_there_stays_registered_until_the_next_row(testset: Landed) -> None:
    persons, rows, names = testset
    found = spells(cut(VERBLIJF, rows, DAY), cut(PERSONEN, persons, DAY), DAY)
    by_label = {label: persons.index[persons["pseudoniem"] == names[label]][0] for label in ("Lg01_617", "Lg01_672")}
    gone = found[found["einde_reden"] == "niet_woonachtig"].set_index("persoon")["ingeschreven_tot"]
    assert pd.isna(gone[by_label["Lg01_617"]])  # no later row: registered still
    assert gone[by_label["Lg01_672"]] == pd.Timestamp("2021-08-01")  # the next residence
