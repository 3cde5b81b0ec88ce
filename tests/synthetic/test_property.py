"""Values, labels and businesses."""

import numpy as np
import pandas as pd

from synthetic import businesses, property, valuation
from synthetic.world import FOREVER
from tests.synthetic.handmade import homes, households, world


def made(count=2000, **columns):
    return world(homes(count, **columns), stays=households(count))


def test_the_same_seed_gives_the_same_property():
    one, two = property.simulate(made(100)), property.simulate(made(100))
    for name in ("woz", "eigendom", "vestigingen", "labels"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


def test_woz_ends_with_the_last_decision_and_starts_before_the_window():
    # peildatum 1 October 2026: the decisions of early 2026 are of 1 January 2025; the window begins in 2023
    days = property.simulate(made(20)).woz["day"].unique()
    assert [str(np.datetime64(int(d), "D")) for d in sorted(days)] == [
        "2022-01-01",
        "2023-01-01",
        "2024-01-01",
        "2025-01-01",
    ]


def test_a_terraced_home_of_100_m2_is_worth_what_such_a_home_is_worth():
    # about 320,000 EUR on 1 January 2025 by our table; places differ by a tenth or two
    worth = valuation.worth(made(), np.random.default_rng(1))
    assert 220_000 < np.median(worth) < 450_000
    larger = valuation.worth(made(oppervlakte=200), np.random.default_rng(1))
    np.testing.assert_allclose(larger / worth, 2**0.78)


def test_the_user_in_the_woz_follows_the_register():
    rows = pd.DataFrame(
        {"person": [1, 2], "address": [0, 1], "functie": "W", "van": [0, 0], "tot": [FOREVER, 19_500], "bekend": 0,
         "aangifte": "I", "soort": "inschrijving"}
    )  # fmt: skip
    woz = property.simulate(world(homes(3), registrations=rows, stays=households(3))).woz
    last = woz[woz["day"] == woz["day"].max()].set_index("address")["gebruiker"]
    assert last.tolist() == ["natuurlijk_persoon", "", ""]  # 1 left on day 19,500, in 2023; nobody is known at 2


def test_labels_follow_the_year_of_building():
    old, new = (property.simulate(made(bouwjaar=y)).labels["klasse"] for y in (1930, 2021))
    assert new.str.startswith("A").mean() > 0.9
    assert old.isin(["E", "F", "G"]).mean() > 0.5
    assert old.nunique() >= 6  # and yet every class occurs


def test_mailbox_companies_are_few_and_come_and_go():
    rows = businesses.vestigingen(made(), np.random.default_rng(1))
    per_address = rows.groupby("address").size()
    assert 0.05 < len(per_address) / 2000 < 0.2
    assert (per_address >= 6).sum() <= 8
    assert rows["vestiging"].is_unique
    assert (rows["tot"] > rows["van"]).mean() > 0.99
