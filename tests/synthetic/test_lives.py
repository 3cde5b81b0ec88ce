"""The simulated lives are possible lives, and the arrays are what the tables say."""

import numpy as np

from synthetic import counts
from synthetic.world import FOREVER, Lookalike, Use, World


def test_nobody_lives_in_two_places_or_after_death(made: World) -> None:
    stays = made.lives.stays.sort_values(["person", "van"])
    same = stays["person"].to_numpy()[1:] == stays["person"].to_numpy()[:-1]
    real = stays["address"].to_numpy() >= 0
    overlap = same & (stays["van"].to_numpy()[1:] < stays["tot"].to_numpy()[:-1]) & real[1:] & real[:-1]
    assert not overlap.any()
    died = made.lives.persons["overleden"].to_numpy()[stays["person"]]
    assert (stays["tot"].to_numpy()[real & (died != FOREVER)] <= died[real & (died != FOREVER)]).all()
    assert (stays["van"].to_numpy() >= made.lives.persons["geboorte"].to_numpy()[stays["person"]]).all()


def test_registrations_follow_each_other(made: World) -> None:
    rows = made.lives.registrations
    same = rows["person"].to_numpy()[1:] == rows["person"].to_numpy()[:-1]
    assert (np.diff(rows["person"]) >= 0).all()
    assert (rows["van"].to_numpy()[1:][same] > rows["van"].to_numpy()[:-1][same]).all()
    assert (rows["tot"].to_numpy()[:-1][same] == rows["van"].to_numpy()[1:][same]).all()
    assert (rows["bekend"] < made.params.today).all()


def test_registered_is_recounted_from_the_rows(made: World) -> None:
    rows = made.lives.registrations
    expected = np.zeros(made.town.size, dtype=int)
    middle = made.params.month_starts[-2] + 14
    for row in rows[(rows["functie"] == "W")].itertuples():
        expected[row.address] += max(row.van, row.bekend) <= middle < row.einde_bekend
    assert (expected == made.lives.registered[:, -1]).all()
    assert (made.lives.registered_present <= made.lives.registered).all()


def test_away_or_added_people_explain_every_difference_with_the_stays(made: World) -> None:
    """Without absences, guests and schemes, occupants are the stays."""
    living = counts.of_stays(made.lives.stays, made.town.size, made.params)
    other = living != made.lives.occupants
    away = int(Lookalike.HOSPITAL | Lookalike.LONG_TRAVEL)
    here = int(Lookalike.MIGRANT_TRANSIT | Lookalike.DIPLOMAT)
    fewer = other & (made.lives.occupants < living)
    more = other & (made.lives.occupants > living)
    assert ((made.lives.lookalike[fewer] & away) > 0).all()
    named = set(made.schemes.table["address"])
    explained = ((made.lives.lookalike & here) > 0) | np.isin(np.arange(made.town.size), list(named))[:, None]
    assert explained[more].all()
    assert fewer.any()
    assert more.any()


def test_every_kind_of_scheme_and_look_alike_occurs(made: World) -> None:
    assert set(made.schemes.table["soort"]) >= {
        "opslag", "hennep", "logies", "recreatiewonen", "tussenpersonen", "onderhuur_achter_stroman",
        "achtergebleven", "kind_vertrokken", "papieren_adres", "schijngroep", "doorgangsadres",
        "overbewoning_papier", "bijwoner",
    }  # fmt: skip
    seen = np.bitwise_or.reduce(made.lives.lookalike, axis=None)
    missing = [flag.name for flag in Lookalike if flag and not int(flag) & int(seen)]
    assert set(missing) <= {"DISTRICT_HEATING"}  # a small gemeente may have no heat network
    assert set(np.unique(made.lives.use)) >= {Use.NONE, Use.STORAGE, Use.LODGING, Use.OFFICE, Use.HOLIDAY, Use.WORKS}


def test_a_sham_group_moves_on_together(made: World) -> None:
    table = made.schemes.table
    rings = table[table["soort"] == "schijngroep"]
    assert rings["address"].nunique() > 1
    rows = made.lives.registrations
    at = rows[rows["address"].isin(rings["address"]) & (rows["functie"] == "W")]
    travelled = at.groupby("person")["address"].nunique()
    assert (travelled >= 3).sum() >= 3  # at least one group of three that was entered at three of its addresses


def test_an_adresonderzoek_that_ended_moved_the_person_out(made: World) -> None:
    asked = made.lives.adresonderzoek
    done = asked[(asked["besluit"] < FOREVER) & (asked["uitkomst"] == "vow")]
    assert len(done)
    rows = made.lives.registrations
    left = rows[rows["soort"] == "vow"].merge(done, on="person")
    assert len(left) == len(done)
    assert (left["bekend"] == left["besluit"]).all()
    assert (left["van"] == left["begin"]).all()
