"""The price of a constraint: paired differences, and each variant reads what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from benchmarks import price
from benchmarks.towns import Town
from features.columns import Doel
from features.register import FEATURES
from features.table import FeatureTable, Grant

SPOOK = Doel.SPOOKBEWONING
GRANTS = tuple(
    Grant(source=name, grondslag="t", doelen=tuple(Doel))
    for name in ("brp", "bag", "energie", "vastgoed", "signalen", "omgeving")
)


def _town(seed: int) -> Town:
    truth = (np.arange(200) % 10 == 0).astype(float)
    table = FeatureTable(
        gemeente="0175", as_of=date(2026, 10, 1), identificatie=pd.Series(["x"] * 200), adres=pd.Series(range(200)),
        frame=pd.DataFrame(), grants=GRANTS, version="r",
    )  # fmt: skip
    return Town(seed=seed, as_of=date(2026, 10, 1), table=table, grants=GRANTS, examples={}, truth={SPOOK: truth})


def test_every_variant_reads_what_its_name_says() -> None:
    place, by_name = _town(1), {variant.name: variant for variant in price.variants()}
    group = {feature.name: feature.group for feature in FEATURES}
    published = by_name[price.PUBLISHED].features(place, SPOOK)
    assert not {f.name for f in FEATURES if f.papers.age} & set(published)
    assert set(by_name["met leeftijd (op proef)"].features(place, SPOOK)) == set(group)
    assert {group[name] for name in by_name["zonder groep verloop"].features(place, SPOOK)} == set(group.values()) - {
        "verloop"
    }
    energy = {f.name for f in FEATURES if "energie" in f.sources}
    assert set(published) - set(by_name["zonder bron energie"].features(place, SPOOK)) == energy
    assert not by_name["zonder monotonie"].recipe.monotone
    assert not by_name["alleen optellend (zonder paren)"].recipe.pairs


def test_the_gain_is_the_paired_difference_with_the_published_model(monkeypatch: pytest.MonkeyPatch) -> None:
    published = price.Variant(name=price.PUBLISHED)
    perfect, same = replace(published, name="volmaakt"), replace(published, name="gelijk")

    def scored(variant: price.Variant, place: Town, doel: Doel) -> np.ndarray:
        noise = np.random.default_rng(place.seed).random(200)
        return place.truth[doel] + noise / 9 if variant is perfect else noise

    monkeypatch.setattr(price, "scored", scored)
    base, best, equal = price.prices([published, perfect, same], SPOOK, [_town(1), _town(2)])
    assert base.ap_gain.value == base.ap_gain.low == base.ap_gain.high == 0
    assert equal.ap_gain.low == equal.ap_gain.high == 0  # the same redraws: equal scores differ nowhere
    assert best.ap == pytest.approx(1.0)
    assert best.ap_gain.value == pytest.approx(1.0 - base.ap)
    assert best.ap_gain.low > 0.5
