"""The draw by itself: exact shares, exact chances, and blindness as a property of the lot."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from features.errors import Refusal
from models.scores import BANDS
from service.worklist import lot
from service.worklist.codes import Aanleiding
from service.worklist.policy import Werkvoorraad
from service.worklist.shares import Rest, Shares, shares
from service.worklist.streams import Drawn, draw, spread

SIZES = {"A": 4, "B": 8, "C": 12, "D": 16, "E": 60}
IDS = np.array([f"0175010000000{n:03d}" for n in range(100)])
BAND = np.repeat(list(SIZES), list(SIZES.values()))
NUMBERS = Shares(risico=8, verkenning=3, steekproef=10, rest=Rest())


def once(number: int, numbers: Shares = NUMBERS, bands: np.ndarray = BAND) -> tuple[Drawn, ...]:
    seed = lot.seed(b"0123456789abcdef", str(number))
    return draw(IDS, bands, numbers, {}, lot.lots(seed, IDS))


@pytest.mark.parametrize(("capacity", "share"), [(7, 0.10), (60, 0.10), (13, 0.0333), (1, 0.25)])
def test_the_share_of_chance_is_exact_over_the_rounds_and_carried_in_between(capacity: int, share: float) -> None:
    policy = Werkvoorraad(capaciteit=capacity, aandeel_steekproef=share, aandeel_verkenning=0.15)
    rest, by_chance, exploring = Rest(), 0, 0
    for round_ in range(1, 41):
        part = shares(policy, rest)
        rest, by_chance, exploring = part.rest, by_chance + part.steekproef, exploring + part.verkenning
        assert part.risico + part.verkenning + part.steekproef == capacity
        assert by_chance == capacity * round(share * 10_000) * round_ // 10_000  # by hand: rounded down once
    late = int(capacity == 1)  # in a round of one address chance goes first, and exploring waits a round
    assert exploring == capacity * 1500 * 40 // 10_000 - late


def test_risk_fills_from_the_top_and_exploring_goes_where_fewest_were_seen() -> None:
    risk, exploring = spread(SIZES, 8, 4, {"C": 2, "D": 0, "E": 1})
    assert risk == {"A": 4, "B": 4, "C": 0, "D": 0, "E": 0}
    # D has 0 seen, then D and E have 1 each and D is higher, then E, then C, D and E have 2 and C is highest.
    assert exploring == {"A": 0, "B": 0, "C": 1, "D": 2, "E": 1}


def test_every_chance_is_that_of_many_draws() -> None:
    """The slow plain version: count, in 3000 draws, how often each address came."""
    times = 3000
    into: Counter[str] = Counter()
    by_chance: Counter[str] = Counter()
    told: dict[str, float] = {}
    for number in range(times):
        for one in once(number):
            into[one.identificatie] += 1
            by_chance[one.identificatie] += one.aanleiding is Aanleiding.STEEKPROEF
            told[one.identificatie] = one.rondekans
            assert one.selectiekans == (0.1 if one.aanleiding is Aanleiding.STEEKPROEF else one.rondekans)
    assert set(told) == set(IDS)
    # By hand: 10 of 100 by chance; of band A all 4 by risk, of B 4 of 8, exploring one each of C, D and E.
    model = dict(zip(BANDS, (1.0, 0.5, 1 / 12, 1 / 16, 1 / 60), strict=True))
    for identificatie, band in zip(IDS, BAND, strict=True):
        expected = 1 - (1 - model[band]) * 0.9
        assert told[identificatie] == pytest.approx(expected, abs=1e-12)
        error = np.sqrt(expected * (1 - expected) / times) + 1e-9
        assert abs(into[identificatie] / times - expected) < 4.5 * error
        assert abs(by_chance[identificatie] / times - 0.1) < 4.5 * np.sqrt(0.09 / times)


def test_a_round_is_the_same_again_and_does_not_depend_on_the_order_of_the_list() -> None:
    assert once(1) == once(1) != once(2)
    back = np.arange(len(IDS))[::-1]
    seed = lot.seed(b"0123456789abcdef", "1")
    assert draw(IDS[back], BAND[back], NUMBERS, {}, lot.lots(seed, IDS[back])) == once(1)


def test_an_address_is_in_the_round_once_and_chance_goes_first() -> None:
    found = once(3, Shares(risico=90, verkenning=0, steekproef=50, rest=Rest()))
    assert len({one.identificatie for one in found}) == len(found) <= 100
    assert sum(one.aanleiding is Aanleiding.STEEKPROEF for one in found) == 50


def test_without_bands_all_is_by_lot_and_a_small_list_is_taken_whole() -> None:
    stopped = once(1, Shares(risico=0, verkenning=0, steekproef=20, rest=Rest()), np.full(100, ""))
    assert {(one.aanleiding, one.selectiekans, one.band) for one in stopped} == {(Aanleiding.STEEKPROEF, 0.2, "")}
    everything = once(1, Shares(risico=200, verkenning=5, steekproef=300, rest=Rest()))
    assert len(everything) == 100 and {one.selectiekans for one in everything} == {1.0}
    nothing = draw(IDS[:0], BAND[:0], NUMBERS, {}, lot.lots("00" * 32, []))
    assert nothing == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"aandeel_steekproef": 0.0},
        {"aandeel_steekproef": 0.6, "aandeel_verkenning": 0.5},
        {"capaciteit": 0},
        {"aandeel_verkenning": 0.00001},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Refusal, match=r"\[werkvoorraad\]"):
        Werkvoorraad(**wrong)  # type: ignore[arg-type]
