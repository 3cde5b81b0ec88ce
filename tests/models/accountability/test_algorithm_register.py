from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from features.errors import Refusal
from models.accountability.algorithm_register import FIELDS, Entry, from_json
from models.accountability.organisation import Organisation
from models.accountability.register_entry import entry
from tests.models.accountability.facts_made_up import ANSWERS, made_up


def test_an_entry_comes_back_from_its_document() -> None:
    made = entry(made_up())
    assert from_json(made.as_json()) == made
    assert set(json.loads(made.as_json())) == set(FIELDS)
    assert (made.taal, made.schema, made.begindatum) == ("nld", "1.0.0", "2026-11")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("naam", "x" * 100, "100 characters"),
        ("korte_omschrijving", "x" * 350, "350 characters"),
        ("doel_en_impact", "x" * 2500, "2500 characters"),
        ("technische_werking", "x" * 5000, "5000 characters"),
        ("naam", "  ", "empty"),
        ("status", "In productie", "one of: In gebruik"),
        ("publicatiecategorie", "Overig", "one of: Hoog-risico"),
        ("begindatum", "2026-13", "yyyy-mm"),
        ("begindatum", "november 2026", "yyyy-mm"),
        ("begindatum", "2026-11-01", "yyyy-mm"),
        ("taal", "en", "one of: nld"),
        ("schema", "0.4", "one of: 1.0.0"),
        ("contact", None, "no text"),
    ],
)
def test_what_the_standard_does_not_take_is_refused(field: str, value: Any, said: str) -> None:
    good = entry(made_up())
    with pytest.raises(Refusal, match=said):
        replace(good, **{field: value})
    with pytest.raises(Refusal, match=said):
        from_json(json.dumps(json.loads(good.as_json()) | {field: value}))


def test_one_character_less_is_taken() -> None:
    good = entry(made_up())
    for field, below in FIELDS.items():
        if below:
            assert len(getattr(replace(good, **{field: "x" * (below - 1)}), field)) == below - 1


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Refusal) as told:
        replace(entry(made_up()), naam="", status="?", begindatum="?")
    assert all(name in str(told.value) for name in ("naam", "status", "begindatum"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"naam": "x"}'])
def test_no_entry_at_all_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        from_json(text)


def test_an_unknown_begin_is_the_month_until_which_was_learned() -> None:
    assert entry(made_up(organisation=replace(ANSWERS, begindatum=Organisation().begindatum))).begindatum == "2026-10"


@pytest.mark.parametrize(
    "given",
    [
        {"status": "aan"},
        {"publicatiecategorie": "x"},
        {"begindatum": "2026"},
        {"naam": ""},
        {"impacttoetsen": "x" * 2500},
    ],
)
def test_settings_that_the_register_would_not_take_are_refused_before_any_work(given: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="organisatie"):
        Organisation(**given)


def test_what_is_still_to_give_is_listed() -> None:
    assert ANSWERS.to_fill_in() == ()
    assert "naam" in Organisation().to_fill_in() and "status" not in Organisation().to_fill_in()


def test_an_entry_needs_every_field() -> None:
    with pytest.raises(TypeError):
        Entry(naam="x")  # type: ignore[call-arg]
