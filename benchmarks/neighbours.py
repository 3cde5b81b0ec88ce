"""Seven neighbours: what their tables, their labels (which may not travel) and their truth (nobody's) would teach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier

from benchmarks.towns import Town
from features.columns import Doel, Feature
from features.register import admitted
from models.additive import Grid, fit_additive
from models.cuts import cut_points
from models.derived import UNUSUAL, forest, with_unusual
from models.examples import Examples, combined
from models.rankers.challenger import Challenger
from models.rankers.profiles import PAIRS
from models.region import Region, Share, join
from models.sharing import shared
from models.tables import Floats, Term

ROUNDS = 3
FULL = 3.0  # strength: with the whole truth of seven towns there is no want of labels: little shrinking


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The other gemeenten of the region, for one target. Everything is made once."""

    towns: tuple[Town, ...]
    doel: Doel
    regions: list[Region] = field(default_factory=list)

    def region(self, rounds: int) -> Region:
        """The joined tables after so many rounds."""
        while len(self.regions) < rounds:
            last = self.regions[-1] if self.regions else None
            self.regions.append(join([self._share(place, last) for place in self.towns]))
        return self.regions[rounds - 1]

    def _share(self, place: Town, last: Region | None) -> Share:
        """What one town gives: what `schijnwerper share` writes."""
        return shared(
            self.doel,
            place.examples[self.doel],
            columns(place, self.doel),
            features(place, self.doel),
            gemeente=f"{place.seed:04d}",
            peildatum=place.as_of.isoformat(),
            region=last,
        )

    @cached_property
    def labels(self) -> Examples:
        """All their labels in one heap: what no gemeente may do, to know what sharing tables leaves on the table."""
        return combined([place.examples[self.doel] for place in self.towns])

    @cached_property
    def everything(self) -> tuple[pd.DataFrame, Floats]:
        """Every address with its truth."""
        frames = [with_unusual(X, forest(X, 0).fitted_) for X in (columns(place, self.doel) for place in self.towns)]
        return pd.concat(frames, ignore_index=True), np.concatenate([place.truth[self.doel] for place in self.towns])

    @cached_property
    def glass_box(self) -> tuple[Term, ...]:
        """The whole truth in our own tables (main effects)."""
        X, y = self.everything
        cuts = {name: found for name in X if len(found := cut_points(X[name].to_numpy(dtype=np.float64)))}
        known = (*features(self.towns[0], self.doel), UNUSUAL)
        grid = Grid(cuts, {feature.name: feature.direction(self.doel) for feature in known})
        cells = grid.cells(X)
        fitted = fit_additive(grid, cells, y, np.ones(len(y)), np.zeros(cells.shape[1]), FULL)
        return grid.terms(fitted.levels)

    @cached_property
    def ebm(self) -> Any:
        """interpret's own EBM with 20 pairs on the whole truth."""
        X, y = self.everything
        cuts = {name: found for name in X if len(found := cut_points(X[name].to_numpy(dtype=np.float64)))}
        named = [pair for pair in PAIRS[self.doel] if set(pair) <= set(cuts)]
        ebm = ExplainableBoostingClassifier(
            feature_names=list(cuts),
            feature_types=[cut.tolist() for cut in cuts.values()],
            interactions=max(20, len(named)),
            outer_bags=2,
            n_jobs=1,
            random_state=0,
        )
        return ebm.fit(X[list(cuts)], y.astype(int))

    @cached_property
    def black_box(self) -> Challenger:
        """HistGradientBoosting on the whole truth."""
        return Challenger().fit(*self.everything)


def features(place: Town, doel: Doel) -> tuple[Feature, ...]:
    """What may be read."""
    return tuple(feature for feature in admitted(doel, place.grants) if feature.name in place.table.frame)


def columns(place: Town, doel: Doel) -> pd.DataFrame:
    """The town's addresses, admitted features alone."""
    return place.table.frame[[feature.name for feature in features(place, doel)]]


def all_of(towns: Sequence[Town]) -> dict[Doel, Neighbours]:
    """Per target."""
    return {doel: Neighbours(tuple(towns), doel) for doel in Doel}
