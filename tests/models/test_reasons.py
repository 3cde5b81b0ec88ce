"""Reasons: the strongest contributions, exact, worded once, and silent about persons with secrecy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.reasons import TOP, reasons, reasons_of
from models.reference import reference
from models.scores import REASONS, REST
from models.tables import TableModel, Term
from models.wording import SHIELDED_SENTENCE
from tests.models.made_up import MADE_UP, feature

NAN = float("nan")


def _term(name: str, low: float, high: float) -> Term:
    return Term(features=(name,), cuts=(np.array([1.0]),), scores=np.array([0.0, low, high, 0.0]))


def _pair() -> Term:
    scores = np.zeros((4, 4))
    scores[2, 2] = 0.7
    return Term(features=("verbruik", "park"), cuts=(np.array([1.0]), np.array([1.0])), scores=scores)


MODEL = TableModel(
    doel="spookbewoning",
    base=-2.0,
    terms=(_term("verbruik", -0.1, 2.0), _term("ingeschrevenen", 0.5, -0.4), _term("park", 0.0, 0.3), _pair()),
)
X = pd.DataFrame({"verbruik": [2400.0, 0.0, NAN], "ingeschrevenen": [0.0, 3.0, 0.0], "park": [1.0, 0.0, 0.0]})
IDS = pd.Series(["0175010000000001", "0175010000000002", "0175010000000003"], dtype="str")


def _told(shielded: list[bool]) -> pd.DataFrame:
    table = reasons(
        MODEL,
        X,
        MODEL.contributions(X),
        identificatie=IDS,
        usual=reference(X),
        features=MADE_UP,
        shielded=np.array(shielded),
    )
    return table.to_pandas()


def test_golden() -> None:
    told = _told([False, False, False])
    rows = [tuple(row) for row in told[["volgorde", "kenmerk", "bijdrage", "zin"]].round(9).itertuples(index=False)]
    # medians: verbruik of 2400 and 0 = 1200; ingeschrevenen 0; park 0
    assert rows == [
        (1, "verbruik", 2.0, "verbruik: 2.400 kWh, meestal 1.200 kWh; dat wijst erop."),
        (
            2,
            "verbruik x park",
            0.7,
            "De combinatie van verbruik (2.400 kWh) en WOZ-park (ja) wijst meer op dit risico.",
        ),
        (3, "ingeschrevenen", 0.5, "ingeschrevenen: 0, meestal 0; dat wijst erop."),
        (4, "park", 0.3, "park: ja, meestal nee; dat wijst erop."),
        (5, "overige", 0.0, "Alle andere kenmerken samen."),
        (1, "ingeschrevenen", -0.4, "ingeschrevenen: 3, meestal 0; dat wijst er niet op."),
        (2, "verbruik", -0.1, "verbruik: 0 kWh, meestal 1.200 kWh; dat wijst er niet op."),
        (3, "overige", 0.0, "Alle andere kenmerken samen."),
        (1, "ingeschrevenen", 0.5, "ingeschrevenen: 0, meestal 0; dat wijst erop."),
        (2, "overige", 0.0, "Alle andere kenmerken samen."),
    ]


def test_secrecy_moves_what_rests_on_persons_into_the_rest() -> None:
    told = _told([True, False, False])
    first = told[told["adresseerbaarobject_identificatie"] == IDS[0]]
    assert "ingeschrevenen" not in set(first["kenmerk"])
    assert first["bijdrage"].iloc[-1] == pytest.approx(0.5)
    assert first["zin"].iloc[-1] == SHIELDED_SENTENCE
    assert first["bijdrage"].sum() + MODEL.base == pytest.approx(MODEL.score(X)[0], abs=1e-12)
    other = told[told["adresseerbaarobject_identificatie"] == IDS[1]]
    assert "ingeschrevenen" in set(other["kenmerk"])


def test_the_table_is_as_declared() -> None:
    told = _told([False, False, False])
    assert list(told.columns) == list(REASONS.columns)
    for name, dtype in REASONS.columns.items():
        assert str(told[name].dtype).replace("string", "str") == dtype, name


MANY = tuple(feature(f"k{i}") for i in range(14))


@settings(max_examples=40, deadline=None)
@given(arrays(np.float64, (7, 14), elements=st.sampled_from([0.0, 0.1, -0.1, 1 / 3, -2.0, 5.0])), st.integers(0, 6))
def test_the_top_ten_and_the_rest_equal_the_plain_way(contributions: np.ndarray, secret: int) -> None:
    X = pd.DataFrame(np.arange(98.0).reshape(7, 14), columns=[f.name for f in MANY])
    ids = pd.Series([f"id{i}" for i in range(7)], dtype="str")
    table = reasons_of(
        "spookbewoning",
        tuple((f.name,) for f in MANY),
        X,
        contributions,
        total=contributions.sum(axis=1),
        identificatie=ids,
        usual=reference(X),
        features=MANY,
        shielded=np.arange(7) == secret,
    )
    told = table.to_pandas()
    for i, row in enumerate(contributions):
        found = told[told["adresseerbaarobject_identificatie"] == f"id{i}"]
        plain = sorted((-abs(v), j) for j, v in enumerate(row) if v)[:TOP]
        assert found["kenmerk"].tolist() == [f"k{j}" for _, j in plain] + [REST]
        assert found["volgorde"].tolist() == list(range(1, len(plain) + 2))
        assert found["bijdrage"].sum() == pytest.approx(row.sum(), abs=1e-9)
        assert found["waarde"].tolist()[:-1] == [X.iloc[i, j] for _, j in plain]


def test_equal_sentences_are_made_once() -> None:
    n = 1000
    X = pd.DataFrame({"verbruik": np.repeat([2400.2, 2399.9], n // 2)})
    model = TableModel(doel="spookbewoning", base=0.0, terms=(_term("verbruik", -0.1, 2.0),))
    table = reasons(
        model,
        X,
        model.contributions(X),
        identificatie=pd.Series([str(i) for i in range(n)], dtype="str"),
        usual=reference(X),
        features=MADE_UP,
        shielded=np.zeros(n, dtype=bool),
    )
    words = table["zin"].combine_chunks()
    assert isinstance(words.type, pa.DictionaryType)
    # the rest, the shielded rest, and one sentence: both values are shown as 2.400 kWh
    assert len(words.dictionary) == 3


def test_no_addresses_give_an_empty_table() -> None:
    none = X.iloc[:0]
    table = reasons(
        MODEL,
        none,
        MODEL.contributions(none),
        identificatie=IDS.iloc[:0],
        usual=reference(none),
        features=MADE_UP,
        shielded=np.zeros(0, dtype=bool),
    )
    assert table.num_rows == 0
    assert table.column_names == list(REASONS.columns)


def test_what_is_usual_is_the_median_of_the_same_kind_and_of_all_for_a_rare_kind() -> None:
    frame = pd.DataFrame({"kind": [1.0] * 30 + [2.0] * 2 + [NAN], "v": [10.0] * 30 + [20.0] * 2 + [30.0]})
    found = reference(frame, ("kind",)).of("v")
    assert found.tolist() == [10.0] * 33
    assert reference(frame.assign(kind=[1.0] * 30 + [2.0] * 3).iloc[:0], ("kind",)).of("v").tolist() == []
