from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import combinations_with_replacement

import numpy as np

from service.planning.calendar import holidays, weekday
from service.planning.chance import DAY_OF, PARTS, PRIOR, PROFILES, advice, chances, kinds, met

# One moment in each of the 24 slots: Monday, Wednesday, Saturday and Sunday of a week without holidays (winter: CET).
SLOTS = [datetime(2026, 11, day, hour, 30, tzinfo=UTC) for day in (23, 25, 28, 29) for hour in (6, 8, 11, 13, 16, 18)]
TEN, NIGHT = datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 19, tzinfo=UTC)  # Tuesday 10:00 and 20:00


def by_slot(attempts: tuple[datetime, ...]) -> np.ndarray:
    return np.array([met(attempts, moment) for moment in SLOTS])


def test_before_any_attempt_it_is_the_mixture_of_the_kinds() -> None:
    assert np.allclose(by_slot(()), PRIOR @ PROFILES.reshape(5, 24), rtol=1e-12)
    assert abs(PRIOR.sum() - 1) < 1e-12
    night = np.r_[0:7, 22:24]
    assert not chances()[:, night].any()


def test_an_attempt_lowers_its_own_part_of_the_day_most() -> None:
    for before in [(), *((one,) for one in SLOTS), *combinations_with_replacement(SLOTS[::5], 2)]:
        now = by_slot(before)
        for slot, moment in enumerate(SLOTS):
            ratio = by_slot((*before, moment)) / now
            assert ratio[slot] < 1
            assert np.delete(ratio, slot).min() > ratio[slot]


def test_a_shut_door_by_day_speaks_for_the_evening() -> None:
    before, after = chances(), chances([TEN])
    assert after[1, 20] / after[1, 10] > before[1, 20] / before[1, 10]
    assert kinds([TEN])["werkt_buitenshuis"] > kinds()["werkt_buitenshuis"]
    assert kinds([TEN])["overdag_thuis"] < kinds()["overdag_thuis"]
    # ... and by evening much less for another evening than a shut door by day does
    assert chances([NIGHT])[1, 20] < after[1, 20]


def test_the_posterior_by_hand() -> None:
    # Two shut doors in one slot, c = 2: a household with mean p was out twice with chance (1 - p)(2 (1 - p) + 1) / 3,
    # and is in the third time with chance 2p / 4.
    p = PROFILES[:, 0, 1]
    out = PRIOR * (1 - p) * (2 * (1 - p) + 1) / 3
    assert np.isclose(met([TEN, TEN], TEN), (out / out.sum()) @ (p * 2 / 4), rtol=1e-12)


def test_the_order_of_attempts_and_the_zone_of_their_clock_do_not_matter() -> None:
    assert chances([TEN, NIGHT]).tolist() == chances([NIGHT, TEN]).tolist()
    assert chances([TEN]).tolist() == chances([datetime(2026, 11, 24, 10)]).tolist()


def test_the_more_attempts_the_surer_that_nobody_lives_there() -> None:
    found = [kinds(SLOTS[:n])["niemand"] for n in range(0, 24, 4)]
    assert found == sorted(found)
    assert not advice(SLOTS[:12], SLOTS[-1]).zinvol


def test_advice_for_the_next_attempt() -> None:
    after_morning = advice([TEN], TEN)
    assert (after_morning.dag, after_morning.van, after_morning.tot) == (date(2026, 11, 26), time(19), time(22))
    assert after_morning.zinvol
    assert after_morning.kans == round(met([TEN], datetime(2026, 11, 26, 20)), 9)
    tried = [TEN, NIGHT, NIGHT, datetime(2026, 11, 25, 20), datetime(2026, 11, 23, 18)]
    assert advice(tried, NIGHT, weekend=True).dag.weekday() == 5  # what is left is the weekend, if that may be used
    assert advice(tried, NIGHT).dag.weekday() < 5


def test_advice_never_lies_outside_the_hours_of_visits() -> None:
    for tried in combinations_with_replacement(SLOTS[::3], 2):
        for weekend in (False, True):
            found = advice(tried, SLOTS[0], weekend=weekend)
            assert PARTS[0] <= found.van.hour < found.tot.hour <= PARTS[-1]
            assert weekday(found.dag) < (6 if weekend else 5)


def test_a_holiday_is_a_sunday() -> None:
    # Good Friday, Easter Monday, Ascension, Whit Monday of 2026, by the almanac; 27 April 2025 was a Sunday
    assert {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)} <= holidays(2026)
    assert date(2025, 4, 26) in holidays(2025) and date(2025, 5, 5) in holidays(2025)
    assert weekday(date(2026, 12, 25)) == 6 == len(DAY_OF) - 1
    assert advice([TEN], datetime(2026, 12, 23, 10)).dag == date(2026, 12, 24)
    assert advice([], datetime(2026, 12, 24, 10), weekend=False).dag == date(2026, 12, 28)
