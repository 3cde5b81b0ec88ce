"""One writer for the logs of everything that only reads: what waits is committed together, and then answered.

A transaction that reaches the disk costs the same for one answer as for forty (group commit). While one is being
written the next answers gather; nobody waits for a clock. A failure is everybody's who was in it: none is answered.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from queue import Empty, SimpleQueue

import structlog
from sqlalchemy.exc import SQLAlchemyError

from service.db.jobs import Job, Outcome, late, settle, told, wake
from service.db.writer import Writer
from service.faults import StoreUnavailable
from service.logs.leesgrens import Refused
from service.logs.line import Line
from service.logs.write import DRIVER_FAULTS

MOST = 256  # answers in one transaction
PATIENCE = 30.0  # s that an answer waits for its log before it is given up
SLOW, REST = 0.01, 1.0  # s: a write on the loop's thread that took longer leaves the next to the other thread, so long

log = structlog.get_logger()


class Committer:
    """Gathers answers and has their logs written, in a thread that starts with the first."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self._queue: SimpleQueue[list[Job] | None] = SimpleQueue()
        self._waiting: dict[asyncio.AbstractEventLoop, list[Job]] = {}  # touched by its own loop alone
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._thread_until = 0.0

    def write(self, lines: Sequence[Line]) -> Refused | None:
        """Returns once `lines` are committed, or Refused and not written. Raises StoreUnavailable."""
        job = Job(lines)
        job.done.acquire()
        self._submit([job])
        if not job.done.acquire(timeout=PATIENCE):
            raise late()
        return told(job)

    async def write_async(self, lines: Sequence[Line]) -> Refused | None:
        """`write`, for a coroutine: the event loop goes on meanwhile."""
        loop = asyncio.get_running_loop()
        job = Job(lines, future=loop.create_future(), loop=loop)
        waiting = self._waiting.setdefault(loop, [])
        waiting.append(job)
        if len(waiting) == 1:
            loop.call_soon(self._hand_over, loop, 0)
        await job.future  # type: ignore[misc]  # set a few lines above
        return told(job)

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._starting:
            self._closed = True
            if self._thread is not None:
                self._queue.put(None)
        if self._thread is not None:
            self._thread.join()
        self.writer.close()

    def _hand_over(self, loop: asyncio.AbstractEventLoop, seen: int) -> None:
        """Give the thread what waits, once a turn of the loop adds nothing to it: then the loop is about to be idle.

        Sooner would make more and smaller transactions, each with a thread that fights the loop for the interpreter.
        """
        waiting = self._waiting[loop]
        if seen < len(waiting) < MOST:
            loop.call_soon(self._hand_over, loop, len(waiting))
            return
        del self._waiting[loop]
        try:
            if self._at_once(waiting):
                return
            # Whoever waits is told in any case; cancelled by `settle`.
            waiting[0].timer = loop.call_later(PATIENCE, settle, waiting, [late() for _ in waiting])
            self._submit(waiting)
        except Exception as fault:  # of the store, or a mistake of ours: nobody may wait for ever
            settle(waiting, [fault] * len(waiting))

    def _at_once(self, jobs: list[Job]) -> bool:
        """Write on the loop's own thread, when that takes one statement and no waiting for anybody.

        The disk holds the loop up for a moment, but those it would serve wait for the same disk; a thread would cost
        as much again. When the disk is slow, or anything is in the way, it is the thread's.
        """
        begun = time.monotonic()
        if self._closed or begun < self._thread_until:
            return False
        outcomes = self.writer.at_once([job.lines for job in jobs])
        ended = time.monotonic()
        if ended - begun > SLOW:
            self._thread_until = ended + REST
        if outcomes is None:
            return False
        settle(jobs, outcomes)
        return True

    def _submit(self, jobs: list[Job]) -> None:
        if self._thread is None or self._closed:
            with self._starting:
                if self._closed:
                    raise StoreUnavailable("the store is closed")
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="logs", daemon=True)
                    self._thread.start()
        self._queue.put(jobs)

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._gathered()
            if batch:
                self._commit(batch)

    def _gathered(self) -> tuple[list[Job], bool]:
        """All that waits, and whether there is more to come after it."""
        jobs = self._queue.get()
        batch: list[Job] = []
        try:
            while jobs is not None:
                batch += jobs
                if len(batch) >= MOST:
                    return batch, True
                jobs = self._queue.get_nowait()
        except Empty:
            return batch, True
        return batch, False

    def _commit(self, batch: list[Job]) -> None:
        outcomes: Sequence[Outcome]
        try:
            outcomes = self.writer.write([job.lines for job in batch], PATIENCE)
        except (SQLAlchemyError, StoreUnavailable, *DRIVER_FAULTS) as fault:
            log.error("logs not written", fault=type(fault).__name__, answers=len(batch))
            outcomes = [StoreUnavailable(type(fault).__name__) for _ in batch]
        except Exception as fault:
            log.exception("logs not written")
            outcomes = [fault] * len(batch)
        wake(batch, outcomes)
