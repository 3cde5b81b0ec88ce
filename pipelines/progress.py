"""Progress on the terminal: a bar per long step where somebody watches, one line per step where a log does."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

console = Console(stderr=True, width=None if sys.stderr.isatty() else 160)  # a log does not wrap


class Steps:
    """Tells how far a run is. Call it as `steps(what, done)` or `steps(what, done, total)` from any long loop.

    `took` keeps the seconds of every step.
    """

    def __init__(self, quiet: bool = False) -> None:
        """quiet: show nothing (for `--json` and for worker processes)."""
        self.quiet = quiet
        self.took: dict[str, float] = {}
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, rows: int, total: int | None = None) -> None:
        """Report that `rows` (of `total`) of the part `step` are done."""
        if self._bar is None:
            return
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(f"  {step}", total=total)
        self._bar.update(self._tasks[step], completed=rows, total=total)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """One step of the line: a bar while it runs, its duration after."""
        start = time.perf_counter()
        try:
            if self.quiet or not console.is_terminal:
                yield
            else:
                columns = (
                    SpinnerColumn(),
                    TextColumn("{task.description}"),
                    BarColumn(),
                    MofNCompleteColumn(),
                    TimeElapsedColumn(),
                )
                with Progress(*columns, console=console, transient=True) as self._bar:
                    self._tasks = {what: self._bar.add_task(what, total=None)}
                    yield
        finally:
            self._bar = None
            self.took[what] = round(time.perf_counter() - start, 2)
        if not self.quiet:
            console.print(f"[green]✓[/green] {what} [dim]({self.took[what]:.1f} s)[/dim]", highlight=False)
            sys.stderr.flush()
