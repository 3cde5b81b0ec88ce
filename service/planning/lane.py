"""Searches side by side, each in a process of its own: PyVRP holds Python's lock, so threads would take turns.

The model comes in through the standard input of such a process, then lap after lap; what was found goes out. Not
multiprocessing, which would begin by importing the whole service (or whatever program is running) again: this takes a
third of a second. Nor are the web's own threads held up by a search.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import IO

from pyvrp import ProblemData

from service.planning.search import Found, Lap, Searcher

GRACE = 30.0  # seconds a lap may take beyond its own before its process is given up
GLANCE = 0.05  # seconds between looks at whether somebody breaks it off
BEGIN = f"import sys; sys.path[:] = sys.argv[1:]; from {__name__} import main; main()"
NOTHING = Found(best=(), routes={})


class Lanes:
    """Up to `workers` processes that search one model; 0: in this process, one after another. They come up while the
    model is being made.
    """

    def __init__(self, workers: int) -> None:
        self._workers: list[_Worker] = []
        with contextlib.suppress(OSError):  # no room for another process: those that are there do, or this one
            for _ in range(workers):
                self._workers.append(_Worker())
        self._model: tuple[ProblemData, float] | None = None
        self._own: Searcher | None = None

    def load(self, data: ProblemData, margin: float) -> None:
        """The model to search."""
        self._model, self._own = (data, margin), None
        whole = pickle.dumps(self._model, protocol=pickle.HIGHEST_PROTOCOL)
        for worker in self._workers:
            worker.load(whole)

    def __enter__(self) -> Lanes:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end()

    def run(self, laps: Sequence[Lap], broken_off: Callable[[], bool]) -> list[Found]:
        """What each lap found, in their order, whichever process ran it. Broken off: what was found in time."""
        found: dict[int, Found] = {}
        waiting = list(enumerate(laps))
        with selectors.DefaultSelector() as busy:
            while (waiting or busy.get_map()) and not broken_off():
                for worker in self._workers:
                    if waiting and worker.free and worker.send(waiting[0][1]):
                        worker.begin(*waiting.pop(0))
                        busy.register(worker.output(), selectors.EVENT_READ, worker)
                if not busy.get_map():
                    break
                ready = {key.data for key, _ in busy.select(GLANCE)}
                for worker in [key.data for key in busy.get_map().values() if key.data in ready or key.data.late()]:
                    busy.unregister(worker.output())
                    answer = worker.answer() if worker in ready else worker.end()
                    if answer is None:
                        self._workers.remove(worker)
                        waiting.insert(0, (worker.number, laps[worker.number]))
                    else:
                        found[worker.number] = answer
        for number, lap in waiting:  # without processes, or when they failed
            if not broken_off():
                found[number] = self._searcher().search(lap, broken_off)
        return [found.get(number, NOTHING) for number in range(len(laps))]

    def _searcher(self) -> Searcher:
        if self._model is None:
            raise RuntimeError("a search before there is a model")
        self._own = self._own or Searcher(*self._model)
        return self._own


class _Worker:
    """One process, and the lap it is at."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", BEGIN, *(path or os.curdir for path in sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.free, self.number, self._until = True, -1, 0.0
        self._loading: threading.Thread | None = None

    def output(self) -> IO[bytes]:
        """Where its answers come."""
        if self._process.stdout is None:
            raise RuntimeError("a worker without an output")
        return self._process.stdout

    def load(self, whole: bytes) -> None:
        """Hand over a model, without waiting until it is awake."""
        self._loading = threading.Thread(target=self._write, args=(whole,), daemon=True)
        self._loading.start()

    def send(self, lap: Lap) -> bool:
        """Whether it could be told; then it is no longer free."""
        if self._loading is not None:
            self._loading.join(GRACE)
            if self._loading.is_alive():
                return False
        return self._write(pickle.dumps(lap))

    def _write(self, what: bytes) -> bool:
        if self._process.stdin is None:
            return False
        try:
            self._process.stdin.write(what)
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):
            return False
        return True

    def begin(self, number: int, lap: Lap) -> None:
        """It was sent this lap."""
        self.free, self.number, self._until = False, number, lap.until + GRACE

    def late(self) -> bool:
        """Whether its lap should have ended long ago."""
        return time.monotonic() > self._until

    def answer(self) -> Found | None:
        """What it found; None when it came to its end instead."""
        try:
            found: Found = pickle.load(self.output())
        except (EOFError, pickle.UnpicklingError):
            self.end()
            return None
        self.free = True
        return found

    def end(self) -> None:
        """Away with it, whatever it is doing: it has nothing to lose."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._process.wait()


def main() -> None:
    """Search what comes in until nothing comes any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not come between the answers
    searcher = Searcher(*pickle.load(sys.stdin.buffer))
    while True:
        try:
            lap = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(searcher.search(lap), answers)
        answers.flush()
