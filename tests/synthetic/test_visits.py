"""What a visit finds, state by state, as FORMATS 6 has it."""

import numpy as np
import pandas as pd
import pytest

from features.sources.onderzoeken import UITKOMSTEN
from synthetic import visits
from synthetic.world import FOREVER, Lookalike, Use
from tests.synthetic.handmade import homes, world

SPOOK, SCHIJN = "spookbewoning", "schijnbewoning"
FOUND = [  # doel, state, outcomes that may follow
    (SPOOK, {"occupants": 2, "registered": 2}, {"in_orde"}),
    (SPOOK, {"occupants": 3, "registered": 0, "spook": True}, {"bewoond_zonder_inschrijving"}),
    (SPOOK, {"occupants": 4, "registered": 0, "spook": True, "use": Use.LODGING}, {"gebruik_zonder_inschrijving"}),
    (SPOOK, {"occupants": 0, "registered": 0, "spook": True, "use": Use.HEMP_TAMPERED}, {"illegaal_gebruik"}),
    (SPOOK, {"occupants": 0, "registered": 0, "spook": True, "use": Use.STORAGE},
     {"illegaal_gebruik", "gebruik_zonder_inschrijving"}),
    (SPOOK, {"occupants": 0, "registered": 0}, {"leegstand_bevestigd"}),
    (SPOOK, {"occupants": 0, "registered": 0, "use": Use.HOLIDAY}, {"ander_gebruik_vergund"}),
    (SPOOK, {"occupants": 3, "registered": 0, "lookalike": Lookalike.MIGRANT_TRANSIT}, {"ander_gebruik_vergund"}),
    (SCHIJN, {"occupants": 2, "registered": 2}, {"in_orde"}),
    (SCHIJN, {"occupants": 1, "registered": 1, "present": 0}, {"in_orde"}),  # lawfully away
    (SCHIJN, {"occupants": 0, "registered": 2, "schijn": True},
     {"ingeschreven_niet_woonachtig", "vertrokken_onbekend_waarheen", "leegstand_bevestigd"}),
    (SCHIJN, {"occupants": 1, "registered": 3, "present": 1, "schijn": True}, {"minder_bewoners_dan_ingeschreven"}),
    (SCHIJN, {"occupants": 5, "registered": 2, "present": 2, "schijn": True}, {"meer_bewoners_dan_ingeschreven"}),
    (SCHIJN, {"occupants": 3, "registered": 2, "present": 0, "schijn": True, "spook": True},
     {"ingeschreven_niet_woonachtig"}),
    (SPOOK, {"occupants": 3, "registered": 2, "present": 0, "schijn": True, "spook": True},
     {"illegaal_gebruik", "bewoond_zonder_inschrijving"}),
]  # fmt: skip


def chosen(made, doel, days_ago=400):
    n = made.town.size
    start = np.full(n, made.params.today - days_ago)
    return pd.DataFrame({"address": np.arange(n), "doel": doel, "start": start, "handler": np.arange(n) % 2})


@pytest.mark.parametrize(("doel", "state", "expected"), FOUND)
def test_the_truth_has_its_code(doel, state, expected):
    made = world(homes(60), **{k: int(v) if not isinstance(v, bool) else v for k, v in state.items()})
    rows = chosen(made, doel)
    assert set(visits.truth(made, rows, rows["start"].to_numpy() + 20, np.random.default_rng(1))) == expected


def test_the_code_follows_the_day_of_the_visit_not_of_the_choice():
    people = np.full((40, 36), 0)
    people[:, :30] = 2  # they left in the last half year
    made = world(homes(40), occupants=people)
    early, late = np.full(40, int(made.params.month_starts[29])), np.full(40, int(made.params.month_starts[30]))
    rows = chosen(made, SPOOK)
    assert set(visits.truth(made, rows, early, np.random.default_rng(1))) == {"in_orde"}
    assert set(visits.truth(made, rows, late, np.random.default_rng(1))) == {"leegstand_bevestigd"}


def test_doors_stay_shut_and_eyes_differ():
    made = world(homes(4000), occupants=2, registered=0, spook=True)
    done = visits.outcomes(made, chosen(made, SPOOK), np.array([-1.5, 1.5]), np.random.default_rng(1))
    found = done["outcome"] == "bewoond_zonder_inschrijving"
    by_handler = found.groupby(done["handler"]).mean()
    assert by_handler[1] > by_handler[0] + 0.05  # the strict one finds more of the same
    assert 0.4 < found.mean() < 0.9
    assert set(done["outcome"]) <= set(UITKOMSTEN)
    assert {"geen_medewerking", "ingetrokken", "niemand_aangetroffen", "niemand_aangetroffen_sporen"} <= set(
        done["outcome"]
    )


def test_what_is_not_finished_has_no_outcome():
    made = world(homes(500))
    done = visits.outcomes(made, chosen(made, SCHIJN, days_ago=45), np.zeros(2), np.random.default_rng(1))
    running = done["finished"] == FOREVER
    assert running.any() and (~running).any()
    assert (done.loc[running, "outcome"] == "").all() and (done.loc[~running, "outcome"] != "").all()
    assert (done.loc[~running, "finished"] < made.params.today).all()
