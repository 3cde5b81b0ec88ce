"""Draw a round: from the current publication, by rule, written down whole before anyone sees any of it.

Who asks for a round chooses the moment and nothing else: how many, which, and for whom follows from the settings, the
list and the lot. A next round waits until the last one is judged or its days are over.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from features.columns import Doel
from service.candidates import candidates
from service.cases.clocks import local_day
from service.db.database import Unit
from service.desk import Desk
from service.faults import Conflict
from service.logs.entry import Entry
from service.publication import Publication
from service.web.teksten import text
from service.worklist import free, lot
from service.worklist.assign import assign
from service.worklist.codes import Stand
from service.worklist.policy import Werkvoorraad
from service.worklist.shares import Rest, Shares, shares
from service.worklist.streams import Drawn, draw
from service.worklist.tables import rondes, werkitems


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round as it may be told to anybody: not how many came through which stream."""

    id: str
    gemeente: str
    doel: Doel
    nummer: int
    getrokken: datetime
    uiterlijk: date
    adressen: int


def draw_round(unit: Unit, desk: Desk, gemeente: str, doel: Doel) -> Round:
    """Draw the next round of `gemeente` and `doel`. Raises Conflict while the last one has days and addresses left."""
    policy = desk.settings.werkvoorraad
    publication = desk.publications.current()
    last = _last(unit.connection, gemeente, doel)
    if last is not None:
        _refuse_early(unit, last, policy)
    number = last.nummer + 1 if last is not None else 1
    seed = lot.seed(desk.settings.sleutel, gemeente, doel, str(number), publication.manifest.run_id)
    parts = _shares(publication, policy, last)
    found, available = _drawn(unit, publication, gemeente, doel, parts, seed, policy)
    row = {
        "id": lot.keyed(seed, "ronde", ""),
        "gemeente": gemeente,
        "doel": doel.value,
        "nummer": number,
        "run_id": publication.manifest.run_id,
        "getrokken": unit.now,
        "door": unit.person.id if unit.person else "",
        "zaad": seed,
        "gestopt": publication.gestopt,
        "vrij": sum(available.values()),
        "capaciteit": policy.capaciteit,
        "rest_verkenning": parts.rest.verkenning,
        "rest_steekproef": parts.rest.steekproef,
        "verdeling": _told(available, found),
    }
    until = local_day(unit.now) + timedelta(days=policy.ronde_dagen)
    try:
        unit.connection.execute(insert(rondes), row)
    except IntegrityError:
        raise Conflict(text("werkvoorraad_fout.ronde_net_getrokken")) from None
    items = [_item(one, row, until) for one in found]
    if items:
        unit.connection.execute(insert(werkitems), items)
        assign(unit, gemeente, [str(item["id"]) for item in items])
    _log(unit, row, found)
    return Round(
        id=str(row["id"]),
        gemeente=gemeente,
        doel=doel,
        nummer=number,
        getrokken=unit.now,
        uiterlijk=until,
        adressen=len(found),
    )


def _last(connection: Connection, gemeente: str, doel: Doel) -> Row[Any] | None:
    query = select(rondes).where(rondes.c.gemeente == gemeente, rondes.c.doel == doel)
    return connection.execute(query.order_by(rondes.c.nummer.desc()).limit(1)).first()


def _refuse_early(unit: Unit, last: Row[Any], policy: Werkvoorraad) -> None:
    waiting = unit.connection.execute(
        select(func.count())
        .select_from(werkitems)
        .where(werkitems.c.ronde_id == last.id, werkitems.c.stand == Stand.OPEN)
    ).scalar_one()
    if waiting and unit.now < last.getrokken + timedelta(days=policy.ronde_dagen):
        raise Conflict(text("werkvoorraad_fout.ronde_loopt", aantal=waiting))


def _shares(publication: Publication, policy: Werkvoorraad, last: Row[Any] | None) -> Shares:
    before = Rest(verkenning=last.rest_verkenning, steekproef=last.rest_steekproef) if last is not None else Rest()
    if publication.gestopt:  # there is no order to follow: all by lot, and nothing is owed for it
        return Shares(risico=0, verkenning=0, steekproef=policy.capaciteit, rest=before)
    return shares(policy, before)


def _drawn(
    unit: Unit, publication: Publication, gemeente: str, doel: Doel, parts: Shares, seed: str, policy: Werkvoorraad
) -> tuple[tuple[Drawn, ...], Counter[str]]:
    """The addresses drawn, and per band how many were free."""
    listed = candidates(publication, doel, gemeente)
    taken = free.taken(unit.connection, gemeente, doel, unit.now, policy)
    # By identificatie, so that the draw does not depend on the order in which a publication lists them.
    order = np.argsort(listed.identificaties, kind="stable")
    identificaties, bands = np.asarray(listed.identificaties)[order], np.asarray(listed.band)[order].astype(str)
    if publication.gestopt:
        bands = np.full(len(identificaties), "")
    kept = ~np.isin(identificaties, sorted(taken)) if taken else np.ones(len(identificaties), dtype=bool)
    identificaties, bands = identificaties[kept], bands[kept]
    seen = free.seen(unit.connection, gemeente, doel, unit.now, policy)
    found = draw(identificaties, bands, parts, seen, lot.lots(seed, identificaties))
    return found, Counter(bands.tolist())


def _item(one: Drawn, ronde: dict[str, Any], until: date) -> dict[str, object]:
    return {
        "id": lot.keyed(ronde["zaad"], "item", one.identificatie),
        "ronde_id": ronde["id"],
        "adresseerbaarobject_identificatie": one.identificatie,
        "gemeente": ronde["gemeente"],
        "doel": ronde["doel"],
        "run_id": ronde["run_id"],
        "begonnen": ronde["getrokken"],
        "uiterlijk": until,
        "behandelaar": "",
        "stand": Stand.OPEN,
        "versie": 0,
        "oordeel": "",
        "onderzoek_id": "",
        "aanleiding": one.aanleiding,
        "selectiekans": one.selectiekans,
        "rondekans": one.rondekans,
        "band": one.band,
    }


def _told(available: Counter[str], found: tuple[Drawn, ...]) -> str:
    by_stream: dict[str, Counter[str]] = {}
    for one in found:
        by_stream.setdefault(one.aanleiding.value, Counter())[one.band] += 1
    return json.dumps({"vrij": available, **by_stream}, sort_keys=True, separators=(",", ":"))


def _log(unit: Unit, ronde: dict[str, Any], found: tuple[Drawn, ...]) -> None:
    """One record per address drawn (being chosen is processing); nobody reads them yet, so no reading limit counts."""
    unit.log(
        Entry(
            handeling="werkvoorraad.trekken",
            object_soort="ronde",
            object_id=ronde["id"],
            adressen=tuple(one.identificatie for one in found),
            onbegrensd=True,
            bijzonderheden=(
                ("doel", ronde["doel"]),
                ("gemeente", ronde["gemeente"]),
                ("nummer", str(ronde["nummer"])),
                ("run", ronde["run_id"]),
            ),
        )
    )
