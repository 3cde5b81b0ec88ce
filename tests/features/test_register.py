"""The register: every feature has its papers, and without them, or without a ground, none may serve (law 5)."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from features.columns import Doel, Feature, Papers, Status
from features.errors import Refusal
from features.register import FEATURES, admitted, version
from features.table import Grant
from tests.features.tiny import BOTH

SOURCES = {"brp", "bag", "energie", "vastgoed", "signalen", "omgeving"}
EVERY = tuple(Grant(source=source, grondslag="test", doelen=BOTH) for source in sorted(SOURCES))
FORBIDDEN = ("nationaliteit", "geboorteplaats", "geslacht", "naam", "postcode_", "leeftijd_persoon")


def test_names_are_unique_and_nothing_forbidden_is_among_them() -> None:
    names = [feature.name for feature in FEATURES]
    assert len(set(names)) == len(names)
    assert len(names) >= 60
    assert not [name for name in names if name.startswith(FORBIDDEN)]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_declaration_is_whole(feature: Feature) -> None:
    assert feature.papers.complete()
    assert feature.sources and SOURCES.issuperset(feature.sources)
    assert feature.label and feature.description.endswith(".")
    assert {feature.spookbewoning, feature.schijnbewoning} <= {-1, 0, 1}
    for sentence in (feature.sentence_for, feature.sentence_against):
        sentence.format(waarde="3 keer", vergelijking="1 keer")  # raises on any other name
        assert sentence.endswith(".")


def test_a_feature_that_tells_of_persons_says_so() -> None:
    """What rests on registrations is hidden where a person has secrecy; comparisons only use them for the peers."""
    compared = {"energie"}
    silent = [f.name for f in FEATURES if "brp" in f.sources and not f.persons and f.group not in compared]
    assert silent == []


@pytest.mark.parametrize("paper", [field.name for field in fields(Papers) if field.name != "status"])
def test_a_feature_without_complete_papers_is_refused(paper: str) -> None:
    feature = FEATURES[0]
    bare = replace(feature, papers=replace(feature.papers, **{paper: " "}))
    with pytest.raises(Refusal, match=rf"feature register, {feature.name}: found papers that are not complete"):
        admitted(Doel.SPOOKBEWONING, EVERY, (bare, *FEATURES[1:]))


@pytest.mark.parametrize("status", [Status.IN_TOETSING, Status.AFGEWEZEN])
def test_a_feature_that_is_not_admitted_is_left_out(status: Status) -> None:
    feature = FEATURES[0]
    tested = replace(feature, papers=replace(feature.papers, status=status))
    names = [f.name for f in admitted(Doel.SPOOKBEWONING, EVERY, (tested, *FEATURES[1:]))]
    assert names == [f.name for f in FEATURES[1:]]


def test_a_source_serves_only_the_targets_it_is_granted_for() -> None:
    grants = [g if g.source != "energie" else replace(g, doelen=(Doel.SPOOKBEWONING,)) for g in EVERY]
    assert admitted(Doel.SPOOKBEWONING, grants) == FEATURES
    schijn = admitted(Doel.SCHIJNBEWONING, grants)
    assert schijn == tuple(f for f in FEATURES if "energie" not in f.sources)


def test_without_grants_nothing_is_admitted() -> None:
    assert admitted(Doel.SPOOKBEWONING, ()) == ()


def test_the_version_follows_what_a_table_depends_on_and_not_the_wording() -> None:
    feature = FEATURES[0]
    assert version((replace(feature, label="anders"), *FEATURES[1:])) == version()
    assert version((replace(feature, spookbewoning=-feature.spookbewoning or 1), *FEATURES[1:])) != version()
    assert version((FEATURES[1], FEATURES[0], *FEATURES[2:])) != version()
    assert version(FEATURES[1:]) != version()
