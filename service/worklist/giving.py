"""A judgement from a request to the store: what is shown now, and then the transaction."""

from __future__ import annotations

from service.desk import Desk
from service.logs.entry import Trace
from service.people import Person
from service.worklist import items
from service.worklist.evidence import look
from service.worklist.judge import NOTHING, Given, Served, judge
from service.worklist.view import digest


def give(desk: Desk, person: Person, trace: Trace, id: str, given: Given) -> None:
    """Give it. Raises as `judge` does.

    What is shown is read before the transaction, so that nobody waits for a publication with the store locked.
    """
    served = NOTHING
    with desk.database.looking() as read:
        item = items.one(read, person, id)
        if item is not None:
            shown, answer = look(desk, read, item)
            served = Served(
                digest=digest(shown, None if item.open else answer),
                run=shown.manifest.run_id,
                model=shown.manifest.model(item.doel),
            )
    with desk.database.unit(person, trace) as unit:
        judge(unit, desk.settings.werkvoorraad, id, given, served)
