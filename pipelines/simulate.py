"""`schijnwerper simulate`: every policy on every synthetic gemeente, month by month, measured against the truth."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

from features.errors import Refusal
from features.register import version
from models.loop_figures import Figures, Played, figures
from models.loop_records import LoopRun
from models.policies import Policy
from models.policies_named import POLICIES, Learning
from models.simulate import Setup, play
from pipelines.loop_files import write_all
from pipelines.places import folder_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.stage import Play, stage

RUNS, TOWNS = "runs", "towns"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to simulate. policies: names of POLICIES, or `module:factory` of a policy of your own."""

    policies: tuple[str, ...] = tuple(POLICIES)
    seeds: tuple[int, ...] = (1, 2, 3)
    addresses: int = 20_000
    months: int = 24
    before: int = 36
    capacity: int = 20
    history: bool = True
    learning: Learning = Learning()  # noqa: RUF009 - frozen

    def play(self, seed: int) -> Play:
        """The stage of a seed."""
        return Play(addresses=self.addresses, seed=seed, before=self.before, months=self.months)


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """What a simulation left: the runs, the figures, and where the files are. kept: runs that were there already."""

    wanted: Wanted
    played: tuple[Played, ...]
    figures: tuple[Figures, ...]
    folder: Path
    kept: int


def run(wanted: Wanted, out: Path, settings: Settings, steps: Steps, *, fresh: bool = False) -> Simulated:
    """Simulate, measure, and write tables and pictures to `out`. A run that is there with the same parameters is kept.

    fresh: play everything again. Raises Refusal for an unknown policy or parameters that cannot be made.
    """
    folder_to_write(out)
    for name in wanted.policies:
        policy_of(name, wanted.learning)
    for seed in wanted.seeds:
        wanted.play(seed).params  # noqa: B018 - refuses what cannot be made, before the work begins
    (out / RUNS).mkdir(parents=True, exist_ok=True)
    with steps.step("make the gemeenten"):
        calls = [delayed(_made)(wanted.play(seed), out / TOWNS, settings) for seed in wanted.seeds]
        for number, _ in enumerate(_parallel(calls, settings.taken), start=1):
            steps("gemeenten", number, len(calls))
    jobs = [(name, seed) for seed in wanted.seeds for name in wanted.policies]
    missing = [job for job in jobs if fresh or _read(out, wanted, *job) is None]
    with steps.step("play the months"):
        steps("runs", len(jobs) - len(missing), len(jobs))
        runs = [delayed(_played)(wanted, name, seed, out, settings) for name, seed in missing]
        for number, _ in enumerate(_parallel(runs, settings.taken), start=len(jobs) - len(missing) + 1):
            steps("runs", number, len(jobs))
    played = tuple(found for job in jobs if (found := _read(out, wanted, *job)) is not None)
    with steps.step("measure"):
        measured = figures(played)
        write_all(out, played, measured)
    return Simulated(wanted=wanted, played=played, figures=measured, folder=out, kept=len(jobs) - len(missing))


def policy_of(name: str, learning: Learning) -> Policy:
    """A new policy: one of POLICIES, or what `module:factory` makes when called without arguments."""
    if name in POLICIES:
        return POLICIES[name](learning)
    module, _, factory = name.partition(":")
    try:
        return getattr(importlib.import_module(module), factory)()
    except (ImportError, AttributeError, ValueError) as fault:
        raise Refusal(
            "--policies",
            found=f"{name!r} ({type(fault).__name__})",
            expected=f"{', '.join(POLICIES)}, or module:factory of your own",
            do="correct the name; a module must be importable from here",
        ) from fault


def _parallel(calls: Sequence[Any], jobs: int) -> Iterator[Any]:
    return Parallel(n_jobs=max(1, min(jobs, len(calls))), return_as="generator_unordered")(calls)


def _made(of: Play, folder: Path, settings: Settings) -> None:
    stage(of, folder, settings)


def _played(wanted: Wanted, name: str, seed: int, out: Path, settings: Settings) -> None:
    start = time.perf_counter()
    world = stage(wanted.play(seed), out / TOWNS, settings)
    setup = Setup(capacity=wanted.capacity, history=wanted.history, seed=seed)
    found = play(world, policy_of(name, replace(wanted.learning, seed=seed)), setup)
    document = {
        "parameters": _parameters(wanted, name, seed),
        "seconds": round(time.perf_counter() - start, 1),
        "run": found.document(),
    }
    file = _file(out, wanted, name, seed)
    aside = file.with_name(f".{os.getpid()}-{file.name}")
    aside.write_text(json.dumps(document), encoding="utf-8")
    aside.replace(file)


def _parameters(wanted: Wanted, name: str, seed: int) -> dict[str, Any]:
    """All that a run depends on, but the code of the policy itself."""
    rest = {key: value for key, value in asdict(wanted).items() if key not in ("policies", "seeds")}
    return {"policy": name, "seed": seed, "register": version(), **rest}


def _file(out: Path, wanted: Wanted, name: str, seed: int) -> Path:
    digest = hashlib.sha256(json.dumps(_parameters(wanted, name, seed), sort_keys=True).encode()).hexdigest()[:8]
    return out / RUNS / f"{name.replace(':', '.')}-{seed}-{digest}.json"


def _read(out: Path, wanted: Wanted, name: str, seed: int) -> Played | None:
    file = _file(out, wanted, name, seed)
    if not file.exists():
        return None
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        found = LoopRun.read(document["run"])
        return Played(policy=name, seed=seed, run=found, seconds=document["seconds"])
    except (ValueError, KeyError, TypeError):
        return None  # of an earlier version, or damaged: play it again
