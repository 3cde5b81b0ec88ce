"""How long a request for access is kept: as long as the log that says it was given."""

from __future__ import annotations

from service.inzage.tables import inzageverzoeken
from service.logs.retention import ByMoment, Rule

RULES: tuple[Rule, ...] = (ByMoment(table=inzageverzoeken, column="op", term="audit"),)
