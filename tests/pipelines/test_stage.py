"""A stage is a delivery with its answers: the truth beside the delivery agrees, and it is made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel
from models.labels import OUTCOMES, labels
from pipelines.settings import Settings
from pipelines.stage import Play, Stage, stage

PLAY = Play(addresses=600, seed=4, before=12, months=2)
KEY = b"sleutel-voor-de-proef-0123456789abcdef"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    place = tmp_path_factory.mktemp("toneel")
    return Settings(werkmap=place / "werk", mlflow="", taken=1, zaad=1, key=KEY)


@pytest.fixture(scope="module")
def made(settings: Settings) -> Stage:
    return stage(PLAY, settings.werkmap.parent, settings)


def test_the_months_lie_between_past_practice_and_the_end() -> None:
    assert PLAY.params.peildatum == date(2026, 10, 1)
    assert PLAY.starts == (date(2026, 2, 1), date(2026, 3, 1))  # six months before the end, and the two of the loop
    assert PLAY.params.months == 20


def test_the_truth_is_that_which_stands_beside_the_delivery(made: Stage, settings: Settings) -> None:
    written = pd.read_parquet(settings.werkmap.parent / PLAY.name / "levering-waarheid" / "waarheid_maand.parquet")
    table = made.table(made.starts[0] - timedelta(days=1))
    for month, day in enumerate(made.starts):
        here = written[written["maand"] == f"{day:%Y-%m}"].set_index("adresseerbaarobject_identificatie")
        for doel in Doel:
            expected = here[doel.value].reindex(table.identificatie).fillna(0).to_numpy() == 1
            assert (made.truth(month, doel) == expected).all()
    assert made.truth(0, Doel.SCHIJNBEWONING).any()


def test_the_answers_stand_in_the_order_of_the_features_and_speak_as_labels_do(made: Stage) -> None:
    table = made.table(made.starts[0] - timedelta(days=1))
    for month in range(2):
        for doel in Doel:
            said = made.answers(month, doel)
            assert (said.found["adres"].to_numpy() == table.adres.to_numpy()).all()
            column = list(Doel).index(doel)
            plain = said.found["uitkomst"].map({code: pair[column] for code, pair in OUTCOMES.items()}).to_numpy(float)
            sure = plain >= 0  # the outcome alone decides, whoever was registered
            assert (said.confirmed[sure] == (plain[sure] == 1)).all() and not said.silent[sure].any()
            assert said.silent[np.isnan(plain)].all()
            assert (said.found["bekend"].dt.strftime("%Y-%m") == f"{made.starts[month]:%Y-%m}").all()
            assert (said.found["afgerond"] > said.found["bekend"]).all()


def test_an_outcome_is_a_label_only_when_it_is_finished(made: Stage) -> None:
    asked = made.answers(0, Doel.SCHIJNBEWONING).found.assign(
        doel="schijnbewoning", aanleiding="steekproef", selectiekans=0.1
    )
    for days in (0, 40, 80):
        as_of = made.starts[0] + timedelta(days=days)
        known = made.labels(asked, as_of, Doel.SCHIJNBEWONING)
        assert (known["afgerond"] <= pd.Timestamp(as_of)).all()
        assert len(known) == (asked["afgerond"] <= pd.Timestamp(as_of)).to_numpy()[
            ~made.answers(0, Doel.SCHIJNBEWONING).silent
        ].sum()  # fmt: skip
        assert known["steekproef"].all() and (known["selectiekans"] == 0.1).all()


def test_the_past_is_that_of_the_delivery_until_the_loop_begins(made: Stage) -> None:
    past = made.before()
    assert len(past) and (past["bekend"] < pd.Timestamp(made.starts[0])).all()
    whole = made.landing.at(made.end)
    expected = labels(replace(whole, onderzoeken=whole.onderzoeken[whole.onderzoeken["bekend"] < past["bekend"].max()]),
                      Doel.SCHIJNBEWONING)  # fmt: skip
    found = made.labels(past[past["bekend"] < past["bekend"].max()], made.end, Doel.SCHIJNBEWONING)
    pd.testing.assert_frame_equal(found, expected)


def test_a_stage_is_made_once(made: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.stage.synthesize", lambda *_: pytest.fail("made again"))
    monkeypatch.setattr("pipelines.stage.make", lambda *_: pytest.fail("made again"))
    again = stage(PLAY, settings.werkmap.parent, settings)
    pd.testing.assert_frame_equal(again.found, made.found)
