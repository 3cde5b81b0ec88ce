"""Everything of one address: every room adds a table here. A room with data about addresses that is not in this list
is a fault: tests/service/inzage holds the tables of the store against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service import opaque
from service.db.database import Unit
from service.desk import Desk
from service.dossier import dossier
from service.inzage import published
from service.inzage.cases import investigations, letters, steps, visits
from service.inzage.contract import Contributor, Section, Subject
from service.inzage.field import field_visits
from service.inzage.plans import planned, wishes
from service.inzage.seen import seen
from service.inzage.worklist import asked_to_judge, judgements, signals
from service.permissions import Permission, may
from service.records import Address

CONTRIBUTORS: tuple[Contributor, ...] = (
    published.facts,
    published.standings,
    published.reasons,
    published.registrations,
    published.energy,
    asked_to_judge,
    judgements,
    signals,
    investigations,
    steps,
    visits,
    field_visits,
    planned,
    wishes,
    letters,
    seen,
)
# The tables with an address in them that are seen to here; of one's own request the answer need not tell.
COVERED = frozenset(
    {"onderzoeken", "veldbezoeken", "werkitems", "signalen", "inzageverzoeken"}
    | {"plan_adressen", "plan_over", "plan_wensen", "stop_adressen"}
)

WORK = (Permission.OORDELEN, Permission.ONDERZOEK_DOEN, Permission.BEZOEKEN, Permission.PLANNEN)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The answer. adres: as published now, None when in no list. shielded: what rests on persons is left out.

    stopped: the model is out of the work; what it said is kept and is given all the same (GDPR art. 15 asks for what is
    stored), except to somebody who works addresses themselves: withheld.
    """

    identificatie: str
    adres: Address | None
    gemaakt: datetime
    shielded: bool
    stopped: bool
    withheld: bool
    delen: tuple[Section, ...]


def gather(unit: Unit, desk: Desk, identificatie: str) -> Gathered:
    """Ask every room. The caller logs it."""
    publication = desk.publications.current()
    id = opaque.opaque_id(opaque.subkey(desk.settings.sleutel, "adres"), identificatie)
    found = dossier(publication, id)
    shielded = found is not None and found.adres.afgeschermd
    subject = Subject(
        identificatie=identificatie,
        connection=unit.connection,
        publication=publication,
        runs=desk.settings.publicaties,
        key=desk.database.key,
        shielded=shielded,
        withheld=publication.gestopt and _works(unit),
    )
    return Gathered(
        identificatie=identificatie,
        adres=found.adres if found else None,
        gemaakt=unit.now,
        shielded=shielded,
        stopped=publication.gestopt,
        withheld=subject.withheld,
        delen=tuple(contribute(subject) for contribute in CONTRIBUTORS),
    )


def _works(unit: Unit) -> bool:
    """Whether who asks works addresses too: a stop takes the model's word from them, here as anywhere."""
    return unit.person is None or any(may(unit.person, permission) for permission in WORK)
