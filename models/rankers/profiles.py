"""Today's practice as versioned rules: the LAA's signals, and the CBS / Zicht op Ondermijning energy rule.

The score is a count: points of the rules that are met. It needs no labels, explains itself, and is what any model must
beat. A rule that reads a feature that is absent, or that the register does not admit, is not met (`left_out` names it).

Sources: Landelijke Aanpak Adreskwaliteit (signals with a statutory basis since 15-05-2023): VOW-adres, veelverhuizers,
samenwoners, overbewoning, doorgangsadres, herinschrijvingen, retourpost, briefadres, leegstand. CBS, "Spookwoningen"
(Zicht op Ondermijning): nobody registered on two successive 1 Januaries, and use above that of the lowest 20% of
comparable inhabited dwellings (the high threshold).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel
from features.register import FEATURES, barred
from models.rules import Rule, When
from models.tables import Floats

VERSION = "2026-11"
LAA = "LAA"
CBS = "CBS / Zicht op Ondermijning"


def _rule(name: str, source: str, points: float, *when: When) -> Rule:
    return Rule(name=name, source=source, points=points, when=when)


def _from(feature: str, at_least: float) -> When:
    return When(feature=feature, at_least=at_least)


def _to(feature: str, at_most: float) -> When:
    return When(feature=feature, at_most=at_most)


RULES: Mapping[Doel, tuple[Rule, ...]] = {
    Doel.SPOOKBEWONING: (
        _rule("leeg op twee peildata, in gebruik", CBS, 3, _from("leeg_1_januari_met_gebruik", 2)),
        _rule("leegstand", LAA, 1, _from("maanden_zonder_inschrijving", 3)),
        _rule("leegstandssignaal", LAA, 1, _from("leegstand_24", 1)),
        _rule(
            "overlast bij leegstand", "handhaving", 1, _from("overlast_24", 1), _from("maanden_zonder_inschrijving", 3)
        ),
    ),
    Doel.SCHIJNBEWONING: (
        _rule("retourpost", LAA, 2, _from("retourpost_24", 1)),
        _rule("terugmelding", LAA, 2, _from("terugmelding_24", 1)),
        _rule("VOW-adres", LAA, 2, _from("vow_adres_24", 1)),
        _rule("veelverhuizers", LAA, 1, _from("veelverhuizers_24", 1)),
        _rule("doorgangsadres", LAA, 1, _from("doorgangsadres_24", 1)),
        _rule("overbewoning (signaal)", LAA, 1, _from("overbewoning_24", 1)),
        _rule("overbewoning (oppervlakte)", LAA, 1, _to("m2_per_persoon", 12)),
        _rule("samenwoners", LAA, 1, _from("volwassenen_zonder_gezinsband", 2)),
        _rule("herinschrijvingen", LAA, 1, _from("herinschrijvingen_24", 1)),
        _rule("VOW-personen", LAA, 1, _from("vertrek_onbekend_24", 1)),
        _rule("briefadres", LAA, 1, _from("briefadres_24", 1)),
    ),
}

# The named pairs of the glass box: combinations for which practice has a word, and that no single feature holds.
PAIRS: Mapping[Doel, tuple[tuple[str, str], ...]] = {
    Doel.SPOOKBEWONING: (
        ("maanden_zonder_inschrijving", "stroom_percentiel"),
        ("logies", "gebruik_zonder_inschrijving"),
    ),
    Doel.SCHIJNBEWONING: (
        ("ingeschrevenen", "stroom_percentiel"),
        ("volwassenen_zonder_gezinsband", "m2_per_persoon"),
    ),
}


@dataclass(eq=False)
class Profiles:
    """A Ranker without learning. score = points, higher = more urgent; many addresses have none and are tied."""

    doel: Doel
    trial: bool = False  # read features on trial too, in a test run that is never published

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of this target."""
        return RULES[self.doel]

    def fit(self, X: pd.DataFrame, y: Floats | None = None, sample_weight: Floats | None = None) -> Self:
        """Nothing to learn."""
        return self

    def hits(self, X: pd.DataFrame) -> NDArray[np.bool_]:
        """n x rules: which rules are met."""
        met = np.zeros((len(X), len(self.rules)), dtype=bool)
        for column, rule in enumerate(self.rules):
            if self.trial or not _barred(rule.features):
                met[:, column] = rule.hits(X)
        return met

    def left_out(self) -> tuple[str, ...]:
        """Dutch sentences: the rules and named pairs that read a feature the register does not admit."""
        rules = [(f"De regel “{rule.name}”", rule.features) for rule in self.rules]
        pairs = [(f"Het paar “{' x '.join(pair)}”", pair) for pair in PAIRS[self.doel]]
        return tuple(
            f"{what} telt niet mee: {_names(names)} is niet toegelaten."
            for what, features in (*rules, *pairs)
            if (names := _barred(features)) and not self.trial
        )

    def score(self, X: pd.DataFrame) -> Floats:
        """n: points."""
        points = np.array([rule.points for rule in self.rules], dtype=np.float64)
        return np.asarray(self.hits(X).astype(np.float64) @ points)


def _barred(names: Sequence[str]) -> tuple[str, ...]:
    """Those among `names` that the register holds and does not admit."""
    held = {feature.name for feature in FEATURES}
    return tuple(name for name, _ in barred([name for name in names if name in held]))


def _names(names: Sequence[str]) -> str:
    return " en ".join(names)
