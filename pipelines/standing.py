"""What the record of approvals says of one model name: what was trained, proposed and approved, and who is champion."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.approvals import Event, What


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A version that two people let in."""

    event: Event
    proposer: str

    @property
    def version(self) -> str:
        """The version's number in MLflow."""
        return self.event.version


@dataclass(frozen=True, kw_only=True)
class Standing:
    """trained, waiting: by version, how it was trained and the proposal that waits for a second person.

    approved: oldest first; the last one is champion.
    """

    trained: dict[str, Event]
    waiting: dict[str, Event]
    approved: tuple[Approval, ...]

    @property
    def champion(self) -> Approval | None:
        """The approval in force."""
        return self.approved[-1] if self.approved else None

    def approval(self, version: str) -> Approval | None:
        """The approval of a version, unless it was rolled back since."""
        return next((one for one in self.approved if one.version == version), None)


def standing(events: Iterable[Event], name: str) -> Standing:
    """A version approved again moves to the end; one rolled back leaves, and must be proposed anew."""
    trained: dict[str, Event] = {}
    waiting: dict[str, Event] = {}
    approved: dict[str, Approval] = {}
    for event in events:
        if event.name != name:
            continue
        if event.what is What.TRAINED:
            trained[event.version] = event
        elif event.what is What.PROPOSED:
            waiting[event.version] = event
        else:
            proposal = waiting.pop(event.version, None)
            approved.pop(event.version, None)
            if event.what is What.APPROVED and proposal is not None:
                approved[event.version] = Approval(event=event, proposer=proposal.person)
    return Standing(trained=trained, waiting=waiting, approved=tuple(approved.values()))


def same_person(first: str, second: str) -> bool:
    """Whether two names mean one person: case, spaces and width of letters make no difference."""
    return _plain(first) == _plain(second)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
