"""Signals into the same work list: each once, each with its clock, and none in front of what was drawn.

LAA signals and terugmeldingen are a legal ground of their own (Wet BRP art. 2.34, 2.37a): an address with one must be
looked at within four weeks, so the list shows the signal and its day. It shows signals at every address that has any,
whatever brought it on the list: of the drawn streams they tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from features.columns import Doel
from service.candidates import candidates
from service.cases.opening import runs
from service.db.database import Unit
from service.desk import Desk
from service.faults import Conflict
from service.logs.entry import Entry
from service.publication import Publication
from service.web.teksten import text
from service.workdays import weeks_after
from service.worklist import lot
from service.worklist.assign import assign
from service.worklist.codes import Aanleiding, Stand, doel_of_signal
from service.worklist.signal_file import Rejected, SignalFile, SignalRow
from service.worklist.signal_judging import Judged, judge
from service.worklist.tables import signalen, werkitems


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """What became of a file: gelezen = nieuw + bekend + afgekeurd. per_bron: of the new ones."""

    gelezen: int
    nieuw: int
    bekend: int
    per_bron: tuple[tuple[str, int], ...]
    afgekeurd: tuple[Rejected, ...]


def take_in(unit: Unit, desk: Desk, file: SignalFile, gemeenten: Iterable[str]) -> TakenIn:
    """Store what is new and lies in `gemeenten`, and put it on the list. Raises Conflict when somebody takes in the
    same signals, or draws the same address, at this moment.
    """
    publication = desk.publications.current()
    judged = judge(unit.connection, publication, file, gemeenten)
    bands = _Bands(publication)
    try:
        for row in judged.nieuw:
            _store(unit, desk, row, judged.gemeente[row.identificatie], bands)
    except IntegrityError:
        raise Conflict(text("werkvoorraad_fout.signalen_tegelijk")) from None
    _log(unit, judged)
    return TakenIn(
        gelezen=judged.gelezen,
        nieuw=len(judged.nieuw),
        bekend=len(judged.bekend),
        per_bron=tuple((one.bron, one.nieuw) for one in judged.per_bron if one.nieuw),
        afgekeurd=judged.afgekeurd,
    )


class _Bands:
    """The band of an address in the current publication, one list read per target and gemeente; "" when unknown."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.found: dict[tuple[Doel, str], dict[str, str]] = {}

    def of(self, doel: Doel, gemeente: str, identificatie: str) -> str:
        if self.publication.gestopt:
            return ""
        if (doel, gemeente) not in self.found:
            listed = candidates(self.publication, doel, gemeente)
            bands = zip(listed.identificaties.tolist(), listed.band.tolist(), strict=True)
            self.found[doel, gemeente] = {one: str(band) for one, band in bands}
        return self.found[doel, gemeente].get(identificatie, "")


def _store(unit: Unit, desk: Desk, row: SignalRow, gemeente: str, bands: _Bands) -> None:
    item = None if row.afgehandeld else _item_for(unit, desk, row, gemeente, bands)
    unit.connection.execute(
        insert(signalen),
        {
            "signaal_id": row.signaal_id,
            "bron": row.bron,
            "soort": row.soort,
            "adresseerbaarobject_identificatie": row.identificatie,
            "gemeente": gemeente,
            "ontvangen": row.ontvangen,
            "afgehandeld": row.afgehandeld,
            "item_id": item,
            "ingenomen": unit.now,
            "door": unit.person.id if unit.person else "",
        },
    )


def _item_for(unit: Unit, desk: Desk, row: SignalRow, gemeente: str, bands: _Bands) -> str | None:
    """Where the signal is judged: with the address if that waits already; None when an investigation runs."""
    doel = doel_of_signal(row.soort)
    settings = desk.settings
    until = weeks_after(row.ontvangen, settings.werkvoorraad.signaal_weken, settings.onderzoek.gelijkgesteld)
    waiting = unit.connection.execute(
        select(werkitems.c.id, werkitems.c.uiterlijk).where(
            werkitems.c.adresseerbaarobject_identificatie == row.identificatie,
            werkitems.c.doel == doel,
            werkitems.c.stand == Stand.OPEN,
        )
    ).first()
    if waiting is not None:
        if until < waiting.uiterlijk:
            unit.connection.execute(update(werkitems).where(werkitems.c.id == waiting.id).values(uiterlijk=until))
        return str(waiting.id)
    if runs(unit.connection, row.identificatie, doel):
        return None
    id = lot.keyed(lot.seed(desk.settings.sleutel, "signaal"), "item", row.signaal_id)
    unit.connection.execute(
        insert(werkitems),
        {
            "id": id,
            "ronde_id": None,
            "adresseerbaarobject_identificatie": row.identificatie,
            "gemeente": gemeente,
            "doel": doel.value,
            "run_id": bands.publication.manifest.run_id,
            "begonnen": unit.now,
            "uiterlijk": until,
            "behandelaar": "",
            "stand": Stand.OPEN,
            "versie": 0,
            "oordeel": "",
            "onderzoek_id": "",
            "aanleiding": Aanleiding.MELDING if row.bron == "melding" else Aanleiding.SIGNAAL,
            "selectiekans": None,
            "rondekans": None,
            "band": bands.of(doel, gemeente, row.identificatie),
        },
    )
    assign(unit, gemeente, [id])
    return id


def _log(unit: Unit, judged: Judged) -> None:
    unit.log(
        Entry(
            handeling="signalen.innemen",
            object_soort="signalen",
            adressen=tuple(sorted({row.identificatie for row in judged.nieuw})),
            onbegrensd=True,  # nothing is read: the addresses come from who sends them
            bijzonderheden=(
                ("nieuw", str(len(judged.nieuw))),
                ("bekend", str(len(judged.bekend))),
                ("afgekeurd", str(len(judged.afgekeurd))),
            ),
        )
    )
