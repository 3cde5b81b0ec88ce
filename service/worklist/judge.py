"""Give a judgement: the first before the model's answer, later ones after it, each a row of its own.

Who judges in_onderzoek opens the investigation in the same transaction. Sent twice, it is done once; from a page that
is not up to date, it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from fastapi import HTTPException
from sqlalchemy import Row, insert, select, update

from features.columns import Doel
from service.cases.clocks import local_day
from service.cases.contract import NewCase
from service.cases.opening import open_case, runs
from service.db.database import Unit
from service.faults import Conflict, InputFault
from service.logs.entry import Entry
from service.manifest import TargetModel
from service.people import Person
from service.web.teksten import text
from service.worklist import assign, items, lot
from service.worklist.codes import Oordeel, Stand
from service.worklist.items import Item
from service.worklist.policy import Werkvoorraad
from service.worklist.tables import oordelen, rondes, signalen, werkitems

MOST = 4_000  # characters of a motivation


@dataclass(frozen=True, kw_only=True)
class Given:
    """A judgement as it comes in. versie: the number of judgements on the page from which it was given.

    getoond: the digest that stood on that page; "" = not said.
    """

    oordeel: Oordeel
    motivering: str
    versie: int
    getoond: str = ""


@dataclass(frozen=True, kw_only=True)
class Served:
    """What this person is shown of the item now. digest: SHA-256 of it; model None: there is nothing to show."""

    digest: str
    run: str
    model: TargetModel | None


NOTHING = Served(digest="", run="", model=None)


def judge(unit: Unit, policy: Werkvoorraad, id: str, given: Given, served: Served) -> None:
    """Write it down. Raises HTTPException 404 when there is no such item for this person, InputFault on a motivation
    that is too short, Conflict when another was first, the item was passed on, or something else is shown by now.
    """
    person = _somebody(unit)
    item = items.one(unit.connection, person, id)
    if item is None:
        _not_theirs(unit, person, id)
    motivation = " ".join(given.motivering.split())
    if not policy.motivering_minimaal <= len(motivation) <= MOST:
        raise InputFault("motivering", text("werkvoorraad_fout.motivering", aantal=policy.motivering_minimaal))
    if _again(unit, item, given, motivation):
        return
    if given.versie != item.versie:
        raise Conflict(text("werkvoorraad_fout.al_beoordeeld"))
    if given.getoond not in ("", served.digest):
        raise Conflict(text("werkvoorraad_fout.veranderd"))
    _write(unit, item, given.oordeel, motivation, served)
    _follow_up(unit, policy, item, given.oordeel)
    unit.log(_entry(item, item.versie + 1, served.run))


def pass_on(unit: Unit, id: str) -> None:
    """Give an item that is not judged to a colleague, by lot and without a question. Raises as `judge` does."""
    person = _somebody(unit)
    item = items.one(unit.connection, person, id)
    if item is None:
        if not items.had(unit.connection, person, id):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        unit.log(Entry(handeling="werkvoorraad.doorgeven", object_soort="werkitem", object_id=id))
        return  # sent twice: it is done
    if not item.open:
        raise Conflict(text("werkvoorraad_fout.al_beoordeeld"))
    assign.end(unit.connection, id, unit.now, passed_on=True)
    assign.assign(unit, item.gemeente, [id])
    unit.log(
        Entry(
            handeling="werkvoorraad.doorgeven",
            object_soort="werkitem",
            object_id=id,
            adressen=(item.identificatie,),
            bijzonderheden=(("doel", item.doel),),
        )
    )


def _not_theirs(unit: Unit, person: Person, id: str) -> NoReturn:
    if items.had(unit.connection, person, id):
        raise Conflict(text("werkvoorraad_fout.doorgegeven"))
    raise HTTPException(HTTPStatus.NOT_FOUND)


def _again(unit: Unit, item: Item, given: Given, motivation: str) -> bool:
    """The very judgement that is there already, sent a second time: nothing is to be done, and nothing is wrong."""
    row = unit.connection.execute(
        select(oordelen).where(oordelen.c.item_id == item.id, oordelen.c.nr == given.versie + 1)
    ).first()
    if row is None or (row.persoon, row.oordeel, row.motivering) != (_somebody(unit).id, given.oordeel, motivation):
        return False
    unit.log(_entry(item, row.nr, row.run_id))
    return True


def _write(unit: Unit, item: Item, oordeel: Oordeel, motivation: str, served: Served) -> None:
    person = _somebody(unit)
    won = unit.connection.execute(
        update(werkitems)
        .where(werkitems.c.id == item.id, werkitems.c.versie == item.versie, werkitems.c.behandelaar == person.id)
        .values(versie=item.versie + 1, stand=Stand.BEOORDEELD, oordeel=oordeel)
    ).rowcount
    if not won:
        raise Conflict(text("werkvoorraad_fout.al_beoordeeld"))
    unit.connection.execute(
        insert(oordelen),
        {
            "item_id": item.id,
            "nr": item.versie + 1,
            "persoon": person.id,
            "tijd": unit.now,
            "oordeel": oordeel,
            "motivering": motivation,
            "run_id": served.run,
            "model": served.model.model[:100] if served.model else "",
            "modelversie": served.model.versie[:50] if served.model else "",
            "getoond": served.digest,
        },
    )


def _follow_up(unit: Unit, policy: Werkvoorraad, item: Item, oordeel: Oordeel) -> None:
    if oordeel is Oordeel.NIET_NODIG:
        unit.connection.execute(
            update(signalen)
            .where(signalen.c.item_id == item.id, signalen.c.afgehandeld.is_(None))
            .values(afgehandeld=local_day(unit.now))
        )
    if oordeel is not Oordeel.IN_ONDERZOEK or item.onderzoek_id:
        return
    if runs(unit.connection, item.identificatie, item.doel):
        return  # somebody else had it opened since: the judgement stands, and one investigation is enough
    row = unit.connection.execute(
        select(werkitems, rondes.c.zaad)
        .select_from(werkitems.outerjoin(rondes, rondes.c.id == werkitems.c.ronde_id))
        .where(werkitems.c.id == item.id)
    ).one()
    case = open_case(unit, _case(row, policy))
    unit.connection.execute(update(werkitems).where(werkitems.c.id == item.id).values(onderzoek_id=case))


def _case(row: Row[Any], policy: Werkvoorraad) -> NewCase:
    drawn = row.ronde_id is not None
    return NewCase(
        identificatie=row.adresseerbaarobject_identificatie,
        gemeente=row.gemeente,
        doel=Doel(row.doel),
        aanleiding=row.aanleiding,
        selectiekans=row.selectiekans,
        bron="werkvoorraad" if drawn else "signaal",
        alleen_bureau=drawn and _desk_only(row.zaad, row.adresseerbaarobject_identificatie, policy),
        band=row.band,
    )


def _desk_only(seed: str, identificatie: str, policy: Werkvoorraad) -> bool:
    """By the lot of the round, and by nothing else: not the stream and not the band. A share of the others beside the
    random stream would not do: a case that may be visited would then tell that its address was not drawn by chance.
    """
    number = int(lot.keyed(seed, "bureau", identificatie), 16) / 16**lot.LENGTH
    return number < policy.aandeel_alleen_bureau


def _entry(item: Item, nr: int, run: str) -> Entry:
    """The judgement itself and its motivation stay out of the logs."""
    return Entry(
        handeling="oordelen",
        object_soort="werkitem",
        object_id=item.id,
        adressen=(item.identificatie,),
        bijzonderheden=(("doel", item.doel), ("nr", str(nr)), ("run", run)),
    )


def _somebody(unit: Unit) -> Person:
    if unit.person is None:
        raise ValueError("a judgement without a person")
    return unit.person
