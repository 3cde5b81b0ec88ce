"""`schijnwerper models`: every version there is, what it is for, how it did and who approved it."""

from __future__ import annotations

from dataclasses import dataclass

from features.columns import Doel
from models.registry import CHAMPION, Registered
from pipelines.bench import Bench, bench
from pipelines.settings import Settings
from pipelines.standing import Standing, standing

MAIN = ("later_precisie_bij_60", "later_gemiddelde_precisie", "later_lift_bij_60")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One version. state: in words. gates: passed, of how many; None = not evaluated. figures: name -> value."""

    doel: str
    name: str
    version: str
    aliases: tuple[str, ...]
    sha256: str
    trained_until: str
    scope: str
    state: str
    proposer: str
    approver: str
    approved_at: str
    gates: tuple[int, int] | None
    failed: tuple[str, ...]
    figures: dict[str, float]


def overview(settings: Settings) -> tuple[Listed, ...]:
    """All versions of both targets, oldest first; raises Refusal when a store cannot be read."""
    own = bench(settings)
    events = own.approvals.events()
    return tuple(
        _listed(own, one, standing(events, one.name)) for doel in Doel for one in own.registry.versions(doel.value)
    )


def _listed(own: Bench, one: Registered, now: Standing) -> Listed:
    trained, approval, waiting = (
        now.trained.get(one.version),
        now.approval(one.version),
        now.waiting.get(one.version),
    )
    gates = trained.gates if trained else None
    figures = own.registry.figures(one)
    return Listed(
        doel=one.doel,
        name=one.name,
        version=one.version,
        aliases=one.aliases,
        sha256=trained.sha256 if trained else one.sha256,
        trained_until=one.trained_until,
        scope=one.scope,
        state=_state(one, now),
        proposer=approval.proposer if approval else waiting.person if waiting else "",
        approver=approval.event.person if approval else "",
        approved_at=approval.event.at if approval else "",
        gates=(sum(gate.passed for gate in gates), len(gates)) if gates else None,
        failed=tuple(f"{gate.name}: {gate.found}; {gate.expected}" for gate in gates or () if not gate.passed),
        figures={name: figures[name] for name in MAIN if name in figures},
    )


def _state(one: Registered, now: Standing) -> str:
    """What stands in our own record, and whether MLflow agrees."""
    champion = now.champion is not None and now.champion.version == one.version
    if champion != (CHAMPION in one.aliases):
        return "champion here, not yet in MLflow" if champion else "champion in MLflow, not here: refused"
    if champion:
        return "champion"
    if one.version not in now.trained:
        return "unknown here: refused"
    if one.version in now.waiting:
        return "proposed"
    return "approved before" if now.approval(one.version) else "trained"
