"""The register with its tests in figures: what `schijnwerper papers` lists, one entry per feature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from features.columns import Doel, Feature
from models.examples import Examples
from models.propensity import inverse
from models.proportions import Rate, unknown
from models.rankers.profiles import Profiles
from models.relation import FEWEST, Proxy, auc, proxies, verdict
from models.tables import Floats


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A feature and the outcomes of one target. random: on the random stream alone, the unbiased figure.

    everything: on all labels, each weighed by 1 / selectiekans where that is known: of addresses that were chosen.
    direction: as declared; verdict: Dutch, of the first of both that is known.
    """

    doel: str
    random: Rate
    everything: Rate
    direction: int
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One of the five tests as declared: name, finding, evidence."""

    test: str
    says: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One feature with its papers and figures. strongest: the grouping it tells most of; None = not measured."""

    name: str
    label: str
    description: str
    group: str
    sources: tuple[str, ...]
    status: str
    why: str
    ground: str
    purpose: str
    tests: tuple[Paper, ...]
    missing: tuple[str, ...]
    reviewer: str
    date: str
    relations: tuple[Relation, ...]
    proxies: tuple[Proxy, ...]
    strongest: Proxy | None = None


@dataclass(frozen=True, kw_only=True)
class MeasuredRegister:
    """The whole register. as_of: ISO day of the delivery; statements: Dutch, what the figures are of."""

    as_of: str
    entries: tuple[Entry, ...]
    statements: tuple[str, ...]


def measured_register(
    features: Sequence[Feature],
    frame: pd.DataFrame,
    groups: pd.DataFrame,
    examples: Mapping[Doel, Examples],
    as_of: date,
) -> MeasuredRegister:
    """Measure every feature. frame: n x k, groups: n x groupings, of all scored addresses on `as_of`."""
    entries = tuple(_entry(feature, frame, groups, examples) for feature in features)
    drawn = {doel: int(found.steekproef.sum()) for doel, found in examples.items()}
    positive = {doel: int(found.y[found.steekproef].sum()) for doel, found in examples.items()}
    said = [
        f"{doel.value}: {int(found.labelled.sum())} uitkomsten, waarvan {drawn[doel]} uit de aselecte steekproef "
        f"({positive[doel]} keer raak)."
        for doel, found in examples.items()
    ]
    return MeasuredRegister(
        as_of=as_of.isoformat(),
        entries=entries,
        statements=(
            *said,
            *(sentence for doel in examples for sentence in Profiles(doel).left_out()),
            f"Een verband met minder dan {FEWEST} keer raak of niet raak geven we niet: “te weinig”.",
            "Verband: de kans dat een adres waar het raak was, de hogere waarde heeft (0,5 = geen verband). Alleen de "
            "aselecte steekproef geeft een zuiver beeld; de andere uitkomsten komen van adressen die zijn gekozen, en "
            "wegen mee naar de kans waarmee zij zijn gekozen, waar die bekend is.",
            "Proxy: 0 = het kenmerk zegt niets over de groep, 1 = het verraadt de groep (Cramér's V).",
        ),
    )


def _entry(feature: Feature, frame: pd.DataFrame, groups: pd.DataFrame, examples: Mapping[Doel, Examples]) -> Entry:
    papers = feature.papers
    values: Floats = frame[feature.name].to_numpy(dtype=np.float64)
    found = proxies(values, groups) if not np.isnan(values).all() else ()
    return Entry(
        name=feature.name,
        label=feature.label,
        description=feature.description,
        group=feature.group,
        sources=feature.sources,
        status=papers.status.value,
        why=papers.why,
        ground=papers.ground,
        purpose=papers.purpose,
        tests=tuple(Paper(test=name, says=proof.says, evidence=proof.evidence) for name, proof in papers.tests()),
        missing=papers.missing(),
        reviewer=papers.reviewer,
        date=papers.date,
        relations=tuple(_relation(feature, doel, of) for doel, of in examples.items()),
        proxies=found,
        strongest=found[0] if found else None,
    )


def _relation(feature: Feature, doel: Doel, examples: Examples) -> Relation:
    if feature.name not in examples.X.columns:
        nothing = unknown(0)
        return Relation(doel=doel.value, random=nothing, everything=nothing, direction=0, verdict=verdict(0, ()))
    x, y = examples.X[feature.name].to_numpy(dtype=np.float64), examples.y
    drawn, told = examples.steekproef, examples.labelled
    random = auc(x[drawn], y[drawn], inverse(examples.selectiekans[drawn]))
    everything = auc(x[told], y[told], inverse(examples.selectiekans[told]))
    direction = feature.direction(doel)
    return Relation(
        doel=doel.value,
        random=random,
        everything=everything,
        direction=direction,
        verdict=verdict(direction, (random, everything)),
    )
