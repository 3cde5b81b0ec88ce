"""A rural gemeente for the field: the doors outside the built-up area that come first in its rankings, and the truth.

The chances are those of a model that learned from the town's own past investigations and was calibrated on them, as
`schijnwerper train` does. The truth is what the visits of the simulation meet; nobody plans with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.neighbours import columns, features
from benchmarks.towns import Town, town
from features.columns import Doel
from models.fitting import calibrated, learn
from models.rankers.boosted import Recipe
from models.tables import probability
from pipelines.landings import land
from pipelines.progress import Steps
from pipelines.settings import Settings
from service.planning.doors import Candidate
from synthetic import plan

# Three in ten homes stand outside the villages (the standard town: one in seven), one in twenty in a holiday park.
RURAL = {
    "kern": 0.36,
    "dorp": 0.26,
    "buitengebied": 0.30,
    "recreatiepark": 0.05,
    "jachthaven": 0.006,
    "bedrijventerrein": 0.024,
}
RECIPE = "1"  # of the file of candidates: another number makes them anew


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """One town. candidates: by rank, likeliest first, both targets of a door after each other; truth: door -> per
    target whether it is so. people: how many truly live there; use: what else goes on (synthetic Use, lower case).
    office: where the day begins and ends, RD metres. ready: the day of the simulation from which on the door may be
    visited: a quarter of the doors on each Monday, by lot.
    """

    seed: int
    candidates: tuple[Candidate, ...]
    truth: Mapping[str, Mapping[Doel, bool]]
    people: Mapping[str, int]
    use: Mapping[str, str]
    office: tuple[float, float]
    ready: Mapping[str, int]


def field(folder: Path, addresses: int, seed: int, doors: int, settings: Settings, weeks: int = 4) -> Field:
    """The `doors` likeliest addresses outside the built-up area of the town of `seed` (made once), ready for a visit
    over so many weeks.
    """
    file = folder / f"{addresses}-{seed}" / f"deuren-{RECIPE}.parquet"
    if not file.exists():
        with mock.patch.dict(plan.SHARES, RURAL):
            place = town(folder, addresses, seed, settings)
        _all(place, folder, addresses, settings).to_parquet(file)
    found = pd.read_parquet(file)
    office = float(found["x"].median()), float(found["y"].median())
    outside = found[found["buitengebied"] == 1.0]
    best = outside.assign(totaal=outside[[doel.value for doel in Doel]].sum(axis=1))
    best = best.sort_values(["totaal", "identificatie"], ascending=[False, True]).head(doors)
    rows = best.to_dict("records")
    monday = 5 * np.random.default_rng(seed).integers(0, weeks, len(best))
    return Field(
        seed=seed,
        candidates=tuple(_candidate(row, doel) for row in rows for doel in Doel),
        truth={row["identificatie"]: {doel: bool(row[f"{doel}_waar"]) for doel in Doel} for row in rows},
        people=dict(zip(best["identificatie"], best["bewoners"].astype(int), strict=True)),
        use=dict(zip(best["identificatie"], best["gebruik"].astype(str), strict=True)),
        office=office,
        ready=dict(zip(best["identificatie"], monday.tolist(), strict=True)),
    )


def _all(place: Town, folder: Path, addresses: int, settings: Settings) -> pd.DataFrame:
    """Every scored address with its chances, its place and its truth."""
    home = folder / f"{addresses}-{place.seed}"
    landed = land(home / "levering", replace(settings, werkmap=folder / "werk"), Steps(quiet=True))
    adressen = landed.landings[0].at(place.as_of).adressen.iloc[place.table.adres.to_numpy()]
    kept = ["identificatie", "x", "y", "postcode", "huisnummer"]
    found = pd.DataFrame({name: adressen[name].to_numpy() for name in kept})
    found["buitengebied"] = place.table.frame["buitengebied"].to_numpy(dtype=np.float64)
    for doel in Doel:
        found[doel.value] = _kans(place, doel)
        found[f"{doel}_waar"] = place.truth[doel]
    truth = pd.read_parquet(home / "levering-waarheid" / "waarheid.parquet")
    truth = truth.set_index("adresseerbaarobject_identificatie").loc[found["identificatie"]]
    found["bewoners"] = truth["bewoners"].to_numpy()
    found["gebruik"] = truth["gebruik"].astype(str).to_numpy()
    return found


def _kans(place: Town, doel: Doel) -> NDArray[np.float64]:
    X, examples = columns(place, doel), place.examples[doel]
    fitted = calibrated(learn(doel, examples, X, features(place, doel), 0, Recipe()), examples, X)
    return probability(fitted.score(X))


def _candidate(row: Mapping[str, object], doel: Doel) -> Candidate:
    return Candidate(
        identificatie=str(row["identificatie"]),
        gemeente="0175",
        doel=doel,
        x=float(str(row["x"])),
        y=float(str(row["y"])),
        kans=float(str(row[doel.value])),
        postcode=str(row["postcode"]),
        huisnummer=int(str(row["huisnummer"])),
    )
