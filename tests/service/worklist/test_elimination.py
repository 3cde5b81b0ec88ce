"""Who judges cannot work out from what is missing elsewhere in which band an address is that waits, or why it is there.

At the moment that tells most: of every round one address is left, and what the others were is known. Held against the
truth over many rounds, for two readers: one who counts what is missing in each band, and one who learns from all the
numbers there are. That the test can fail is shown by taking the veil away, as it was: then counting alone places each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold, cross_val_predict
from sqlalchemy import select, update
from threadpoolctl import threadpool_limits

from models.scores import BANDS
from service import opaque
from service.logs.entry import Entry, Trace
from service.worklist.codes import Stand
from service.worklist.policy import Werkvoorraad
from service.worklist.tables import werkitems
from tests.service.publication import write_publication
from tests.service.serving import GEMEENTE, KEY, Served, serving
from tests.service.worklist.desks import ANNA, PIETER
from tests.service.worklist.eliminating import elsewhere, read, totals
from tests.service.worklist.received import p_by_chance

SIZE, EACH = 450, 90  # addresses; in each band
POLICY = Werkvoorraad(capaciteit=6, aandeel_steekproef=0.5, aandeel_verkenning=0.2, niet_opnieuw_maanden=0)
PER_BAND = dict.fromkeys(BANDS, EACH)


@dataclass(frozen=True, kw_only=True)
class Left:
    """The last address of a round. lacks: per band, of each target, how many are missing beside what is known."""

    band: str
    stream: str
    lacks: tuple[dict[str, int], ...]
    numbers: tuple[float, ...]


@pytest.fixture(scope="module")
def publicaties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weg")
    written = write_publication(folder, n=SIZE)
    file = folder / written.run_id / "scores.parquet"
    scores = pd.read_parquet(file)
    scores["band"] = pd.Categorical(np.array(BANDS)[(scores["rang"].to_numpy() - 1) // EACH])
    scores.to_parquet(file, index=False)
    return folder


@pytest.fixture(scope="module")
def bands(publicaties: Path) -> dict[tuple[str, str], str]:
    scores = pd.read_parquet(next(publicaties.glob("*/scores.parquet")))
    keys = zip(scores["doel"].astype(str), scores["adresseerbaarobject_identificatie"].astype(str), strict=True)
    return dict(zip(keys, scores["band"].astype(str), strict=True))


def rounds(served: Served, bands: dict[tuple[str, str], str], number: int) -> Iterator[Left]:
    """Draw, judge all but one, read everything, judge that too; and again."""
    served.session_of(ANNA)
    with served.client_of(ANNA) as http, served.client_of(PIETER) as planner:
        for _ in range(number):
            drawn = planner.post("/v1/werkvoorraad/rondes", json={"gemeente": GEMEENTE, "doel": "spookbewoning"})
            assert drawn.status_code == 201, drawn.text
            with served.database.looking() as there:
                rows = list(there.execute(select(werkitems).where(werkitems.c.stand == Stand.OPEN)))
            last = min(rows, key=lambda row: row.id)
            judged(served, [row.id for row in rows if row is not last])
            lacks, numbers = [], []
            for doel in ("spookbewoning", "schijnbewoning"):
                known = Counter(bands[doel, row.adresseerbaarobject_identificatie] for row in rows if row is not last)
                found = read(http, doel, PER_BAND)
                lacks.append({band: found.banden[band] - known[band] for band in BANDS})
                numbers += [*found.numbers, *lacks[-1].values()]
            one = opaque.opaque_id(opaque.subkey(KEY, "adres"), last.adresseerbaarobject_identificatie)
            about = http.get(f"/v1/werkvoorraad/{last.id}").json()["adres"]
            numbers += [*totals(http, "spookbewoning"), *elsewhere(http, one, about)]
            yield Left(band=last.band, stream=last.aanleiding, lacks=tuple(lacks), numbers=tuple(numbers))
            judged(served, [last.id])


def judged(served: Served, ids: list[str]) -> None:
    with served.database.unit(None, Trace()) as unit:
        unit.connection.execute(
            update(werkitems).where(werkitems.c.id.in_(ids)).values(stand=Stand.BEOORDEELD, versie=1)
        )
        unit.log(Entry(handeling="test", object_soort="test"))


def band_guesses(
    found: list[Left],
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64], list[list[float]]]:
    """(missing in a band beyond what is usual there, whether it is its band, round, all numbers): a row per band."""
    lacks = np.array([[one.lacks[0][band] for band in BANDS] for one in found], dtype=float)
    others = np.array([[one.lacks[1][band] for band in BANDS] for one in found], dtype=float)
    right = np.array([[band == one.band for band in BANDS] for one in found])
    numbers = [
        [place, mine, mine - lacks[i].mean(), other, *one.numbers]
        for i, one in enumerate(found)
        for place, (mine, other) in enumerate(zip(lacks[i], others[i], strict=True))
    ]
    return lacks.ravel(), right.ravel(), np.repeat(np.arange(len(found)), len(BANDS)), numbers


def learned(numbers: list[list[float]], y: NDArray[np.bool_], rounds: NDArray[np.int64]) -> NDArray[np.float64]:
    learner = HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=6, random_state=1)
    with threadpool_limits(1):
        folds = GroupKFold(5)
        found = cross_val_predict(learner, np.array(numbers), y, groups=rounds, cv=folds, method="predict_proba")
    return np.asarray(found[:, 1])


def test_by_elimination_nobody_can_place_what_waits(publicaties: Path, bands: dict[tuple[str, str], str]) -> None:
    with serving(publicaties, werkvoorraad=POLICY) as served:
        found = list(rounds(served, bands, 40))
    rng = np.random.default_rng(5)
    counted, right, of_round, numbers = band_guesses(found)
    alike = np.repeat("", len(right))
    # What the policy tells, that risk comes from the first band, is no elimination: compared are rounds, band by band.
    in_band = np.tile(np.array(BANDS), len(found))
    stream = np.array([one.stream == "steekproef" for one in found])
    by_all = learned([list(one.numbers) for one in found], stream, np.arange(len(found)))
    tries = (
        ("band, counted", counted, right, in_band),
        ("band, learned", learned(numbers, right, of_round), right, in_band),
        ("stream, learned", by_all, stream, alike[: len(found)]),
        ("stream, learned within a band", by_all, stream, np.array([one.band for one in found])),
    )
    assert 10 <= stream.sum() <= 30
    for name, score, y, stratum in tries:
        auc, _, half = p_by_chance(score, y, stratum, rng)
        # One-sided: a learner that finds nothing guesses the mean of the other folds, which lies on the wrong side.
        assert auc - 0.5 <= half * 1.35, (name, auc, half)


def test_without_the_veil_counting_places_every_one(publicaties: Path, bands: dict[tuple[str, str], str]) -> None:
    with serving(publicaties, werkvoorraad=replace(POLICY, sluier=0)) as served:
        found = list(rounds(served, bands, 8))
    counted, right, *_ = band_guesses(found)
    assert counted[right].min() == 1 and counted[~right].max() == 0
