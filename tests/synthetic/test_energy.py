"""What the meters show: follows true use, and never tells a scheme for sure."""

import numpy as np
import pandas as pd
import pytest

from synthetic import energy
from synthetic.energy import MEASURED, UNREAD
from synthetic.params import Params
from synthetic.world import DWELLING_TYPES, Lookalike, Use
from tests.synthetic.handmade import homes, seeded, world

MANY = 1200


def yearly(made, product="ELK"):
    """Use per address in the second year, NaN without such a connection."""
    seen = energy.simulate(made)
    rows = (seen.connections["product"] == product).to_numpy()
    total = np.full(made.town.size, np.nan)
    total[seen.connections["address"].to_numpy()[rows]] = seen.afname[rows, 15:27].sum(axis=1)
    return total


def test_the_same_seed_gives_the_same_meters_and_another_seed_others():
    made = world(homes(50))
    one, two, other = energy.simulate(made), energy.simulate(made), energy.simulate(seeded(made, 2))
    np.testing.assert_array_equal(one.afname, two.afname)
    pd.testing.assert_frame_equal(one.connections, two.connections)
    assert (one.afname != other.afname).any()


def test_an_ean_ends_in_its_gs1_check_digit():
    for ean in energy.eans(175, 30):
        digits = [int(d) for d in ean]
        # GS1: from the right, beside the check digit, weights 3, 1, 3, ...; the whole is a multiple of ten
        assert (sum(d * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits[:-1]))) + digits[-1]) % 10 == 0
        assert len(ean) == 18
    assert len(set(energy.eans(175, 5000)) | set(energy.eans(176, 5000))) == 10_000


def test_a_shared_meter_sums_the_dwellings_behind_it():
    used = np.array([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]], dtype=np.float32)
    # 1 runs over the meter of 0; 2 has no meter
    np.testing.assert_array_equal(energy.share(used, np.array([0, 0, -1]))[0], [11, 22])
    np.testing.assert_array_equal(energy.share(used, np.array([0, 1, 2])), used)


def test_panels_change_what_is_drawn_but_not_the_balance():
    kwh, panels = np.full((2, 3), 200, dtype=np.float32), np.array([[0, 90, 600]] * 2, dtype=np.float32)
    drawn, fed = energy.net(kwh, panels, pd.DataFrame({"slimme_meter": [True, False]}), np.random.default_rng(1))
    np.testing.assert_allclose(drawn[0] - fed[0], kwh[0] - panels[0], rtol=1e-5)
    np.testing.assert_allclose(drawn[1], [200, 110, 0])  # an old meter turns back, and stops at nothing
    assert (fed[1] == 0).all()
    assert (drawn >= 0).all()


def test_a_house_in_use_is_never_cut_off_and_some_that_stay_empty_are():
    people = np.zeros((MANY, 36), dtype=int)
    people[:, 30:] = 2
    on = energy.switched_on(world(homes(MANY), occupants=people), np.random.default_rng(1))
    assert on[:, :5].all()  # in the sixth month of emptiness at the earliest
    assert on[:, 30:].all()
    assert 0.1 < (~on[:, 29]).mean() < 0.3


def test_the_last_month_is_not_yet_known():
    seen = energy.simulate(world(homes(100)))
    assert (seen.quality[:, -1] == UNREAD).all()
    assert (seen.quality[:, :-1] == MEASURED).mean() > 0.8


def test_reference_days_are_the_januaries_and_the_peildatum():
    # 36 months before 1 October 2026: October 2023 is column 0, so the Januaries are 3, 15 and 27
    assert energy.reference_months(world(homes(1))) == [3, 15, 27, 36]
    # 13 months before 1 January 2026: column 1 is January 2025, with hardly a month before it; column 13 the peildatum
    short = Params(addresses=300, months=13, peildatum=pd.Timestamp("2026-01-01").date())
    assert energy.reference_months(world(homes(1), params=short)) == [13]


def test_the_standard_year_of_a_steady_household_is_what_it_uses_in_a_year():
    made = world(homes(MANY), occupants=2)
    seen = energy.simulate(made)
    rows = (seen.connections["product"] == "ELK") & seen.connections["slimme_meter"]
    day = int(made.params.month_starts[27])
    sja = seen.years[seen.years["peildatum"] == day].set_index("connection")["sja"][rows[rows].index]
    metered = seen.afname[rows.to_numpy(), 14:26].sum(axis=1)
    assert sja.mean() == pytest.approx(metered.mean(), rel=0.03)


def test_more_people_use_more_and_an_empty_house_little():
    total = yearly(world(homes(MANY), occupants=np.arange(MANY) % 5))
    by = [np.nanmedian(total[np.arange(MANY) % 5 == k]) for k in range(5)]
    assert by == sorted(by)
    assert by[0] < 0.25 * by[1]


def test_gas_answers_to_the_cold_when_people_are_there():
    seen = energy.simulate(world(homes(200), occupants=2))
    gas = seen.afname[(seen.connections["product"] == "GAS").to_numpy()].mean(axis=0)
    assert gas[3] > 4 * gas[9]  # January 2024 against July 2024


def test_district_heating_has_no_gas_connection_as_a_rule():
    total = yearly(world(homes(MANY, verwarming="warmtenet")), "GAS")
    assert np.isnan(total).mean() > 0.88
    assert np.nanmean(total) < 80  # some cook on it


def test_travellers_leave_an_inhabited_house_dark():
    away = yearly(world(homes(MANY), occupants=2, lookalike=int(Lookalike.LONG_TRAVEL)))
    assert np.nanmedian(away) < 0.25 * np.nanmedian(yearly(world(homes(MANY), occupants=2)))


def test_storage_looks_like_an_empty_house_with_the_heating_of_the_aquarium_on():
    empty = yearly(world(homes(MANY), occupants=0, use=int(Use.WORKS)))
    storage = yearly(world(homes(MANY), occupants=0, use=int(Use.STORAGE)))
    inhabited = yearly(world(homes(MANY), occupants=1))
    # neither side is clear: one in five of the ones lies beyond the median of the others
    assert (storage < np.nanmedian(empty)).mean() > 0.2
    assert (storage > np.nanquantile(inhabited, 0.05)).mean() > 0.1


def test_hemp_on_the_meter_is_seen_and_past_the_meter_is_not():
    homely = yearly(world(homes(MANY), occupants=3))
    metered = yearly(world(homes(MANY), occupants=0, use=int(Use.HEMP)))
    tampered = yearly(world(homes(MANY), occupants=0, use=int(Use.HEMP_TAMPERED)))
    assert np.nanmedian(metered) > np.nanquantile(homely, 0.95)
    assert (tampered < np.nanmedian(homely)).mean() > 0.8


def test_households_differ_as_the_zonnedael_meters_do():
    # Liander Zonnedael: standard deviation of the logarithm 0.48 over 56 households of unknown size
    total = yearly(world(homes(MANY), occupants=2))
    assert 0.35 < np.nanstd(np.log(np.maximum(total, 50))) < 0.75


def test_every_type_and_heating_can_be_simulated():
    kinds = np.resize(DWELLING_TYPES, 60)
    fuel = np.resize(["gas", "warmtenet", "warmtepomp", "overig"], 60)
    town = homes(
        60, type=kinds, verwarming=fuel, zonnepanelen=np.resize([0.0, 4.0, 0.0], 60), oppervlakte=np.resize([0, 90], 60)
    )
    town = town.assign(aansluiting=np.r_[0, 0, -1, np.arange(3, 60)])
    seen = energy.simulate(world(town, use=np.resize(list(Use), 60)))
    assert (seen.afname >= 0).all() and (seen.invoeding >= 0).all()
    assert set(seen.connections["address"]) <= set(town["aansluiting"])
    assert seen.years["sja"].ge(0).all()
