"""In demo mode there is work from the first minute: a round of each target, drawn by the service itself."""

from __future__ import annotations

from sqlalchemy import select

from features.columns import Doel
from service.desk import Desk
from service.faults import NothingPublished
from service.logs.entry import Trace
from service.worklist.rounds import draw_round
from service.worklist.tables import rondes


def first_rounds(desk: Desk) -> None:
    """Draw them, once; nothing outside demo mode, without a publication, or when any round was drawn before."""
    if not desk.settings.demo:
        return
    try:
        gemeenten = desk.publications.current().gemeenten
    except NothingPublished:
        return
    with desk.database.looking() as read:
        if read.execute(select(rondes.c.id).limit(1)).first() is not None:
            return
    with desk.database.unit(None, Trace()) as unit:
        for gemeente in gemeenten:
            for doel in Doel:
                draw_round(unit, desk, gemeente, doel)
