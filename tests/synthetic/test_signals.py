"""Signals: the sums behind the rules by hand, and who draws them."""

import numpy as np
import pandas as pd

from features.sources.signalen import SIGNALEN, SOORTEN
from synthetic import signals
from synthetic.world import FOREVER, Lookalike, Use
from tests.synthetic.handmade import homes, world

BRONNEN = SIGNALEN.column("bron").constraint.one_of or ()


def test_run_length_by_hand():
    mask = np.array([[True, True, False, True], [False, True, True, True]])
    np.testing.assert_array_equal(signals.run_length(mask), [[1, 2, 0, 1], [0, 1, 2, 3]])


def test_rolling_by_hand():
    count = np.array([[1, 2, 0, 4, 0]], dtype=np.int16)
    np.testing.assert_array_equal(signals.rolling(count, 2), [[1, 3, 2, 4, 4]])
    np.testing.assert_array_equal(signals.rolling(count, 9), [[1, 3, 3, 7, 7]])


def test_events_fall_in_their_month_and_strangers_are_left_out():
    made = world(homes(3))
    begin = int(made.params.month_starts[0])
    # day 0 and 30 lie in October 2023 (31 days), day 31 in November; the fourth is of no address, the fifth too early
    count = signals.events_per_month(made, [1, 1, 2, -1, 2], [begin, begin + 30, begin + 31, begin, begin - 1])
    assert count[1, 0] == 2 and count[2, 1] == 1 and count.sum() == 3


def test_rules_look_at_the_register_only():
    full = world(homes(200, oppervlakte=50), occupants=2, registered=6, present=6)
    kinds = signals.simulate(full, np.random.default_rng(1))
    laa = kinds[kinds["bron"] == "laa"]
    # 50 m2 / 6 persons = 8.3 m2 each, below 12: at three of four homes, once and a year later again
    assert set(laa["soort"]) == {"overbewoning"}
    assert 0.65 < laa["address"].nunique() / 200 < 0.99
    empty = signals.simulate(world(homes(200), occupants=2, registered=0), np.random.default_rng(1))
    assert set(empty.loc[empty["bron"] == "laa", "soort"]) == {"leegstand"}


def test_moves_and_departures_to_unknown_are_counted_at_the_address_they_leave():
    made = world(homes(10))
    day = int(made.params.month_starts[8])
    rows = pd.DataFrame(
        {
            "person": [1, 1, *range(10, 18)], "address": [3, -1, *[4] * 8], "functie": ["W", "", *["W"] * 8],
            "van": day, "tot": FOREVER, "bekend": day, "aangifte": "I",
            "soort": ["inschrijving", "vow", *["verhuizing"] * 8],
        }
    )  # fmt: skip
    hits = [signals.simulate(world(homes(10), registrations=rows), np.random.default_rng(s)) for s in range(12)]
    kinds = pd.concat(hits)
    assert set(kinds.loc[kinds["soort"] == "vow_adres", "address"]) == {3}
    assert set(kinds.loc[kinds["soort"] == "veelverhuizers", "address"]) == {4}
    assert set(kinds.loc[kinds["soort"] == "doorgangsadres", "address"]) == {4}


def test_lawful_neighbours_draw_complaints_too_and_most_schemes_none():
    def told(**state):
        rows = signals.simulate(world(homes(1000), **state), np.random.default_rng(2))
        return rows.loc[rows["soort"] == "overlast", "address"].nunique() / 1000

    quiet, students, lodging = told(), told(lookalike=int(Lookalike.STUDENT_HOUSE)), told(use=int(Use.LODGING))
    assert quiet < students < lodging < 0.8
    assert quiet > 0


def test_returned_post_comes_where_people_are_gone_and_elsewhere_by_mistake():
    def returned(**state):
        rows = signals.simulate(world(homes(2000), **state), np.random.default_rng(2))
        return rows.loc[rows["soort"] == "retourpost", "address"].nunique() / 2000

    gone, home = returned(occupants=0, registered=2), returned()
    assert 0.3 < gone < 0.8
    assert 0 < home < 0.05


def test_codes_and_days():
    made = world(homes(500), occupants=np.arange(500) % 9, registered=np.arange(500) % 7)
    rows = signals.simulate(made, np.random.default_rng(3))
    assert set(rows["bron"]) <= set(BRONNEN) and set(rows["soort"]) <= set(SOORTEN)
    assert rows["day"].between(made.params.month_starts[0], made.params.today - 1).all()
    done = rows[rows["handled"] != FOREVER]
    assert (done["handled"] >= done["day"]).all() and (done["handled"] < made.params.today).all()
