from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from service.cases.records import Case
from service.db.database import Database
from service.field.kept import Kept, several
from service.field.policy import Veld
from service.field.send import Rules, send
from service.field.settle import Besluit, settle
from service.field.tables import veldbezoeken
from service.field.visit import FieldVisit
from service.logs.entry import Trace
from service.people import Role
from service.rounds.records import Ronde
from tests.service.cases.working import NEVER, Clock, Work
from tests.service.field.at_door import door, round_of, visit
from tests.service.serving import KEY

RULES = Rules(onderzoek=NEVER, veld=Veld())


@dataclass
class Field:
    """Veerle and Vera of one round at the door of one investigation, and the desk behind them."""

    work: Work
    case: Case
    ronde: Ronde | None
    clock: Clock

    def send(self, sent: FieldVisit, *, by: str = "p-veerle", shielded: bool = False) -> Kept:
        person = self.work.people[by]
        with self.work.database.unit(person, Trace()) as unit:
            return send(unit, person, sent, self.ronde, RULES, shielded=shielded)

    def visit(self, **about: object) -> FieldVisit:
        return visit(self.case, self.clock.now, **about)

    def now(self) -> Case:
        return self.work.case(self.case.id)

    def settle(self, kept: Kept, decision: Besluit, *, by: str = "", reason: str = "omdat") -> Kept:
        person = self.work.people[by or self.now().behandelaar]
        with self.work.database.unit(person, Trace()) as unit:
            return settle(unit, person, kept.id, decision, reason, NEVER, shielded=False)

    def rows(self) -> tuple[Kept, ...]:
        with self.work.database.looking() as read:
            return several(read, veldbezoeken.select())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def field(database_url: str, clock: Clock) -> Iterator[Field]:
    database = Database(database_url, key=KEY, clock=clock)
    work = Work(database)
    for name in ("anna", "bilal"):
        work.hire(Role.BEOORDELAAR, name=name)
    for name in ("carla", "cem"):
        work.hire(Role.GOEDKEURDER, name=name)
    case = work.at_the_door(work.started())
    for name in ("veerle", "vera"):
        work.hire(Role.VELD, name=name)
    clock.forward(hours=1)
    ronde = round_of([[door(case)]], ["p-veerle", "p-vera"], clock.now)
    yield Field(work=work, case=work.case(case.id), ronde=ronde, clock=clock)
    database.close()
