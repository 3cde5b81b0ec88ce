"""Potential outcomes: the same for everybody who asks, of the day of the visit, with the errors of `visits`."""

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel
from synthetic.answers import answers, truth
from synthetic.world import FOREVER
from tests.synthetic.handmade import homes, seeded, world

SPOOK, SCHIJN = Doel


def test_the_same_month_gives_the_same_answers_and_another_month_others():
    made = world(homes(200), occupants=2, registered=0, spook=True)
    first = answers(made, 20, SPOOK)
    pd.testing.assert_frame_equal(first, answers(made, 20, SPOOK))
    for other in (answers(made, 21, SPOOK), answers(made, 20, SCHIJN), answers(seeded(made, 9), 20, SPOOK)):
        assert not first["outcome"].equals(other["outcome"])


def test_an_investigation_begins_in_its_month_and_takes_its_time():
    made = world(homes(500))
    said, starts = answers(made, 20, SPOOK), made.params.month_starts
    assert (said["start"] >= starts[20]).all() and (said["start"] < starts[21]).all()
    assert (said["visit"] - said["start"]).between(10, 69).all()
    known = said[said["finished"] != FOREVER]
    assert len(known) == 500 and (known["finished"] >= known["visit"] + 3).all()


def test_true_is_the_truth_of_the_day_of_the_visit():
    spook = np.zeros((400, 36), dtype=bool)
    spook[:, 22:] = True
    made = world(homes(400), occupants=2, registered=0, spook=spook)
    said = answers(made, 20, SPOOK)
    assert said["true"].equals(said["visit"] >= int(made.params.month_starts[22]))
    assert said["true"].any() and not said["true"].all()
    assert not answers(made, 20, SCHIJN)["true"].any()
    assert not truth(made, 21, SPOOK).any() and truth(made, 22, SPOOK).all() and not truth(made, 22, SCHIJN).any()


def test_inspectors_confirm_most_of_what_is_so_and_imagine_a_little():
    so = answers(world(homes(4000), occupants=2, registered=0, spook=True), 20, SPOOK)["outcome"]
    fine = answers(world(homes(4000)), 20, SPOOK)["outcome"]
    assert 0.4 < (so == "bewoond_zonder_inschrijving").mean() < 0.9
    assert (fine == "gebruik_zonder_inschrijving").mean() == pytest.approx(0.02, abs=0.012)  # one in forty, less doors


def test_who_answers_does_not_depend_on_who_lives_there():
    full = answers(world(homes(300)), 20, SPOOK)
    empty = answers(world(homes(300), occupants=0, registered=0), 20, SPOOK)
    pd.testing.assert_frame_equal(full[["start", "handler", "visit"]], empty[["start", "handler", "visit"]])
    assert full["handler"].nunique() == 3
