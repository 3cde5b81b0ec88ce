"""Who is compared: what needs no labels, what is published, each ingredient left out, what the truth would allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier

from benchmarks.towns import Town
from features.columns import Doel, Feature
from features.register import admitted
from models.cold import cold_score
from models.cuts import cut_points
from models.derived import with_unusual
from models.rankers.boosted import Recipe
from models.rankers.challenger import Challenger
from models.rankers.isolation import Isolation
from models.rankers.profiles import PAIRS, Profiles
from models.scoring import unusual
from models.tables import Floats
from models.train import fit_target

TRUTH = "waarheid van de andere gemeenten"
OWN = "eigen labels"
Scorer = Callable[[Town, Doel], Floats]


@dataclass(frozen=True)
class Contender:
    """name, and what it learns from; score: the town and target -> one number per address, higher = earlier."""

    name: str
    learns: str
    score: Scorer


def contenders(towns: Sequence[Town]) -> tuple[Contender, ...]:
    """All of them; those that learn from the truth learn from the OTHER towns."""
    ablations: Mapping[str, Recipe] = {
        "zonder richtingen als voorkennis": Recipe(prior=False),
        "zonder regels als voorkennis": Recipe(rules=False),
        "zonder afwijking als kenmerk": Recipe(unusual=False),
        "zonder geleerde gewichten": Recipe(learn_weights=False),
        "zonder correctie (EBM)": Recipe(boost=False),
        "zonder voorkennis (kale EBM)": Recipe(prior=False, rules=False, monotone=False),
        "zonder monotonie": Recipe(monotone=False),
        "zonder paren": Recipe(pairs=False),
    }
    return (
        Contender("toeval", "niets", _chance),
        Contender("profielen", "niets", lambda town, doel: Profiles(doel).score(town.table.frame)),
        Contender("isolation", "niets", lambda town, doel: _isolation(town, doel).score(_admitted(town, doel))),
        Contender("koude start", "niets", _cold),
        Contender("boosted (gepubliceerd)", OWN, lambda town, doel: _published(town, doel, Recipe())),
        *(Contender(name, OWN, _recipe(recipe)) for name, recipe in ablations.items()),
        Contender("zonder lichte negatieven", OWN, _without_light),
        Contender("uitdager (HGB), eigen labels", OWN, _challenger),
        Contender("EBM, hoofdeffecten", TRUTH, lambda town, doel: _full_ebm(town, doel, towns, pairs=0)),
        Contender("EBM, 20 paren", TRUTH, lambda town, doel: _full_ebm(town, doel, towns, pairs=20)),
        Contender("HGB, onbeperkt", TRUTH, lambda town, doel: _full_challenger(town, doel, towns)),
    )


def _features(town: Town, doel: Doel) -> tuple[Feature, ...]:
    return admitted(doel, town.grants)


def _admitted(town: Town, doel: Doel) -> pd.DataFrame:
    return town.table.frame[[feature.name for feature in _features(town, doel)]]


def _chance(town: Town, doel: Doel) -> Floats:
    return np.zeros(len(town.table.frame))


def _isolation(town: Town, doel: Doel) -> Isolation:
    return unusual(town.table, doel).isolation


def _cold(town: Town, doel: Doel) -> Floats:
    groups = {feature.name: feature.group for feature in _features(town, doel)}
    return cold_score(_admitted(town, doel), _isolation(town, doel), Profiles(doel), groups).score


def _recipe(recipe: Recipe) -> Scorer:
    return lambda town, doel: _published(town, doel, recipe)


def _published(town: Town, doel: Doel, recipe: Recipe) -> Floats:
    trained = fit_target(
        doel,
        town.examples[doel],
        town.table.frame,
        town.grants,
        as_of=town.as_of,
        recipe=recipe,
        out_of_time=False,
    )
    return trained.model.score(with_unusual(town.table.frame, _isolation(town, doel).score(_admitted(town, doel))))


def _without_light(town: Town, doel: Doel) -> Floats:
    found = town.examples[doel]
    bare = replace(town, examples={doel: found.take(found.labelled)})
    return _published(bare, doel, Recipe())


def _challenger(town: Town, doel: Doel) -> Floats:
    found = town.examples[doel]
    names = list(_admitted(town, doel).columns)
    light = ~found.labelled
    weight = np.where(light, found.labelled.sum() / max(light.sum(), 1), 1.0)
    return Challenger().fit(found.X[names], found.y, weight).score(town.table.frame)


def _others(town: Town, doel: Doel, towns: Sequence[Town]) -> tuple[pd.DataFrame, Floats]:
    others = [other for other in towns if other.seed != town.seed]
    X = pd.concat([_admitted(other, doel) for other in others], ignore_index=True)
    return X, np.concatenate([other.truth[doel] for other in others])


def _full_ebm(town: Town, doel: Doel, towns: Sequence[Town], pairs: int) -> Floats:
    X, y = _others(town, doel, towns)
    cuts = {name: cut_points(X[name].to_numpy()) for name in X.columns}
    names = [name for name, cut in cuts.items() if len(cut)]
    directions = {feature.name: feature.direction(doel) for feature in _features(town, doel)}
    named = [pair for pair in PAIRS[doel] if set(pair) <= set(names)]
    ebm = ExplainableBoostingClassifier(
        feature_names=names,
        feature_types=[cuts[name].tolist() for name in names],
        interactions=pairs and max(pairs, len(named)),
        monotone_constraints=None if pairs else [directions[name] for name in names],
        outer_bags=2,
        n_jobs=1,
        random_state=0,
    )
    ebm.fit(X[names], y.astype(int))
    return np.asarray(ebm.decision_function(town.table.frame[names]))


def _full_challenger(town: Town, doel: Doel, towns: Sequence[Town]) -> Floats:
    X, y = _others(town, doel, towns)
    return Challenger().fit(X, y).score(town.table.frame)
