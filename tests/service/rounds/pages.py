"""A service with a field behind it, for the planner's pages: nine visits that wait, a planner, two who go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.people import Person, Role
from service.rounds.policy import Planning
from tests.service.cases.working import NEVER, Clock, Work
from tests.service.publication import write_publication
from tests.service.rounds.planning import at_the_door as _at_the_door
from tests.service.serving import Served, serving

QUICK = Planning(eerste=0.3, grondig=0.0, opnieuw=0.2, processen=0)
PLACES = (3, 5, 8, 11, 14, 21, 22, 30, 41)


@dataclass(frozen=True, kw_only=True)
class Countryside:
    """The service, who works there, and what the clock says."""

    served: Served
    work: Work
    clock: Clock
    planner: Person

    def at_the_door(self, *numbers: int) -> list[str]:
        """Investigations at the step huisbezoek; their ids."""
        return _at_the_door(self, *numbers)  # type: ignore[arg-type]


@contextmanager
def countryside(
    folder: Path, planning: Planning = QUICK, *, n: int = 90, places: Iterable[int] = PLACES
) -> Iterator[Countryside]:
    """folder: an empty one."""
    write_publication(folder, n=n)
    clock = Clock()
    with serving(folder, clock=clock, onderzoek=NEVER, planning=planning) as served:
        work = Work(served.database)
        for name in ("anna", "bilal"):
            work.hire(Role.BEOORDELAAR, name=name)
        for name in ("carla", "cem"):
            work.hire(Role.GOEDKEURDER, name=name)
        for name in ("veerle", "vincent"):
            work.hire(Role.VELD, name=name)
        planner = work.hire(Role.PLANNER, name="pieter")
        made = Countryside(served=served, work=work, clock=clock, planner=planner)
        made.at_the_door(*places)
        yield made
