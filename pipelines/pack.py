"""`schijnwerper pack`: the accountability documents of a model, from what the registry kept of its training."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from features.columns import Doel
from features.errors import Refusal
from features.register import FEATURES
from models.accountability.facts import Facts
from models.accountability.pack import documents
from models.figures_json import FACTS_FILE, FIGURES_FILE
from models.registry import CHALLENGER, CHAMPION, Registered
from models.registry_monitor import kept
from models.registry_pyfunc import DOCUMENT
from pipelines.bench import bench
from pipelines.places import folder_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Packed:
    """The pack of one model. alias: champion or challenger; to_fill_in: settings of [organisatie] still open."""

    doel: str
    name: str
    version: str
    alias: str
    folder: Path
    files: tuple[str, ...]
    to_fill_in: tuple[str, ...]


def run(doelen: Sequence[Doel], out: Path, settings: Settings, steps: Steps) -> tuple[Packed, ...]:
    """A folder per target, of the champion, or of the challenger where there is no champion.

    Raises Refusal where no target has a model, and where what the registry kept does not belong together.
    """
    folder_to_write(out)
    registry = bench(settings).registry
    done = []
    for doel in doelen:
        found = next(((a, one) for a in (CHAMPION, CHALLENGER) if (one := registry.at(doel.value, a))), None)
        if found is None:
            continue
        alias, one = found
        with steps.step(f"pack of {one.name} version {one.version}"):
            content = dict(documents(stored(one, settings)))  # all of it, before anything is written
            folder = out / doel.value
            folder.mkdir(parents=True, exist_ok=True)
            for name, written in content.items():
                (folder / name).write_bytes(written)
        done.append(
            Packed(
                doel=doel.value,
                name=one.name,
                version=one.version,
                alias=alias,
                folder=folder,
                files=tuple(content),
                to_fill_in=settings.organisatie.to_fill_in(),
            )
        )
    if not done:
        raise Refusal(
            "models",
            found="no champion and no challenger",
            expected="a trained model",
            do="train one: schijnwerper train LEVERING",
        )
    return tuple(done)


def stored(one: Registered, settings: Settings) -> Facts:
    """What the registry kept of a version. Raises Refusal when a document is missing or of another model."""
    place = f"model {one.name} version {one.version}"
    model, facts = (_needed(settings, one, file, place) for file in (DOCUMENT, FACTS_FILE))
    figures = kept(settings.mlflow, one.run_id, FIGURES_FILE)
    found = Facts.stored(
        model.decode(),
        facts.decode(),
        None if figures is None else figures.decode(),
        register=FEATURES,
        organisation=settings.organisatie,
    )
    digest = hashlib.sha256(model).hexdigest()
    if not digest == found.run.sha256 == one.sha256:
        raise Refusal(
            place,
            found=f"a document with SHA-256 {digest[:12]}…",
            expected=f"{found.run.sha256[:12]}… (its facts) and {one.sha256[:12]}… (the registry)",
            do="account for no model whose papers are of another; find out who changed it",
        )
    return replace(found, run=replace(found.run, version=one.version, run_id=one.run_id))


def _needed(settings: Settings, one: Registered, file: str, place: str) -> bytes:
    content = kept(settings.mlflow, one.run_id, file)
    if content is None:
        raise Refusal(place, found=f"no {file}", expected="a run with its facts", do="train again with this version")
    return content
