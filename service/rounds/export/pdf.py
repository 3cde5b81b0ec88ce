"""A round on paper: a cover with the whole round, then one page per stop, with words for reasons and room to write.

No score, no band, no figure of the model, and nothing of why an address is in the round: who goes there looks for
himself. No names either; what is printed can get lost.
"""

from __future__ import annotations

from datetime import datetime

from service.rounds.export.cover import cover
from service.rounds.export.naming import day, running
from service.rounds.export.page import page
from service.rounds.export.paper import Paper
from service.rounds.export.surroundings import Around
from service.rounds.records import Ronde
from service.web.teksten import text

MEDIA_TYPE = "application/pdf"


def pdf(ronde: Ronde, around: Around, made: datetime) -> bytes:
    """made: the moment of printing."""
    name = text("ronde_uit.naam", team=ronde.team, dag=day(ronde.dag))
    paper = Paper(name, made)
    paper.foot = name
    cover(paper, ronde, around.places)
    for stop in running(ronde):
        page(paper, ronde, stop, around.near.get(stop.id, ()))
    return bytes(paper.output())
