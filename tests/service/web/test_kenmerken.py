from __future__ import annotations

import pytest

from features.register import FEATURES
from models.scores import REST
from service.web import kenmerken


def test_labels_come_from_the_register() -> None:
    first, second = FEATURES[0], FEATURES[3]
    assert kenmerken.label(first.name) == first.label
    pair = kenmerken.label(f"{first.name} x {second.name}")
    assert pair.startswith(first.label + " samen met ")
    assert pair.lower().endswith(second.label.lower())
    assert kenmerken.label(REST) == "Overige kenmerken samen"
    assert kenmerken.label("nog_onbekend") == "Nog onbekend"


def test_the_order_is_the_registers_and_strangers_come_last() -> None:
    names = [feature.name for feature in FEATURES]
    assert sorted(["zzz_vreemd", *reversed(names)], key=kenmerken.order) == [*names, "zzz_vreemd"]


def test_values_are_shown_as_their_sentence_shows_them() -> None:
    feature = next(f for f in FEATURES if f.unit and not f.named_values and f.unit != "%")
    assert kenmerken.shown(feature.name, 1234.0).endswith(feature.unit)
    assert kenmerken.shown(feature.name, None) == "onbekend"
    assert kenmerken.shown(REST, None) == ""


@pytest.mark.parametrize("feature", FEATURES, ids=lambda f: f.name)
def test_every_label_fits_a_row(feature: object) -> None:
    label = kenmerken.label(feature.name)  # type: ignore[attr-defined]
    assert 0 < len(label) <= 60
