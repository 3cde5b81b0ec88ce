"""Many addresses asked at the same time, and an end to it: after `koppeling.tijd` what is not there is not there.

The questions run on an event loop in a thread of their own, which we stop waiting for: name resolution and TLS can hang
longer than any time-out of a socket. After a 401 nothing more is asked (a locked account helps nobody); a 429 with a
Retry-After that fits in the time is waited for once, by all.
"""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import date

import structlog

from service.bewoning.client import Client, opened
from service.bewoning.koppeling import Koppeling
from service.bewoning.records import Bewoning, Gemist, Niet

Answers = dict[str, Bewoning | Gemist]
LATE = Gemist(waarom=Niet.TIJD)

log = structlog.get_logger()


def asked(identificaties: tuple[str, ...], koppeling: Koppeling, peildatum: date) -> Answers:
    """An answer per identificatie, or why there is none. Never raises."""
    if not koppeling.aan or not identificaties:
        return dict.fromkeys(identificaties, Gemist(waarom=Niet.UIT))
    begun = time.monotonic()
    found: Answers = {}
    thread = threading.Thread(
        target=_run, args=(identificaties, koppeling, peildatum, found), name="bewoning", daemon=True
    )
    thread.start()
    thread.join(koppeling.tijd.total_seconds())
    answers = {each: found.get(each, LATE) for each in identificaties}
    missed = [answer for answer in answers.values() if isinstance(answer, Gemist)]
    log.info(
        "bewoning asked",
        addresses=len(answers),
        missed=len(missed),
        why=sorted({f"{each.waarom} {each.status} {each.code}".strip() for each in missed}),
        seconds=round(time.monotonic() - begun, 2),
    )
    return answers


def _run(identificaties: tuple[str, ...], koppeling: Koppeling, peildatum: date, found: Answers) -> None:
    """The thread's work. Whatever goes wrong ends as a value: an exception could carry an answer along."""
    try:
        asyncio.run(_all(identificaties, koppeling, peildatum, found))
    except Exception as fault:
        log.error("bewoning: the check ended early", fault=type(fault).__name__)
        for each in identificaties:
            found.setdefault(each, Gemist(waarom=Niet.INSTELLING))


async def _all(identificaties: tuple[str, ...], koppeling: Koppeling, peildatum: date, found: Answers) -> None:
    until = time.monotonic() + koppeling.tijd.total_seconds()
    async with opened(koppeling) as client:
        if isinstance(client, Gemist):
            found.update(dict.fromkeys(identificaties, client))
            return
        asking = _Asking(client, koppeling.gelijktijdig, until)
        await asyncio.gather(*(asking.one(each, peildatum, found) for each in identificaties))


class _Asking:
    """The questions of one round, which share a door to go through and what the API said last."""

    def __init__(self, client: Client, width: int, until: float) -> None:
        self._client, self._until = client, until
        self._door = asyncio.Semaphore(width)
        self._closed: Gemist | None = None
        self._not_before = 0.0

    async def one(self, identificatie: str, peildatum: date, found: Answers) -> None:
        """Ask about one address and put down what came of it."""
        async with self._door:
            answer = await self._asked(identificatie, peildatum)
            if isinstance(answer, Gemist) and answer.waarom is Niet.TE_VEEL and self._waits(answer):
                answer = await self._asked(identificatie, peildatum)
            if isinstance(answer, Gemist) and answer.waarom in {Niet.AANMELDEN, Niet.TE_VEEL}:
                self._closed = self._closed or answer
            found[identificatie] = answer

    async def _asked(self, identificatie: str, peildatum: date) -> Bewoning | Gemist:
        while (pause := self._not_before - time.monotonic()) > 0 and self._closed is None:
            await asyncio.sleep(pause)
        if self._closed is not None:
            return self._closed
        left = self._until - time.monotonic()
        return LATE if left <= 0 else await self._client.bewoning(identificatie, peildatum, left)

    def _waits(self, answer: Gemist) -> bool:
        """Whether the time that a 429 asks for is there. Half a second is kept for the answer itself."""
        moment = time.monotonic() + answer.na
        if not answer.na or moment > self._until - 0.5:
            return False
        self._not_before = max(self._not_before, moment)
        return True
