"""The two labels, on addresses written out by hand. Columns: months; every row one address."""

import numpy as np
import pytest

from synthetic.schemes import SOORTEN, labels, persists, truth
from synthetic.world import Lookalike, Use
from tests.synthetic import handmade


@pytest.mark.parametrize(
    ("occupants", "registered", "present", "use", "lookalike", "spook", "schijn", "exact"),
    [
        (2, 2, 2, Use.NONE, 0, 0, 0, 1),  # as it should be
        (0, 0, 0, Use.NONE, 0, 0, 0, 1),  # truly empty
        (3, 0, 0, Use.NONE, 0, 1, 0, 0),  # lived in, nobody registered
        (0, 0, 0, Use.HEMP, 0, 1, 0, 0),  # used, nobody registered
        (0, 2, 0, Use.NONE, 0, 0, 1, 0),  # registered, nobody there
        (4, 2, 0, Use.NONE, 0, 1, 1, 0),  # sublet behind straw men: both
        (2, 3, 2, Use.NONE, 0, 0, 1, 0),  # one of three left and did not say so
        (3, 2, 2, Use.NONE, 0, 0, 1, 0),  # one more than registered
        (0, 2, 2, Use.NONE, Lookalike.LONG_TRAVEL, 0, 0, 1),  # lawfully away
        (6, 0, 0, Use.NONE, Lookalike.MIGRANT_TRANSIT, 0, 0, 0),  # lawfully here: no scheme, not exact either
        (0, 2, 0, Use.NONE, Lookalike.BAG_BRP_MISMATCH, 0, 0, 0),  # entered next door by mistake
        (0, 0, 0, Use.HOLIDAY, Lookalike.SECOND_HOME, 0, 0, 1),  # a second home
        (2, 2, 2, Use.STORAGE, 0, 0, 0, 0),  # storage beside living: somebody registered is there
    ],
)
def test_labels(
    occupants: int, registered: int, present: int, use: int, lookalike: int, spook: int, schijn: int, exact: int
) -> None:
    world = handmade.world(
        handmade.homes(1), occupants=occupants, registered=registered, present=present, use=int(use),
        lookalike=int(lookalike),
    )  # fmt: skip
    found = labels(world.lives)
    assert [int(grid[0, -1]) for grid in found] == [spook, schijn, exact]


def test_a_delay_of_two_months_is_no_scheme() -> None:
    mask = np.array([[0, 1, 1, 0, 1, 1, 1, 1]], dtype=bool)
    assert persists(mask).astype(int).tolist() == [[0, 0, 0, 0, 0, 0, 1, 1]]


def test_what_has_no_name_is_late_and_what_is_not_scored_has_no_label() -> None:
    world = handmade.world(handmade.homes(2, gescoord=[True, False]), occupants=1, registered=0, present=0)
    made = truth(world.lives, world.town, world.schemes.table, np.zeros((2, world.params.months), dtype=np.int8))
    assert made.spook[:, -1].tolist() == [True, False]
    assert [SOORTEN[code] for code in made.soort[:, -1]] == ["te_laat", "geen"]
