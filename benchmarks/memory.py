"""Run a command and measure it: wall seconds and the peak of the memory of its whole process tree (Linux)."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
PAUSE = 0.2  # seconds between two looks


@dataclass(frozen=True, kw_only=True)
class Measured:
    """seconds: wall clock. peak: bytes, the largest sum of resident memory minus shared pages over the process tree."""

    seconds: float
    peak: int
    output: str


def measure(command: list[str], log: Path) -> Measured:
    """Run `command` (its stderr goes to `log`); raises CalledProcessError when it fails."""
    peak, done = [0], threading.Event()
    start = time.perf_counter()
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):

        def watch() -> None:
            while not done.wait(PAUSE):
                peak[0] = max(peak[0], sum(_private(pid) for pid in _tree(process.pid)))

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        output = process.stdout.read() if process.stdout else ""
        process.wait()
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Measured(seconds=seconds, peak=peak[0], output=output)


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue  # gone in the meantime
            children.setdefault(parent, []).append(int(folder.name))
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        queue += children.get(pid, [])
    return found


def _private(pid: int) -> int:
    try:
        _, resident, shared, *_ = (int(n) for n in Path(f"/proc/{pid}/statm").read_text().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * PAGE
