"""Every rule of retention, of all slices, in the order in which they are applied: children before parents.

Every table has a rule here or stands in STAYS with the reason; a slice adds its own `RULES`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import exists

from service.cases import retention as of_cases
from service.intake.register import Shelved
from service.inzage import retention as of_access
from service.logs import rules as of_logs
from service.logs.retention import ByMoment, Rule
from service.rounds import retention as of_rounds
from service.signin.tables import personen, sessies
from service.worklist import retention as of_worklist

SIGN_IN: tuple[Rule, ...] = (
    ByMoment(table=sessies, column="gezien", term="sessies"),
    ByMoment(
        table=personen, column="laatst", term="personen", only=~exists().where(sessies.c.persoon_id == personen.c.id)
    ),
)
STAYS: Mapping[str, str] = {
    "logankers": "vouches for the chain of what is left; holds numbers and hashes",
    "noodstops": "who took the model out and why must stay answerable; a handful of rows, no address",
    "aanmeldingen": "cleared at every sign-in: lasts minutes",
}
RULES: tuple[Rule, ...] = (
    *SIGN_IN,
    Shelved(),
    *of_access.RULES,
    *of_worklist.RULES,
    *of_rounds.RULES,
    *of_cases.RULES,
    *of_logs.RULES,
)
