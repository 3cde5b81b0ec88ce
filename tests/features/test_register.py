"""The register: every feature has its papers, and without them, or without a ground, none may serve (law 5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from features.columns import TESTS, Doel, Feature, Status
from features.errors import Refusal
from features.register import FEATURES, admitted, barred, version
from features.table import Grant
from tests.features.tiny import BOTH

SOURCES = {"brp", "bag", "energie", "vastgoed", "signalen", "omgeving"}
EVERY = tuple(Grant(source=source, grondslag="test", doelen=BOTH) for source in sorted(SOURCES))
ADMITTED = tuple(feature for feature in FEATURES if feature.papers.status is Status.TOEGELATEN)
FORBIDDEN = ("nationaliteit", "geboorteplaats", "geslacht", "naam", "postcode_", "leeftijd_persoon")


def test_names_are_unique_and_nothing_forbidden_is_among_them() -> None:
    names = [feature.name for feature in FEATURES]
    assert len(set(names)) == len(names)
    assert len(names) >= 60
    assert not [name for name in names if name.startswith(FORBIDDEN)]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_declaration_is_whole(feature: Feature) -> None:
    assert feature.papers.missing() == ()
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


def _with(**papers: object) -> tuple[Feature, ...]:
    """The register, with other papers for its first feature."""
    return (replace(FEATURES[0], papers=replace(FEATURES[0].papers, **papers)), *FEATURES[1:])  # type: ignore[arg-type]


@pytest.mark.parametrize("paper", ["ground", "purpose", "reviewer", "date"])
def test_a_feature_without_a_paper_is_refused_by_name(paper: str) -> None:
    expected = rf"feature register, {FEATURES[0].name}: found papers that are not complete: {paper}\b"
    with pytest.raises(Refusal, match=expected):
        admitted(Doel.SPOOKBEWONING, EVERY, _with(**{paper: " "}))


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("part", ["says", "evidence"])
def test_a_feature_with_a_test_left_open_is_refused_by_name(test: str, part: str) -> None:
    proof = replace(getattr(FEATURES[0].papers, test), **{part: ""})
    named = test if part == "says" else rf"{test} \(evidence\)"
    with pytest.raises(Refusal, match=f"not complete: {named}"):
        admitted(Doel.SPOOKBEWONING, EVERY, _with(**{test: proof}))


@pytest.mark.parametrize("day", ["25-11-2026", "2026-13-01", "20261125", "november"])
def test_a_date_that_is_no_iso_day_is_missing(day: str) -> None:
    assert replace(FEATURES[0].papers, date=day).missing() == ("date",)


def test_a_status_other_than_admitted_needs_its_reason() -> None:
    assert replace(FEATURES[0].papers, status=Status.GEWEIGERD).missing() == ("why",)
    assert replace(FEATURES[0].papers, status=Status.GEWEIGERD, why="w").missing() == ()


@pytest.mark.parametrize("status", [Status.PROEF, Status.GEWEIGERD])
def test_a_feature_that_is_not_admitted_is_left_out(status: Status) -> None:
    names = [f.name for f in admitted(Doel.SPOOKBEWONING, EVERY, _with(status=status, why="w"))]
    assert names == [f.name for f in ADMITTED[1:]]


def test_a_test_run_may_read_what_is_on_trial_and_never_what_is_refused() -> None:
    assert admitted(Doel.SPOOKBEWONING, EVERY, trial=True) == FEATURES
    refused = _with(status=Status.GEWEIGERD, why="w")
    assert admitted(Doel.SPOOKBEWONING, EVERY, refused, trial=True) == FEATURES[1:]


def test_what_is_barred_is_named_with_the_reason() -> None:
    register = _with(status=Status.GEWEIGERD, why="w")
    names = (FEATURES[0].name, "volwassenen", "ingeschrevenen_2", FEATURES[-1].name)
    found = dict(barred(names, register))
    assert found[FEATURES[0].name] == "geweigerd: w"
    assert found["volwassenen"].startswith("proef: depends on years of birth")
    assert found["ingeschrevenen_2"] == "not in the register"
    assert len(found) == 3


def test_a_source_serves_only_the_targets_it_is_granted_for() -> None:
    grants = [g if g.source != "energie" else replace(g, doelen=(Doel.SPOOKBEWONING,)) for g in EVERY]
    assert admitted(Doel.SPOOKBEWONING, grants) == ADMITTED
    schijn = admitted(Doel.SCHIJNBEWONING, grants)
    assert schijn == tuple(f for f in ADMITTED if "energie" not in f.sources)


def test_without_grants_nothing_is_admitted() -> None:
    assert admitted(Doel.SPOOKBEWONING, ()) == ()


def test_the_version_follows_what_a_table_depends_on_and_not_the_wording() -> None:
    feature = FEATURES[0]
    assert version((replace(feature, label="anders"), *FEATURES[1:])) == version()
    assert version(_with(status=Status.GEWEIGERD)) == version()  # scoring refuses by name: other models stay usable
    assert version((replace(feature, spookbewoning=-feature.spookbewoning or 1), *FEATURES[1:])) != version()
    assert version((FEATURES[1], FEATURES[0], *FEATURES[2:])) != version()
    assert version(FEATURES[1:]) != version()
