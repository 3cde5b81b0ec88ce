"""What was trained becomes a challenger: first in MLflow, then in our own record, and last of all the alias.

When any of it fails, the versions are taken back and their runs marked as failed; no alias has moved by then.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from importlib.metadata import version as installed
from pathlib import Path

from features.columns import Doel
from features.errors import Refusal
from features.register import version as register_version
from models.registry import CHALLENGER, Origin, Registered
from models.trained import TrainedTarget
from pipelines.approvals import Event, What
from pipelines.bench import bench
from pipelines.landings import Landed
from pipelines.region import region_digest
from pipelines.settings import Settings
from pipelines.standing import standing

ROOT = Path(__file__).resolve().parents[1]
DIRTY = "-dirty"  # code that differs from its commit
MACHINE = "schijnwerper train"  # who trains: no person decides anything there


def register(trained: Sequence[TrainedTarget], landed: Landed, settings: Settings) -> tuple[Registered, ...]:
    """Register every target as challenger. The champion stays what it is. Raises Refusal when a store fails."""
    own = bench(settings)
    source = origin(landed, date.fromisoformat(trained[0].model.trained_as_of), settings)
    before = [own.registry.at(target.doel, CHALLENGER) for target in trained]
    made = own.registry.log(trained, source)
    try:
        rows = [_event(one, target, source) for one, target in zip(made, trained, strict=True)]
        own.approvals.append(lambda _: rows)
        for one in made:
            own.registry.point(CHALLENGER, one.name, one.version)
    except BaseException:
        own.registry.withdraw(made)
        for old in filter(None, before):
            with suppress(Refusal):
                own.registry.point(CHALLENGER, old.name, old.version)
        raise
    return made


def trained_before(landed: Landed, as_of: date, settings: Settings) -> bool:
    """Whether the challengers come from exactly this delivery, day, seed and code: training would give them again."""
    own, source = bench(settings), origin(landed, as_of, settings)
    events = own.approvals.events()
    found = [own.registry.at(doel.value, CHALLENGER) for doel in Doel]
    return source.inputs != "" and any(
        one is not None and one.inputs == source.inputs and one.version in standing(events, one.name).trained
        for one in found
    )


def origin(landed: Landed, as_of: date, settings: Settings) -> Origin:
    """Where a training on this delivery comes from."""
    files = tuple((file.name, file.sha256) for file in landed.report.files)
    grounds = tuple((grant.source, grant.grondslag, grant.bewaartermijn_maanden) for grant in landed.report.grants)
    code = code_version()
    parts = (files, landed.report.grants, landed.report.gemeenten, as_of, code, settings.zaad, settings.capaciteit)
    judged = (settings.poorten, register_version(), settings.modelnaam, region_digest(settings))
    return Origin(
        gemeenten=tuple(landed.report.gemeenten),
        files=files,
        data=hashlib.sha256(repr(sorted(files)).encode()).hexdigest(),
        code=code,
        grounds=grounds,
        inputs="" if code.endswith(DIRTY) else hashlib.sha256(repr((parts, judged)).encode()).hexdigest(),
        organisation=settings.organisatie,
    )


def code_version() -> str:
    """The commit, with `-dirty` where files differ from it; the package's version where there is no git."""
    if not (ROOT / ".git").exists():
        return installed("schijnwerper")
    command = ["git", "-C", str(ROOT), "describe", "--always", f"--dirty={DIRTY}", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return installed("schijnwerper")
    return done.stdout.strip() if done.returncode == 0 else installed("schijnwerper")


def _event(one: Registered, target: TrainedTarget, source: Origin) -> Event:
    return Event(
        what=What.TRAINED,
        person=MACHINE,
        doel=one.doel,
        name=one.name,
        version=one.version,
        sha256=one.sha256,
        scope=source.scope,
        gates=target.backtest.gates if target.backtest is not None else None,
    )
