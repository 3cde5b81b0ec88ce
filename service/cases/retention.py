"""How long investigations are kept: with all that hangs under them, from the day they ended (service/retained.py)."""

from __future__ import annotations

from sqlalchemy import and_, exists

from service.cases.tables import (
    bezoeken,
    delen,
    herbezoeken,
    onderzoeken,
    stappen,
    uitgeleverd,
    uitleveringen,
    uitleververzoeken,
)
from service.field import retention as of_field
from service.logs.retention import ByMoment, ByParent, Rule

_again = onderzoeken.alias("herhaling")
_CASES = ByMoment(
    table=onderzoeken,
    column="afgerond",
    term="onderzoeken",
    only=and_(onderzoeken.c.afgerond.is_not(None), ~exists().where(_again.c.herhaling_van == onderzoeken.c.id)),
)  # a case that is looked at again goes after its second look
_EXPORTS = ByMoment(table=uitleveringen, column="tijd", term="onderzoeken")
RULES: tuple[Rule, ...] = (
    *(ByParent(table=t, column="onderzoek_id", parent=_CASES) for t in (stappen, bezoeken, delen, herbezoeken)),
    *of_field.rules(_CASES),
    _CASES,
    ByParent(table=uitgeleverd, column="uitlevering_id", parent=_EXPORTS),
    _EXPORTS,
    ByMoment(table=uitleververzoeken, column="op", term="onderzoeken"),
)
