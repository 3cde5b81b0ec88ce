"""The features a model reads, each with its papers: as a page for people and as CSV for whoever checks."""

from __future__ import annotations

import csv
import io

from features.columns import Doel, Feature
from models.accountability import words
from models.accountability.facts import Facts
from models.accountability.page import Numbers, render

DIRECTIONS = {1: "hoger spreekt ervoor", -1: "hoger spreekt ertegen", 0: "geen richting vooraf"}
COLUMNS = (
    "naam", "label", "groep", "bronnen", "eenheid", "richting", "weegt", "persoonsgegeven", "status", "grondslag",
    "doel", "beoordelaar", "datum",
)  # fmt: skip


def features_html(facts: Facts) -> str:
    """The page; the heaviest feature first."""
    order = sorted(facts.features, key=lambda feature: -reach(facts, feature))
    return render(
        "kenmerken.html",
        f=facts,
        n=Numbers(facts.numbers),
        w=words,
        kenmerken=order,
        weegt={feature.name: reach(facts, feature) for feature in order},
        richting={feature.name: direction(facts, feature) for feature in order},
    )


def features_csv(facts: Facts) -> str:
    """Semicolon-separated with a header, in the register's order; five tests with their evidence at the end."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    tests = [f"{name}_{part}" for name in words.TESTS for part in ("bevinding", "bewijs")]
    writer.writerow([*COLUMNS, *tests])
    for feature in facts.features:
        papers = feature.papers
        proofs = [text for _, proof in papers.tests() for text in (proof.says, proof.evidence)]
        writer.writerow(
            [
                feature.name, feature.label, feature.group, ",".join(feature.sources), feature.unit,
                direction(facts, feature), f"{reach(facts, feature):.4f}", "ja" if feature.persons else "nee",
                papers.status.value, papers.ground, papers.purpose, papers.reviewer, papers.date, *proofs,
            ]
        )  # fmt: skip
    return out.getvalue()


def reach(facts: Facts, feature: Feature) -> float:
    """The largest reach of the tables that a feature is in, in log-odds."""
    return max((weight for term, weight in facts.weights.items() if feature.name in term.split(" x ")), default=0.0)


def direction(facts: Facts, feature: Feature) -> str:
    """What was declared of it for this target, in words."""
    return DIRECTIONS[feature.direction(Doel(facts.run.doel))]
