"""Scoring one gemeente: a learned model or a cold start, and what may not be used is not used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from features.columns import Doel, Status
from features.errors import Refusal
from features.table import FeatureTable
from models.rules import Rule, When
from models.scores import REST
from models.scoring import Scored, score_gemeente, unusual
from models.tables import TableModel, Term
from tests.models.made_up import KWH, PARK, PEOPLE

REGISTER = (KWH, PEOPLE, PARK)
SPOOK = Doel.SPOOKBEWONING
N = 300
RULES = {
    SPOOK: (Rule(name="r", source="t", points=3.0, when=(When(feature="ingeschrevenen", at_most=0.0),)),),
    Doel.SCHIJNBEWONING: (),
}


@pytest.fixture(autouse=True)
def made_up_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.scoring.admitted", lambda doel, grants: REGISTER)
    monkeypatch.setattr("models.scoring.FEATURES", REGISTER)
    monkeypatch.setattr("models.rankers.profiles.RULES", RULES)


def _table() -> FeatureTable:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "verbruik": rng.lognormal(7, 0.5, N),
            "ingeschrevenen": rng.poisson(2, N).astype(float),
            "park": (rng.random(N) < 0.1).astype(float),
        }
    )
    frame.iloc[0] = [40_000.0, 0.0, 1.0]
    frame.iloc[1, 0] = np.nan
    return FeatureTable(
        gemeente="0175",
        as_of=date(2026, 10, 1),
        identificatie=pd.Series([f"0175010000{i:06d}" for i in range(N)], dtype="str"),
        adres=pd.Series(np.arange(N, dtype=np.int32)),
        frame=frame,
        grants=(),
        version="r7",
    )


def _model(register: str = "r7", doel: str = "spookbewoning") -> TableModel:
    use = Term(features=("verbruik",), cuts=(np.array([5000.0]),), scores=np.array([0.1, -0.5, 2.0, 0.0]))
    people = Term(features=("ingeschrevenen",), cuts=(np.array([1.0]),), scores=np.array([0.0, 1.0, -1.0, 0.0]))
    return TableModel(doel=doel, base=-3.0, terms=(use, people), register=register)


def _scored(model: TableModel | None, shielded: np.ndarray | None = None) -> Scored:
    table = _table()
    return score_gemeente(
        table,
        SPOOK,
        model,
        unusual(table, SPOOK),
        run_id="run",
        key=b"key",
        shielded=np.zeros(N, dtype=bool) if shielded is None else shielded,
    )


@pytest.mark.parametrize("cold", [False, True])
def test_base_and_contributions_add_up_to_the_score_of_every_address(cold: bool) -> None:
    scored = _scored(None if cold else _model(), np.arange(N) % 7 == 0)
    told = scored.redenen.to_pandas().groupby("adresseerbaarobject_identificatie")["bijdrage"].sum()
    scores = scored.scores.set_index("adresseerbaarobject_identificatie")["score"]
    np.testing.assert_allclose(scored.base + told.loc[scores.index], scores, rtol=0, atol=1e-9)
    assert len(scores) == N


def test_a_model_gives_probabilities() -> None:
    rows = _scored(_model()).scores
    # use above the border 2, nobody registered 1, base -3: log-odds 0
    assert rows.loc[0, "score"] == pytest.approx(0.0)
    assert rows.loc[0, "kans"] == pytest.approx(0.5)
    assert rows["afwijking"].between(0, 1).all()


def test_a_cold_start_ranks_on_declared_directions_and_gives_no_probability() -> None:
    scored = _scored(None)
    rows = scored.scores
    assert scored.cold
    assert scored.base == 0.0
    assert rows["kans"].isna().all()
    assert rows["score"].between(0, 1).all()
    assert rows.loc[0, "rang"] <= N // 10
    told = scored.redenen.to_pandas()
    first = told[told["adresseerbaarobject_identificatie"] == rows.loc[0, "adresseerbaarobject_identificatie"]]
    # the first address uses the most of all, on the park, and is the most unusual: each of the three speaks
    assert set(first["kenmerk"]) >= {"verbruik", "park", "afwijking"}
    assert (first["bijdrage"] >= 0).all()
    assert "wijst" not in " ".join(first["zin"])


def test_secrecy_leaves_no_reason_that_rests_on_persons() -> None:
    for model in (None, _model()):
        told = _scored(model, np.ones(N, dtype=bool)).redenen.to_pandas()
        assert set(told["kenmerk"]) <= {"verbruik", "park", REST}


def test_what_is_not_admitted_for_this_target_is_treated_as_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.scoring.admitted", lambda doel, grants: (PEOPLE, PARK))
    rows = _scored(_model()).scores
    # use is missing for everybody: 0.1 + 1 - 3
    assert rows.loc[0, "score"] == pytest.approx(-1.9)


def test_a_model_of_another_register_or_target_is_refused() -> None:
    with pytest.raises(Refusal, match="register r6"):
        _scored(_model(register="r6"))
    with pytest.raises(Refusal, match="a model for schijnbewoning"):
        _scored(_model(doel="schijnbewoning"))


@pytest.mark.parametrize("status", [Status.PROEF, Status.GEWEIGERD])
def test_a_model_that_reads_what_is_not_admitted_is_refused_by_name_and_reason(
    monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    tried = replace(KWH, papers=replace(KWH.papers, status=status, why="leest te veel"))
    monkeypatch.setattr("models.scoring.FEATURES", (tried, PEOPLE, PARK))
    with pytest.raises(Refusal, match=rf"it reads verbruik \({status}: leest te veel\)"):
        _scored(_model())
    monkeypatch.setattr("models.scoring.FEATURES", (PEOPLE, PARK))
    with pytest.raises(Refusal, match=r"it reads verbruik \(not in the register\)"):
        _scored(_model())


def test_both_targets_share_a_forest_on_the_same_features() -> None:
    table = _table()
    found = unusual(table, SPOOK)
    assert unusual(table, Doel.SCHIJNBEWONING, share=found) is found


def test_the_same_inputs_give_the_same_bytes() -> None:
    """Law 4."""
    one, two = _scored(_model()), _scored(_model())
    pd.testing.assert_frame_equal(one.scores, two.scores, check_exact=True)
    assert _bytes(one.redenen) == _bytes(two.redenen)


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
