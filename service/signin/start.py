"""What the sign-in does when the service starts: demo accounts stored in demo mode, thrown out of any other mode."""

from __future__ import annotations

from sqlalchemy import select

from service.db.database import Database
from service.faults import NothingPublished
from service.logs.entry import Entry, Trace
from service.settings import Settings
from service.signin import demo, sessions
from service.signin.tables import personen
from service.store import Publications


def at_start(settings: Settings, database: Database, publications: Publications) -> None:
    """Store the demo accounts, so that work can be given to them; outside demo mode end every session of one."""
    if settings.demo:
        try:
            gemeenten = frozenset(publications.current().gemeenten)
        except NothingPublished:
            return  # there is nothing to work on yet; who signs in later is stored then
        with database.unit(None, Trace()) as unit:
            demo.enrol(unit.connection, gemeenten)
            unit.log(Entry(handeling="personen.demo", object_soort="persoon"))
        return
    with database.looking() as read:
        left = read.execute(select(personen.c.id).where(personen.c.demo, personen.c.actief).limit(1)).first()
    if left is not None:
        with database.unit(None, Trace()) as unit:
            number = sessions.end_demo(unit.connection)
            unit.log(
                Entry(handeling="personen.demo", object_soort="persoon", bijzonderheden=(("uitgezet", str(number)),))
            )
