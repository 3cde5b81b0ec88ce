from __future__ import annotations

from collections import Counter

from service.cases.draw import draw, wait


def test_the_same_seed_and_people_give_the_same_person_again() -> None:
    first = draw({"p-a": 0, "p-b": 3, "p-c": 1}, seed="ab")
    assert draw(dict(reversed(first.kandidaten)), seed=first.zaad) == first
    assert first.gekozen == min(first.kandidaten, key=lambda one: wait("ab", *one))[0]
    assert draw({}).gekozen == ""


def test_nobody_can_be_foreseen_and_who_has_fewest_is_favoured() -> None:
    # The waiting times are exponential with rates 1, 1/2, 1/4: shares 4/7, 2/7, 1/7.
    drawn = Counter(draw({"a": 0, "b": 1, "c": 3}, seed=str(n)).gekozen for n in range(7000))
    for person, expected in (("a", 4000), ("b", 2000), ("c", 1000)):
        assert abs(drawn[person] - expected) < 200  # 5 standard deviations of the largest
