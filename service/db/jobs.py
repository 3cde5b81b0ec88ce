"""Answers that wait for their logs: in a thread, or as coroutines of an event loop; and how they are woken."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.faults import StoreUnavailable
from service.logs.leesgrens import Refused
from service.logs.line import Line

Outcome = Refused | BaseException | None


@dataclass(slots=True, eq=False)
class Job:
    """The lines of one answer, and how whoever waits is woken: a lock let go, or a future of an event loop."""

    lines: Sequence[Line]
    future: asyncio.Future[None] | None = None
    loop: asyncio.AbstractEventLoop | None = None
    timer: asyncio.TimerHandle | None = None  # of the first of those that were handed over together
    outcome: Outcome = None
    done: threading.Lock = field(default_factory=threading.Lock)  # held until the outcome is there


def late() -> StoreUnavailable:
    """For whoever has waited long enough."""
    return StoreUnavailable("the logs were not written in time")


def told(job: Job) -> Refused | None:
    """The outcome of a job that is done; raises it when it is a fault."""
    if isinstance(job.outcome, BaseException):
        raise job.outcome
    return job.outcome


def wake(batch: list[Job], outcomes: Sequence[Outcome]) -> None:
    """From the committer's thread."""
    loops: dict[asyncio.AbstractEventLoop, tuple[list[Job], list[Outcome]]] = {}
    for job, outcome in zip(batch, outcomes, strict=True):
        if job.loop is None:
            job.outcome = outcome
            job.done.release()
        else:
            jobs, theirs = loops.setdefault(job.loop, ([], []))
            jobs.append(job)
            theirs.append(outcome)
    for loop, (jobs, theirs) in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, jobs, theirs)


def settle(jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
    """On the loop's own thread; who was told already, or went away, is left alone."""
    for job, outcome in zip(jobs, outcomes, strict=True):
        if job.timer is not None:
            job.timer.cancel()
        if job.future is not None and not job.future.done():
            job.outcome = outcome
            job.future.set_result(None)
