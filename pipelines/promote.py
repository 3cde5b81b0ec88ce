"""`schijnwerper promote` and `rollback`: two people decide which model ranks addresses, and it is written down first.

Order, always: our own record in one transaction, then the alias in MLflow. Interrupted in between, the champion is what
it was, and the same command again finishes the work.
"""

from __future__ import annotations

from dataclasses import dataclass

from features.columns import Doel
from features.errors import Refusal
from features.register import barred
from features.register import version as register_version
from models.derived import UNUSUAL
from models.registry import CHALLENGER, CHAMPION, Registered
from models.tables import TableModel
from pipelines.approvals import Event, What
from pipelines.bench import Bench, bench
from pipelines.settings import Settings
from pipelines.standing import Standing, same_person, standing


@dataclass(frozen=True, kw_only=True)
class Promotion:
    """What a command left. approver: "" = proposed, and waiting for a second person. champion: the version in use."""

    doel: str
    name: str
    version: str
    sha256: str
    proposer: str
    approver: str
    champion: str


def promote(doel: Doel, settings: Settings, *, proposer: str = "", approver: str = "", version: str = "") -> Promotion:
    """Propose, approve, or both. version: default the challenger.

    Raises Refusal for one person alone in both roles, for a model that our record does not know or whose bytes are
    others, and for gates that were not passed.
    """
    proposer, approver = proposer.strip(), approver.strip()
    if not proposer and not approver:
        raise _refusal(doel, "nobody", "a person", "say who proposes (--proposer) or approves (--approver)")
    if proposer and same_person(proposer, approver):
        raise _same(doel, approver)
    own = bench(settings)
    one = _version(own, doel, version)
    trained = _admissible(own, one)
    events = own.approvals.append(lambda before: _decided(standing(before, one.name), trained, proposer, approver))
    now = standing(events, one.name)
    if now.champion is not None and now.champion.version == one.version:
        own.registry.point(CHAMPION, one.name, one.version)
    return _promotion(doel, one.name, trained, now)


def rollback(doel: Doel, settings: Settings, *, by: str) -> Promotion:
    """Withdraw the champion's approval and return to the one before. Raises Refusal where there is none before it."""
    by = by.strip()
    if not by:
        raise _refusal(doel, "nobody", "a person", "say who rolls back (--by)")
    own = bench(settings)
    name = own.registry.name(doel.value)
    pointed = own.registry.at(doel.value, CHAMPION)
    events = own.approvals.append(
        lambda before: _withdrawn(standing(before, name), by, pointed.version if pointed else "", doel)
    )
    champion = standing(events, name).champion
    if champion is None:  # cannot be: _withdrawn refuses to take the last one
        raise _refusal(doel, "no approved model", "one to return to", "promote one")
    own.registry.point(CHAMPION, name, champion.version)
    return _promotion(doel, name, champion.event, standing(events, name))


def _promotion(doel: Doel, name: str, of: Event, now: Standing) -> Promotion:
    approval, waiting = now.approval(of.version), now.waiting.get(of.version)
    decided = approval is not None and waiting is None
    return Promotion(
        doel=doel.value,
        name=name,
        version=of.version,
        sha256=of.sha256,
        proposer=approval.proposer if approval and decided else waiting.person if waiting else "",
        approver=approval.event.person if approval and decided else "",
        champion=now.champion.version if now.champion else "",
    )


def _version(own: Bench, doel: Doel, version: str) -> Registered:
    found = own.registry.versions(doel.value)
    chosen = [one for one in found if (one.version == version if version else CHALLENGER in one.aliases)]
    if not chosen:
        known = ", ".join(one.version for one in found) or "none"
        raise _refusal(
            doel,
            f"no version {version} (there is: {known})" if version else "no challenger",
            "a trained model",
            "train one: schijnwerper train LEVERING; see what there is: schijnwerper models",
        )
    return chosen[0]


def _admissible(own: Bench, one: Registered) -> Event:
    """How the version was trained, by our own record; refused unless its bytes, bounds, register and gates are good."""
    trained = standing(own.approvals.events(), one.name).trained.get(one.version)
    place = f"model {one.name} version {one.version}"
    if trained is None:
        raise Refusal(
            place,
            found="a version that our own record does not know",
            expected="one that `schijnwerper train` made with this werkmap",
            do="train it here; a model from elsewhere is not used",
        )
    loaded = own.registry.load(one, trained.sha256, approved=False)
    _require_register(place, loaded.model)
    if not trained.gates:
        raise Refusal(
            place,
            found="not evaluated: too few outcomes for a back-test",
            expected="gates that were passed",
            do="train again when more investigations are in; until then a trial or a cold start is published",
        )
    failed = [gate for gate in trained.gates if not gate.passed]
    if failed:
        raise Refusal(
            place,
            found="; ".join(f"{gate.name}: {gate.found}" for gate in failed),
            expected="; ".join(f"{gate.name}: {gate.expected}" for gate in failed),
            do="it is not promoted; the champion stays. See the run in MLflow, gather outcomes, and train again",
        )
    return trained


def _require_register(place: str, model: TableModel) -> None:
    if model.register != register_version():
        raise Refusal(
            place,
            found=f"a table of feature register {model.register or '(none)'}",
            expected=f"register {register_version()}, of this version of the software",
            do="train again with these features",
        )
    refused = barred(name for name in model.features if name != UNUSUAL.name)
    if refused:
        raise Refusal(
            place,
            found="; ".join(f"it reads {name} ({reason})" for name, reason in refused),
            expected="admitted features alone (status toegelaten in the register)",
            do="train again, or have the feature weighed and admitted first",
        )


def _decided(now: Standing, trained: Event, proposer: str, approver: str) -> list[Event]:
    """The rows to add; none where this version is champion already (the command was repeated)."""
    if now.champion is not None and now.champion.version == trained.version:
        return []
    new = []
    proposed = now.waiting.get(trained.version)
    if proposer and (proposed is None or not same_person(proposed.person, proposer)):
        proposed = _event(trained, What.PROPOSED, proposer)
        new.append(proposed)
    if approver:
        if proposed is None:
            raise _refusal(
                trained.doel,
                f"{approver} alone",
                "a proposer and another approver",
                "let somebody else propose it first: --proposer",
            )
        if same_person(proposed.person, approver):
            raise _same(trained.doel, approver)
        new.append(_event(trained, What.APPROVED, approver))
    return new


def _withdrawn(now: Standing, by: str, pointed: str, doel: Doel) -> list[Event]:
    """The row to add; none where a rollback was recorded and only the alias is still to move."""
    if now.champion is not None and pointed and now.approval(pointed) is None:
        return []
    if len(now.approved) < 2:
        raise _refusal(
            doel,
            f"{len(now.approved)} approved model(s)",
            "an earlier one to return to",
            "there is nothing to return to; promote another version, or let the stop rule take the model out",
        )
    return [_event(now.approved[-1].event, What.ROLLED_BACK, by)]


def _event(of: Event, what: What, person: str) -> Event:
    return Event(
        what=what, person=person, doel=of.doel, name=of.name, version=of.version, sha256=of.sha256, scope=of.scope
    )


def _same(doel: str, person: str) -> Refusal:
    return _refusal(
        doel, f"{person} as proposer and as approver", "two different people", "let a second person approve"
    )


def _refusal(doel: str, found: str, expected: str, do: str) -> Refusal:
    return Refusal(f"promotion of {doel}", found=found, expected=expected, do=do)
