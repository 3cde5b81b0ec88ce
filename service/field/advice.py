"""When to come back where nobody was met, in words. The chance itself is not told: it is about people's habits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from service.planning import chance
from service.web.getallen import MONTHS
from service.web.teksten import text

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def advice(attempts: Sequence[datetime], after: datetime) -> str:
    """What to do when nobody was met at these moments, the last of them `after`."""
    found = chance.advice(attempts, after)
    if not found.zinvol:
        return text("veld_advies.niemand")
    day = f"{DAYS[found.dag.weekday()]} {found.dag.day} {MONTHS[found.dag.month - 1]}"
    return text("veld_advies.opnieuw", dag=day, van=found.van.hour, tot=found.tot.hour)
