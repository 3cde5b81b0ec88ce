"""The stop flag in a publication's manifest: set by monitoring, obeyed by the service, lifted by a named person.

The manifest is rewritten aside and renamed, so a reader sees the old one or the new one. A new publication takes over
the flag of the one in use: to score again is no way around the stop.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from features.errors import Refusal
from pipelines.store import CURRENT, MANIFEST, current

STOP, HISTORY = "stop", "stop_geschiedenis"


@dataclass(frozen=True, kw_only=True)
class Lifted:
    """A stop that was lifted: since when it held, and by whom, when and why it was taken away."""

    run_id: str
    since: str
    by: str
    at: str
    reason: str


def set_stop(root: Path, reasons: Sequence[str], now: datetime) -> bool:
    """Stop the publication in use; returns False when it was stopped already. Then its date stays, new reasons join."""
    with _locked(root):
        folder = current(root)
        manifest = _read(folder)
        before = manifest.get(STOP) or {}
        known = list(before.get("reden", []))
        manifest[STOP] = {
            "sinds": before.get("sinds") or now.astimezone(UTC).isoformat(timespec="seconds"),
            "reden": known + [reason for reason in reasons if reason not in known],
        }
        if manifest[STOP] != before:
            _write(folder, manifest)
        return not before


def lift(root: Path, by: str, reason: str, now: datetime) -> Lifted:
    """Take the flag away and note who did it and why. Raises Refusal without a flag, a name or a motivation."""
    by, reason = by.strip(), reason.strip()
    if not by or not reason:
        raise Refusal(
            "stop-lift",
            found="no name" if not by else "no motivation",
            expected="who lifts the stop, and why",
            do="give --by NAME and --reason TEXT",
        )
    with _locked(root):
        folder = current(root)
        manifest = _read(folder)
        flag = manifest.get(STOP)
        if not flag:
            raise Refusal(
                str(folder / MANIFEST),
                found="no stop",
                expected="a publication that is stopped",
                do="there is nothing to lift",
            )
        at = now.astimezone(UTC).isoformat(timespec="seconds")
        entry = {**flag, "opgeheven": at, "door": by, "motivering": reason}
        manifest[HISTORY] = [*manifest.get(HISTORY, []), entry]
        del manifest[STOP]
        _write(folder, manifest)
        return Lifted(run_id=folder.name, since=str(flag.get("sinds", "")), by=by, at=at, reason=reason)


def taken_over(root: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """`manifest` of a new publication with the flag, and the history, of the one in use."""
    if not (root / CURRENT).exists():
        return dict(manifest)
    before = _read(current(root))
    return {**manifest, **{key: before[key] for key in (STOP, HISTORY) if before.get(key)}}


def take_over(root: Path, run_id: str) -> None:
    """As `taken_over`, for a publication that stands on disk already and is about to be used again."""
    if not (root / CURRENT).exists() or current(root).name == run_id:
        return
    with _locked(root):
        own = _read(root / run_id)
        manifest = {key: value for key, value in own.items() if key != STOP}
        _write(root / run_id, taken_over(root, manifest))


def lifted_on(manifest: Mapping[str, Any]) -> str:
    """The ISO moment at which the last stop was lifted; empty when none was."""
    return max((str(entry.get("opgeheven", "")) for entry in manifest.get(HISTORY, [])), default="")


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """One writer at a time; the lock goes when the process does."""
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _read(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise Refusal(
            str(folder / MANIFEST),
            found=f"{type(fault).__name__}: {fault}",
            expected="the manifest of a publication",
            do="score again",
        ) from fault
    return dict(manifest)


def _write(folder: Path, manifest: Mapping[str, Any]) -> None:
    aside = folder / f".{MANIFEST}-{os.getpid()}"
    with aside.open("w", encoding="utf-8") as file:
        file.write(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / MANIFEST)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
