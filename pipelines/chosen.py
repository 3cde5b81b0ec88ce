"""Which model ranks a delivery, per target: the champion, else the challenger on trial, else none (a cold start).

What was tampered with stops the run. What is merely not meant for this delivery (other gemeenten, another version of
the features, a source that is not here) is set aside, with the reason in the manifest and on the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from features.columns import Doel
from features.errors import Refusal
from features.register import FEATURES
from features.register import version as register_version
from models.registry import CHALLENGER, CHAMPION, Champion, Registered
from models.tables import TableModel
from pipelines.bench import Bench, bench
from pipelines.landings import Landed
from pipelines.settings import Settings
from pipelines.standing import Standing, standing


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Why a version does not rank this delivery: in English for the terminal, in Dutch for the page."""

    version: str
    english: str
    dutch: str


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """models: per target what scores; absent = a cold start. aside: per target why a model that exists was not used."""

    models: dict[Doel, Champion] = field(default_factory=dict)
    aside: dict[Doel, tuple[Aside, ...]] = field(default_factory=dict)

    @property
    def trial(self) -> tuple[Doel, ...]:
        """The targets ranked by a model that two people have not approved."""
        return tuple(doel for doel, model in self.models.items() if not model.approved)


def scope_of(landed: Landed) -> str:
    """The gemeenten of a delivery, as they are noted with a model."""
    return "-".join(landed.report.gemeenten)


def chosen(landed: Landed, settings: Settings) -> Chosen:
    """The models for this delivery. Raises Refusal when one is not what our own record says it is."""
    if "onderzoeken" in {off.source for off in landed.report.off} and not settings.regio:
        return Chosen()  # no outcomes here, nor of others: a cold start, whatever model an earlier delivery left behind
    own = bench(settings)
    found = Chosen()
    for doel in Doel:
        if not any(doel in grant.doelen for grant in landed.report.grants):
            continue
        reasons: list[Aside] = []
        for one, model in _candidates(own, doel, landed, reasons):
            reason = _unfit(one, model.model, landed, doel)
            if reason is None:
                found.models[doel] = model
                break
            reasons.append(reason)
        if reasons:
            found.aside[doel] = tuple(reasons)
    return found


def _candidates(own: Bench, doel: Doel, landed: Landed, reasons: list[Aside]) -> Iterator[tuple[Registered, Champion]]:
    """The champion and then the challenger, of these gemeenten, read with every check."""
    now = standing(own.approvals.events(), own.registry.name(doel.value))
    versions = own.registry.versions(doel.value)
    seen = ""
    for alias in (CHAMPION, CHALLENGER):
        one = next((version for version in versions if alias in version.aliases), None)
        if one is None or one.version == seen:
            continue
        seen = one.version
        if one.scope != scope_of(landed):
            reasons.append(
                Aside(
                    version=one.version,
                    english=f"the {alias} is of other gemeenten ({one.scope or 'not stated'})",
                    dutch="Het model leerde van andere gemeenten",
                )
            )
        elif alias == CHAMPION:
            yield one, own.registry.load(one, _approved(now, one), approved=True)
        elif one.version not in now.trained:
            reasons.append(
                Aside(
                    version=one.version,
                    english=f"the {alias} was not trained by this installation",
                    dutch="Het model is niet met deze installatie getraind",
                )
            )
        else:
            yield one, own.registry.load(one, now.trained[one.version].sha256, approved=False)


def _approved(now: Standing, one: Registered) -> str:
    """The digest that two people approved; refused where the alias points at anything else."""
    approval = now.approval(one.version)
    if approval is None:
        raise Refusal(
            f"model {one.name} version {one.version}",
            found="champion in MLflow, without an approval in force in our own record",
            expected="a model that two people approved here, and that was not rolled back since",
            do="put it right with: schijnwerper promote, or schijnwerper rollback; and find out who moved the alias",
        )
    return approval.event.sha256


def _unfit(one: Registered, model: TableModel, landed: Landed, doel: Doel) -> Aside | None:
    """Why a good model cannot rank this delivery; None when it can."""
    if model.register != register_version():
        return Aside(
            version=one.version,
            english=f"trained with feature register {model.register or '(none)'}, here it is {register_version()}",
            dutch="Het model hoort bij een andere versie van de kenmerken",
        )
    granted = {grant.source for grant in landed.report.grants if doel in grant.doelen}
    present = granted - {off.source for off in landed.report.off}
    sources = {feature.name: set(feature.sources) for feature in FEATURES}
    absent = sorted(set().union(*(sources.get(name, set()) for name in model.features)) - present)
    if not absent:
        return None
    named = ", ".join(absent)
    return Aside(
        version=one.version,
        english=f"it reads {named}, which this delivery does not have",
        dutch=f"Het model leest {named}, en dat zit niet in deze levering",
    )
