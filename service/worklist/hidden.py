"""Of which addresses somebody who judges may not see what the model says: what waits for a judgement in their
gemeenten, and what they are investigating without having judged it themselves.

What waits: not only their own. An address may be passed on to them tomorrow, and colleagues talk. It stays out of the
lists until its whole round is judged, so that nobody can count down what is left; looked up by itself it is there as
soon as it is judged. What they investigate: until the case is over, whatever brought it, so that a second look at a
closed case (service/cases/again.py) is blind and is no different from a first.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from service.cases.codes import Deel
from service.cases.tables import delen, onderzoeken
from service.db.database import Database
from service.people import Person
from service.permissions import Permission, may
from service.worklist.codes import Stand
from service.worklist.tables import oordelen, werkitems

_ADDRESS = "adresseerbaarobject_identificatie"
_INVESTIGATED = f"""
    select o.{_ADDRESS} from {delen.name} d join {onderzoeken.name} o on o.id = d.onderzoek_id
    where d.persoon = ? and d.tot is null and d.deel in (?, ?) and o.afgerond is null and not exists (
        select 1 from {oordelen.name} j join {werkitems.name} w on w.id = j.item_id
        where w.{_ADDRESS} = o.{_ADDRESS} and w.doel = o.doel and j.persoon = ?)
"""


def hidden(connection: Connection, person: Person) -> frozenset[str]:
    """The identificaties that wait, for `person`; nothing for who does not judge."""
    if not may(person, Permission.OORDELEN) or not person.gemeenten:
        return frozenset()
    rows = connection.execute(
        select(werkitems.c.adresseerbaarobject_identificatie).where(
            werkitems.c.gemeente.in_(person.gemeenten), werkitems.c.stand == Stand.OPEN
        )
    )
    return frozenset(rows.scalars())


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Identificaties. wacht: for a judgement; ronde: judged, of a round that is not done; onderzocht: by the person."""

    wacht: frozenset[str] = frozenset()
    ronde: frozenset[str] = frozenset()
    onderzocht: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """What is in no list of theirs."""
        return self.wacht | self.ronde | self.onderzocht


NOTHING = Hidden()


def hidden_now(database: Database, person: Person) -> Hidden:
    """As it stands, outside a transaction: for the lists, which are asked for by the thousand."""
    wacht, ronde = _of_rounds(database, person)
    onderzocht = _investigated(database, person)
    return Hidden(wacht=wacht, ronde=ronde, onderzocht=onderzocht) if wacht or onderzocht else NOTHING


def _of_rounds(database: Database, person: Person) -> tuple[frozenset[str], frozenset[str]]:
    if not may(person, Permission.OORDELEN) or not person.gemeenten:
        return frozenset(), frozenset()
    here = f"gemeente in ({', '.join('?' * len(person.gemeenten))})"
    rows = database.glance(
        f"select {_ADDRESS}, stand from {werkitems.name} where {here} and (stand = ? or ronde_id in "
        f"(select ronde_id from {werkitems.name} where {here} and stand = ?))",
        (*person.gemeenten, Stand.OPEN.value, *person.gemeenten, Stand.OPEN.value),
    )
    waits = frozenset([row[0] for row in rows if row[1] == Stand.OPEN])
    return waits, frozenset([row[0] for row in rows]) - waits


def _investigated(database: Database, person: Person) -> frozenset[str]:
    """What `person` handles or visits in a running case, and did not judge for its target."""
    if not may(person, Permission.BEZOEKEN):
        return frozenset()
    asked = (person.id, Deel.BEHANDELAAR.value, Deel.BEZOEKER.value, person.id)
    return frozenset([row[0] for row in database.glance(_INVESTIGATED, asked)])
