"""Which score was served: from a row of the audit log, through the publication it names, to what that said."""

from __future__ import annotations

from dataclasses import dataclass

from features.columns import Doel
from service.dossier import dossier
from service.faults import NothingPublished, PublicationGone
from service.logs.read import Regel
from service.records import Address, Standing
from service.store import Publications

RUN_NAMES = ("run", "publicatie")  # how the entries call it in `bijzonderheden`


@dataclass(frozen=True, kw_only=True)
class Served:
    """run, doel: as logged, "" and None without one. stand: None when the publication is gone or stopped."""

    regel: Regel
    run: str
    doel: Doel | None
    stand: Standing | None


def address(publications: Publications, id: str) -> Address | None:
    """The address of an opaque id, None when the current publication has none."""
    try:
        found = dossier(publications.current(), id)
    except NothingPublished:
        return None
    return found.adres if found else None


def served(publications: Publications, id: str, regels: tuple[Regel, ...]) -> tuple[Served, ...]:
    """Each of `regels` with what was said of the address `id`. Every run is opened once."""
    standings: dict[str, dict[Doel, Standing]] = {}
    told: list[Served] = []
    for row in regels:
        run = next((row.about(name) for name in RUN_NAMES if row.about(name)), "")
        if run and run not in standings:
            standings[run] = _standings(publications, run, id)
        doelen: list[Doel | None] = [Doel(name) for name in row.about("doel").split(",") if name in set(Doel)]
        for doel in doelen or [None]:
            stand = standings.get(run, {}).get(doel) if doel else None
            told.append(Served(regel=row, run=run, doel=doel, stand=stand))
    return tuple(told)


def _standings(publications: Publications, run: str, id: str) -> dict[Doel, Standing]:
    try:
        found = dossier(publications.run(run), id)
    except PublicationGone:
        return {}
    return {stand.doel: stand for stand in found.standen} if found else {}
