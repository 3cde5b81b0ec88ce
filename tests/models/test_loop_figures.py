"""Figures over towns, by hand; measures of a month, by hand; disparity, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from features.columns import Doel
from models.loop_disparity import SMALLEST, disparity, widest
from models.loop_figures import Played, covers, figures, over_towns
from models.loop_measures import EDGES, Ledger
from models.loop_records import Group, LoopRun, Month
from models.loop_world import Answers
from models.policies import EXPLORATION, LOT, RISK, Picks, Seen
from tests.models.toy_world import ToyWorld

EMPTY = Month(
    doel="spookbewoning", month="2025-01", picked=10, chosen=8, chosen_hits=4, drawn=2, drawn_hits=0, hits=4,
    true_hits=3, silent=1, other=0, free=1000, free_found=20, free_true=10, cases=12, cases_found=3, kans=0.03, top=8,
    top_kans=0.4, top_found=4, top_true=3, basis="model",
)  # fmt: skip


def test_a_month_is_counted_by_hand():
    world = ToyWorld(n=10, months=1)
    flags = np.zeros((5, 10), dtype=bool)
    confirmed, other, silent, true, now = flags
    confirmed[[0, 1, 2]] = True  # 2 is imagined, 5 is true but nobody is home
    true[[0, 1, 5]] = True
    silent[[5]] = True
    other[[3]] = True
    now[[0, 5, 7]] = True  # 1 became true between pick and visit
    free = np.arange(10) < 8
    table = world.table(world.starts[0])
    table = replace(table, frame=table.frame.assign(woningtype=[1.0, 1, 1, 2, 2, 2, 2, np.nan, 1, 1]))
    seen = Seen(
        doel=Doel.SPOOKBEWONING, month=0, table=table, free=free, count=5,
        examples=lambda: pytest.fail(""), rng=np.random.default_rng(1), lot=np.random.default_rng(1),
    )  # fmt: skip
    picks = Picks(
        rows=np.array([0, 1, 2, 3, 5]),
        reason=np.array([RISK, RISK, LOT, EXPLORATION, LOT]),
        chance=np.array([np.nan, np.nan, 0.25, np.nan, 0.25]),
        kans=np.array([0.9, 0.7, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 1.0, 1.0]),
    )
    ledger = Ledger(10, world.starts)
    ledger.add(
        0, seen, picks, Answers(found=table.frame, confirmed=confirmed, other=other, silent=silent, true=true), now
    )
    found = ledger.run()
    assert found.months[0] == Month(
        doel="spookbewoning", month="2025-01", picked=5, chosen=3, chosen_hits=2, drawn=2, drawn_hits=1, hits=3,
        true_hits=2, silent=1, other=1, free=8, free_found=3, free_true=3, cases=4, cases_found=2,
        kans=pytest.approx(2.4 / 8), top=2, top_kans=pytest.approx(0.8), top_found=2, top_true=1, basis="",
    )  # fmt: skip
    one, two = found.groups
    assert (one.value, one.free, one.chosen, one.true) == (1, 3, 2, 1)  # the lot (row 2) is nobody's choice
    assert (two.value, two.free, two.chosen, two.true) == (2, 4, 1, 1)
    band = {b.low: (b.n, b.found, b.true) for b in found.bands}
    assert band[0.1] == (5, 1, 1) and band[0.2] == (1, 0, 1) and band[0.6] == (1, 1, 0) and band[0.8] == (1, 1, 1)
    assert sum(b.n for b in found.bands) == 8 and len(band) == len(EDGES) - 1
    assert LoopRun.read(found.document()) == found


def test_the_interval_over_towns_is_students():
    said = over_towns([10, 14, 18])  # sd 4, t(2, 95%) = 2.919986
    assert (said.value, said.low, said.high) == pytest.approx(
        (14, 14 - 2.919986 * 4 / 3**0.5, 14 + 2.919986 * 4 / 3**0.5)
    )
    one = over_towns([3.0])
    assert one.value == 3 and np.isnan(one.low)


def played(policy, seed, **month):
    changed = replace(EMPTY, **month)
    months = (changed, replace(changed, month="2025-02"), replace(EMPTY, doel="schijnbewoning"))
    return Played(policy=policy, seed=seed, run=LoopRun(months=months, groups=(), bands=()), seconds=1.0)


def test_the_figures_of_two_towns_by_hand():
    found = figures([
        played("profiles", 1, hits=2), played("profiles", 2, hits=7),
        played("mine", 1, hits=4, drawn_hits=1), played("mine", 2, hits=8, chosen_hits=8, free_found=40),
    ])  # fmt: skip
    assert [(f.policy, f.doel) for f in found] == [(p, d.value) for p in ("profiles", "mine") for d in Doel]
    mine = next(f for f in found if f.policy == "mine" and f.doel == "spookbewoning")
    assert mine.hits.value == 12 and mine.difference.value == (4 + 2) / 2  # 8 - 4 and 16 - 14
    assert mine.per_visit.value == pytest.approx((0.4 + 0.8) / 2)
    assert mine.recall.value == pytest.approx(3 / 12)
    assert mine.naive.value == pytest.approx((0.5 + 1.0) / 2)
    assert mine.naive_bias.value == pytest.approx((0.5 - 0.02 + 1.0 - 0.04) / 2)
    assert (mine.drawn_hits, mine.drawn) == (2, 8) and mine.stream.value == 0.25
    assert mine.covered == (False, True)  # 2 of 4: at least 9.8%, above 2%; 0 of 4 holds 4%


def test_covers_compares_with_what_would_be_confirmed_and_not_with_what_is_so():
    months = [replace(EMPTY, drawn=100, drawn_hits=5, free_found=50, free_true=1)]
    assert covers(months)
    assert not covers([replace(months[0], free_found=1, free_true=50)])


def test_disparity_is_the_ratio_of_selection_rates_cumulated():
    def group(month, value, free, chosen, true=1):
        return Group(
            doel="spookbewoning", month=month, column="woningtype", value=value, free=free, chosen=chosen, true=true
        )

    run = LoopRun(
        months=(), bands=(),
        groups=(
            group("2025-01", 1.0, 300, 6), group("2025-01", 2.0, 700, 4), group("2025-01", 3.0, SMALLEST - 1, 9),
            group("2025-02", 1.0, 300, 0), group("2025-02", 2.0, 700, 10), group("2025-02", 3.0, SMALLEST - 1, 0),
        ),
    )  # fmt: skip
    found = disparity([run])
    everybody, total = 1000 + SMALLEST - 1, 19
    first = next(d for d in found if d.month == "2025-01" and d.value == 1)
    assert first.ratio == pytest.approx((6 / 300) / (total / everybody))
    last = {d.value: d.ratio for d in found if d.month == "2025-02"}
    assert last == pytest.approx({1.0: (6 / 600) / (29 / 2 / everybody), 2.0: (14 / 1400) / (29 / 2 / everybody)})
    assert widest(found, "schijnbewoning") is None
    assert widest(found, "spookbewoning").month == "2025-02"
    assert disparity([LoopRun(months=(), groups=(), bands=())]) == ()
