"""The documents with which a publication accounts for itself: see models/published_account.py."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from features.columns import Doel
from features.errors import Refusal
from models.document import to_json as model_to_json
from models.figures_json import FACTS_FILE, FIGURES_FILE, from_json, to_json
from models.published_account import (
    DECISION,
    FACTS,
    FIGURES,
    FOLDER,
    MODEL,
    Decision,
    decision_to_json,
    without_handlers,
)
from models.registry import Champion
from models.registry_monitor import kept
from pipelines.bench import bench
from pipelines.settings import Settings
from pipelines.standing import standing


def documents(models: Mapping[Doel, Champion], settings: Settings) -> dict[str, bytes]:
    """Path within the account -> content, of every target that is ranked by a model.

    Facts and figures are there as far as the registry kept them. Raises Refusal when the store does not answer.
    """
    found: dict[str, bytes] = {}
    for doel, champion in models.items():
        found[f"{doel.value}/{MODEL}"] = _document(champion)
        facts, figures = (kept(settings.mlflow, champion.run_id, file) for file in (FACTS_FILE, FIGURES_FILE))
        if facts is not None:
            found[f"{doel.value}/{FACTS}"] = facts
        if figures is not None:
            found[f"{doel.value}/{FIGURES}"] = to_json(without_handlers(from_json(figures.decode()))).encode()
        found[f"{doel.value}/{DECISION}"] = decision_to_json(_decision(champion, settings)).encode()
    return found


def digests(account: Mapping[str, bytes]) -> dict[str, str]:
    """Path -> SHA-256, for the manifest."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in sorted(account.items())}


def add(publication: Path, file: str, text: str) -> None:
    """Put a report on a publication beside it, in the place of an earlier one: the old or the new, never a half."""
    folder = publication / FOLDER
    folder.mkdir(exist_ok=True)
    aside = folder / f".{file}-{os.getpid()}"
    with aside.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(folder / file)


def now() -> str:
    """The ISO moment of a report."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _document(champion: Champion) -> bytes:
    """The model as it was read and checked; equal models give equal bytes, so these have the approved digest."""
    content = model_to_json(champion.model).encode()
    digest = hashlib.sha256(content).hexdigest()
    if digest != champion.sha256:
        raise Refusal(
            f"model {champion.name} version {champion.version}",
            found=f"a document that is written back with SHA-256 {digest[:12]}…",
            expected=f"{champion.sha256[:12]}…, as it was read",
            do="train again with this version of the software",
        )
    return content


def _decision(champion: Champion, settings: Settings) -> Decision:
    events = bench(settings).approvals.events()
    approval = standing(events, champion.name).approval(champion.version) if champion.approved else None
    return Decision(
        version=champion.version,
        approved=champion.approved,
        approved_at=approval.event.at if approval else "",
        organisation=settings.organisatie,
    )
