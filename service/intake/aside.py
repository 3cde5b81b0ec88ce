"""Taking in a large publication in a process of its own, with the lowest priority, so that readers do not notice."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

from features.errors import Refusal
from service.intake.keys import Keys
from service.intake.shelf import Shelf
from service.intake.source import open_source

NICE = 19  # where there is no idle class (not Linux)


class Aside:
    """One taking in, under way."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self.folder = folder
        context = multiprocessing.get_context("spawn")
        self._answer, answer = context.Pipe(duplex=False)
        self._process = context.Process(target=_take_in, args=(folder, shelf.root, shelf.keys, answer), daemon=True)
        self._process.start()
        answer.close()

    def running(self) -> bool:
        """Whether it goes on."""
        return self._process.is_alive()

    def told(self) -> str:
        """Once it ended: "" when the publication is on the shelf, else what was wrong."""
        self._process.join()
        if self._process.exitcode == 0:
            return ""
        try:
            return str(self._answer.recv())
        except EOFError:  # it was ended from outside, and said nothing
            return f"taking it in ended with {self._process.exitcode}"

    def stop(self) -> None:
        """Break it off; the shelf clears away what was begun."""
        self._process.terminate()
        self._process.join()


def _take_in(folder: Path, root: Path, keys: Keys, answer: Connection) -> None:
    _give_way()
    try:
        Shelf(root, keys).take_in(open_source(folder))
    except Refusal as refusal:
        answer.send(str(refusal))
        raise SystemExit(1) from refusal


def _give_way() -> None:
    """Run only while nobody else wants the processor: at the lowest `nice` a reader still waits for its share."""
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.nice(NICE)
