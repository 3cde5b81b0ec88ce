"""One item, looked at by the person who has it: read, logged, and ready to be told as JSON or as a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.db.database import Unit
from service.desk import Desk
from service.logs.entry import Entry
from service.people import Person
from service.worklist import items
from service.worklist.codes import agrees
from service.worklist.evidence import Answer, Shown, look
from service.worklist.hidden import hidden
from service.worklist.items import Item, Judgement


@dataclass(frozen=True, kw_only=True)
class View:
    """antwoord None until the first judgement. vorige, volgende: ids of what waits beside it, "" when nothing does.
    wacht_nog: the same address still waits for a judgement on the other question, so its dossier stays closed.
    """

    item: Item
    getoond: Shown
    oordelen: tuple[Judgement, ...]
    antwoord: Answer | None
    vorige: str
    volgende: str
    wacht_nog: bool

    @property
    def digest(self) -> str:
        """Of all that is shown now."""
        return digest(self.getoond, self.antwoord)

    @property
    def gelijk(self) -> bool | None:
        """Whether the first judgement and the model say the same; None when either leaves it open."""
        if self.antwoord is None or self.antwoord.stand is None or not self.oordelen:
            return None
        return agrees(self.oordelen[0].oordeel, self.antwoord.stand.band)


def digest(shown: Shown, answer: Answer | None) -> str:
    """What is kept with a judgement: what stood on the page from which it was given."""
    return shown.digest if answer is None else f"{shown.digest[:32]}{answer.digest[:32]}"


def view(unit: Unit, desk: Desk, person: Person, id: str) -> View | None:
    """The item of that id, None when it is not this person's. Logged in `unit`."""
    item = items.one(unit.connection, person, id)
    if item is None:
        return None
    shown, answer = look(desk, unit.connection, item)
    before, after = _beside([one.id for one in items.waiting(unit.connection, person)], id)
    unit.log(
        Entry(
            handeling="werkvoorraad.adres",
            object_soort="werkitem",
            object_id=id,
            adressen=(item.identificatie,),
            bijzonderheden=(
                ("doel", item.doel),
                ("run" if not item.open else "bewijs", shown.manifest.run_id),
            ),
        )
    )
    return View(
        item=item,
        getoond=shown,
        oordelen=items.judgements(unit.connection, id),
        antwoord=None if item.open else answer,
        vorige=before,
        volgende=after,
        wacht_nog=item.identificatie in hidden(unit.connection, person),
    )


def list_read(identificaties: Iterable[str]) -> Entry:
    """The log of somebody's own list. It does not count for the reading limits: what one was given to do by lot is no
    leafing through a town, and who goes back to her list after each address would be shut out by noon.
    """
    about = tuple(sorted(identificaties))
    return Entry(handeling="werkvoorraad.lezen", object_soort="werkvoorraad", adressen=about, onbegrensd=True)


def _beside(waiting: list[str], id: str) -> tuple[str, str]:
    """The ids before and after `id` in the order of work, going round at the ends."""
    others = sorted(one for one in waiting if one != id)
    if not others:
        return "", ""
    after = next((one for one in others if one > id), others[0])
    before = next((one for one in reversed(others) if one < id), others[-1])
    return before, after
