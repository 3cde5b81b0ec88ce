"""Who is compared: what needs no labels, own labels with each ingredient left out or alone, the region, the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from benchmarks.neighbours import ROUNDS, Neighbours, columns, features
from benchmarks.towns import Town
from features.columns import Doel
from models.cold import cold_score
from models.derived import with_unusual
from models.examples import Examples, combined
from models.fitting import LIGHT_WEIGHT, learn
from models.propensity import propensity_weights
from models.rankers.boosted import Recipe
from models.rankers.challenger import Challenger
from models.rankers.isolation import Isolation
from models.rankers.logistic import Logistic
from models.rankers.profiles import Profiles
from models.region_start import others
from models.scoring import unusual
from models.tables import Floats, Term, term_values

NOTHING, OWN, REGION = "niets", "eigen labels", "eigen labels en tabellen van zeven buren"
TABLES, HEAP, TRUTH = "tabellen van zeven buren", "labels van acht gemeenten op een hoop", "waarheid van zeven buren"
PUBLISHED = "gepubliceerd"
WITH_REGION = "gepubliceerd, met de regio"
GLASS_BOX = "glazen doos, hoofdeffecten"
PROFILES = "profielen"
Scorer = Callable[[Town, Doel], Floats]


@dataclass(frozen=True)
class Contender:
    """name, and what it learns from; score: the town and target -> one number per address, higher = earlier."""

    name: str
    learns: str
    score: Scorer


def contenders(near: Mapping[Doel, Neighbours]) -> tuple[Contender, ...]:
    """All of them."""
    bare = Recipe(prior=False, unusual=False, monotone=False, boost=False)
    recipes: Mapping[str, Recipe] = {
        PUBLISHED: Recipe(),
        "zonder richtingen als voorkennis": Recipe(prior=False),
        "met afwijking als kenmerk": Recipe(unusual=True),
        "zonder monotonie": Recipe(monotone=False),
        "zonder correctie en paren (EBM)": Recipe(boost=False),
        "met regels uit de praktijk als voorkennis": Recipe(rules=True),
        "kaal": bare,
        "kaal, met richtingen als voorkennis": replace(bare, prior=True),
        "kaal, met afwijking als kenmerk": replace(bare, unusual=True),
        "kaal, met monotonie": replace(bare, monotone=True),
    }
    return (
        Contender("toeval", NOTHING, lambda town, doel: np.zeros(len(town.table.frame))),
        Contender(PROFILES, NOTHING, lambda town, doel: Profiles(doel).score(town.table.frame)),
        Contender("isolation", NOTHING, lambda town, doel: _isolation(town, doel).fitted_),
        Contender("koude start", NOTHING, cold),
        *(Contender(name, OWN, _learned(recipe)) for name, recipe in recipes.items()),
        Contender("zonder lichte negatieven", OWN, _without_light),
        Contender("met selectiekans als gewicht", OWN, _by_propensity),
        Contender("uitdager HGB", OWN, lambda town, doel: _challenger(Challenger(), town, doel)),
        Contender("uitdager logistisch", OWN, lambda town, doel: _challenger(Logistic(), town, doel)),
        *(
            Contender(f"de regio alleen, ronde {k}", TABLES, region_alone(near, k))
            for k in range(1, ROUNDS + 1)
        ),
        *(Contender(f"eigen labels op de regio van ronde {k}", REGION, _on_region(near, k)) for k in range(1, ROUNDS)),
        Contender(WITH_REGION, REGION, _on_region(near, ROUNDS)),
        Contender("alle labels samen", HEAP, _heap(near)),
        Contender(GLASS_BOX, TRUTH, lambda town, doel: _summed(near[doel].glass_box, _town(town, doel))),
        Contender("glazen doos, EBM met 20 paren", TRUTH, _ebm(near)),
        Contender("HGB, onbeperkt", TRUTH, lambda town, doel: near[doel].black_box.score(_town(town, doel))),
    )  # fmt: skip


def fitted_score(
    town: Town, doel: Doel, examples: Examples, recipe: Recipe | None = None, region: tuple[Term, ...] = ()
) -> Floats:
    """Learn from these examples and score the town."""
    X = columns(town, doel)
    return learn(doel, examples, X, features(town, doel), 0, recipe or Recipe(), region=region).score(X)


def _isolation(town: Town, doel: Doel) -> Isolation:
    return unusual(town.table, doel).isolation


def _summed(terms: Sequence[Term], X: pd.DataFrame) -> Floats:
    """What tables of the features that are here add up to."""
    return term_values([term for term in terms if set(term.features) <= set(X)], X).sum(axis=1)


def _town(town: Town, doel: Doel) -> pd.DataFrame:
    return with_unusual(columns(town, doel), _isolation(town, doel).fitted_)


def cold(town: Town, doel: Doel) -> Floats:
    """The product's own ranking before any label."""
    groups = {feature.name: feature.group for feature in features(town, doel)}
    directions = {feature.name: feature.direction(doel) for feature in features(town, doel)}
    return cold_score(columns(town, doel), _isolation(town, doel), directions, groups).score


def _learned(recipe: Recipe) -> Scorer:
    return lambda town, doel: fitted_score(town, doel, town.examples[doel], recipe)


def _without_light(town: Town, doel: Doel) -> Floats:
    found = town.examples[doel]
    return fitted_score(town, doel, found.take(found.labelled))


def _by_propensity(town: Town, doel: Doel) -> Floats:
    found = town.examples[doel]
    return fitted_score(town, doel, replace(found, weight=propensity_weights(found)))


def _challenger(ranker: Challenger | Logistic, town: Town, doel: Doel) -> Floats:
    found, X = town.examples[doel], columns(town, doel)
    light = ~found.labelled
    weight = np.where(light, LIGHT_WEIGHT * found.labelled.sum() / max(light.sum(), 1), 1.0)
    return ranker.fit(found.X[list(X)], found.y, weight).score(X)


def region_alone(near: Mapping[Doel, Neighbours], rounds: int) -> Scorer:
    """What a gemeente without labels gets from its neighbours."""

    def score(town: Town, doel: Doel) -> Floats:
        return _summed(near[doel].region(rounds).terms, _town(town, doel))

    return score


def _on_region(near: Mapping[Doel, Neighbours], rounds: int) -> Scorer:
    def score(town: Town, doel: Doel) -> Floats:
        return fitted_score(town, doel, town.examples[doel], region=others(near[doel].region(rounds), ()))

    return score


def _heap(near: Mapping[Doel, Neighbours]) -> Scorer:
    def score(town: Town, doel: Doel) -> Floats:
        return fitted_score(town, doel, combined([town.examples[doel], near[doel].labels]), Recipe(boost=False))

    return score


def _ebm(near: Mapping[Doel, Neighbours]) -> Scorer:
    def score(town: Town, doel: Doel) -> Floats:
        ebm = near[doel].ebm
        return np.asarray(ebm.decision_function(_town(town, doel)[list(ebm.feature_names_in_)]))

    return score
