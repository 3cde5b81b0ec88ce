"""The bounds of fairness in the settings file: what is given counts, what is impossible is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import Refusal
from models.fairness_bounds import FairnessBounds
from pipelines.fairness_settings import bounds_of


def _bounds(folder: Path, text: str) -> FairnessBounds:
    file = folder / "schijnwerper.toml"
    file.write_text(f"[eerlijkheid]\n{text}\n", encoding="utf-8")
    return bounds_of(file)


def test_without_a_table_the_defaults_hold(tmp_path: Path) -> None:
    assert bounds_of(tmp_path / "absent.toml") == FairnessBounds()
    assert _bounds(tmp_path, "") == FairnessBounds()


def test_what_is_given_counts(tmp_path: Path) -> None:
    found = _bounds(tmp_path, 'selectie_hoog = 2\ngroepen = ["buurt"]\nook_met_grond = true\nkleinste_groep = 100')
    assert (found.selectie_hoog, found.groepen, found.ook_met_grond, found.kleinste_groep) == (
        2.0,
        ("buurt",),
        True,
        100,
    )
    assert found.selectie_laag == 0.8


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("selectie_hoger = 2", "selectie_hoger"),
        ("selectie_laag = 1.2", "selectie_laag"),
        ("selectie_laag = 0", "selectie_laag"),
        ("fpr_verschil = 1.5", "fpr_verschil"),
        ("kleinste_groep = 1", "kleinste_groep"),
        ("kleinste_groep = 50.5", "kleinste_groep"),
        ("minste_uitkomsten = 2", "minste_uitkomsten"),
        ("maanden = true", "maanden"),
        ('ook_met_grond = "ja"', "ook_met_grond"),
        ('groepen = ["nationaliteit"]', "groepen"),
        ('groepen = "buurt"', "groepen"),
    ],
)
def test_what_is_impossible_is_refused_by_name(tmp_path: Path, line: str, name: str) -> None:
    with pytest.raises(Refusal, match=rf"\[eerlijkheid\] {name}"):
        _bounds(tmp_path, line)
