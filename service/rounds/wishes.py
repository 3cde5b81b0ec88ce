"""What the planner wants with single addresses, read back: the last word about each address and kind holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from service.rounds.tables import plan_wensen


class Soort(StrEnum):
    """What can be wished. The first three answer one question, so a later one of them replaces an earlier."""

    VAST = "vast"  # it is in the plan, whatever it is worth; with a shift: in that one (that is how a stop is moved)
    WEREN = "weren"  # it is in no round
    LOS = "los"  # as it comes: takes either of the above back
    VENSTER = "venster"  # only between these moments; without moments: takes it back
    NODIG = "nodig"  # what the visit needs; nothing: takes it back


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What holds for one address. dienst: "" = in any shift."""

    vast: bool = False
    geweerd: bool = False
    dienst: str = ""
    van: datetime | None = None
    tot: datetime | None = None
    nodig: frozenset[str] = frozenset()

    @property
    def spoken(self) -> bool:
        """Whether the planner wants anything with it."""
        return self != Standing()


def standing(connection: Connection, plan_id: str) -> dict[str, Standing]:
    """By identificatie: what holds now. Addresses of which all was taken back are in it too."""
    found: dict[str, Standing] = {}
    rows = connection.execute(select(plan_wensen).where(plan_wensen.c.plan_id == plan_id).order_by(plan_wensen.c.nr))
    for row in rows:
        about = vars(found.get(row.adresseerbaarobject_identificatie, Standing()))
        match Soort(row.soort):
            case Soort.VENSTER:
                change = {"van": row.van, "tot": row.tot}
            case Soort.NODIG:
                change = {"nodig": frozenset(filter(None, row.nodig.split(",")))}
            case word:
                change = {"vast": word is Soort.VAST, "geweerd": word is Soort.WEREN, "dienst": row.dienst}
        found[row.adresseerbaarobject_identificatie] = Standing(**{**about, **change})
    return found
