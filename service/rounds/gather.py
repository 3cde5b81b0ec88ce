"""Who could be visited: investigations in the step huisbezoek, and on request addresses of the ranking.

A dwelling is visited after research at the desk and a letter (the working method of the LAA), so a house visit needs an
investigation that came that far. An address of the ranking without one may only be looked at from the public road
(gevelschouw); it is left out while the desk still judges it, and when it was looked at lately.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isnan
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from features.columns import Doel
from service.candidates import Candidates, candidates
from service.cases.clocks import local_day
from service.cases.codes import Toestand
from service.cases.tables import bezoeken, onderzoeken
from service.cases.visits import Getroffen
from service.dossier import address_of
from service.planning.doors import TWO, Candidate
from service.publication import Publication
from service.records import Address
from service.rounds.area import inside, within
from service.rounds.asked import Asked
from service.rounds.doors import attempts
from service.rounds.tables import plannen, ronde_stops, ronden, stop_adressen
from service.worklist.codes import Aanleiding
from service.worklist.free import taken
from service.worklist.policy import Werkvoorraad

MOST = 2_000  # addresses of the ranking in one plan, the likeliest; the lot draws from all of them


class Out(StrEnum):
    """Why an address cannot be in this plan, besides the solver's own reasons."""

    BUITEN_GEBIED = "buiten_gebied"
    AL_GEPLAND = "al_gepland"
    AL_BEZOCHT = "al_bezocht"
    GEEN_LIGGING = "geen_ligging"
    GEWEERD = "geweerd"


@dataclass(frozen=True, kw_only=True)
class Found:
    """One candidate. uitgesloten: why it cannot be chosen, "" = it can. ingeschreven: people; None = unknown."""

    deur: Candidate
    uitgesloten: str = ""
    ingeschreven: int | None = None


def gather(
    connection: Connection, publication: Publication, asked: Asked, now: datetime, policy: Werkvoorraad
) -> tuple[Found, ...]:
    """Everybody, investigations first. An address that is asked about for both targets is in it twice."""
    listed = {doel: candidates(publication, doel, asked.gemeente) for doel in Doel}
    found = tuple(_investigated(connection, publication, asked, now, listed))
    if not asked.gevelschouw:
        return found
    return (*found, *_ranked(connection, publication, asked, now, listed, policy))


def planned(connection: Connection, gemeente: str, now: datetime, without: str = "") -> frozenset[tuple[str, str]]:
    """The (identificatie, doel) that stand in a round of today or later of a fixed plan, and are still on."""
    rows = connection.execute(
        select(stop_adressen.c.adresseerbaarobject_identificatie, stop_adressen.c.doel)
        .join(ronde_stops, ronde_stops.c.id == stop_adressen.c.stop_id)
        .join(ronden, ronden.c.id == ronde_stops.c.ronde_id)
        .join(plannen, plannen.c.id == ronden.c.plan_id)
        .where(
            plannen.c.gemeente == gemeente,
            plannen.c.toestand == "vastgesteld",
            plannen.c.id != without,
            ronden.c.dag >= local_day(now),
            stop_adressen.c.vervallen == "",
        )
    )
    return frozenset((row[0], row[1]) for row in rows)


def _investigated(
    connection: Connection, publication: Publication, asked: Asked, now: datetime, listed: dict[Doel, Candidates]
) -> Iterator[Found]:
    rows = connection.execute(
        select(onderzoeken)
        .where(
            onderzoeken.c.gemeente == asked.gemeente,
            onderzoeken.c.toestand == Toestand.HUISBEZOEK.value,
            onderzoeken.c.wacht_op == "",
            onderzoeken.c.alleen_bureau.is_(False),
        )
        .order_by(onderzoeken.c.adresseerbaarobject_identificatie, onderzoeken.c.doel)
    ).all()
    tried, met = attempts(connection, [row.id for row in rows]), _met(connection)
    there = planned(connection, asked.gemeente, now)
    places = {doel: _Places(found) for doel, found in listed.items()}
    for row in rows:
        doel, name = Doel(row.doel), row.adresseerbaarobject_identificatie
        address = address_of(publication, name)
        out = _out(asked, address)
        if row.id in met:
            out = Out.AL_BEZOCHT
        elif (name, row.doel) in there:
            out = Out.AL_GEPLAND
        kans, band, rang = places[doel].of(name)
        yield Found(
            deur=_candidate(
                asked,
                address,
                name,
                doel,
                kans=kans,
                band=band or row.band,
                rang=rang,
                stroom=Aanleiding(row.aanleiding),
                selectiekans=row.selectiekans,
                pogingen=tried.get(row.id, ()),
                onderzoek_id=row.id,
                nodig=frozenset({TWO}) if asked.met_twee else frozenset(),
            ),
            uitgesloten=out,
            ingeschreven=address.ingeschrevenen if address else None,
        )


def _ranked(
    connection: Connection,
    publication: Publication,
    asked: Asked,
    now: datetime,
    listed: dict[Doel, Candidates],
    policy: Werkvoorraad,
) -> Iterator[Found]:
    """The likeliest addresses that nobody is looking at, in the area, for each target."""
    there = planned(connection, asked.gemeente, now)
    for doel, found in listed.items():
        gone = taken(connection, asked.gemeente, doel, now, policy) | {name for name, what in there if what == doel}
        here = np.isin(found.identificaties, within(publication, doel, asked.gemeente, asked.gebied))
        free = here & ~np.isin(found.identificaties, sorted(gone)) if gone else here
        for place in np.flatnonzero(free)[: MOST // len(listed)].tolist():
            name = str(found.identificaties[place])
            address = address_of(publication, name)
            if address is None:
                continue
            yield Found(
                deur=_candidate(
                    asked,
                    address,
                    name,
                    doel,
                    kans=float(found.kans[place]),
                    band=str(found.band[place]),
                    rang=int(found.rang[place]),
                ),
                ingeschreven=address.ingeschrevenen,
            )


def _candidate(asked: Asked, address: Address | None, name: str, doel: Doel, **about: Any) -> Candidate:
    postcode, number = (address.postcode, house_number(address.adres)) if address else ("", 0)
    return Candidate(
        identificatie=name,
        gemeente=asked.gemeente,
        doel=doel,
        x=address.x if address and address.x is not None else float("nan"),
        y=address.y if address and address.y is not None else float("nan"),
        postcode=postcode if number else "",
        huisnummer=number,
        buitengebied=bool(address and address.buitengebied),
        **about,
    )


def house_number(adres: str) -> int:
    """Of an address in words, 0 when there is none: the last word that begins with a digit, without its letters.

    >>> house_number("Laan 1940-1945 12a"), house_number("Zandweg 8 bis"), house_number("Veenhof")
    (12, 8, 0)
    """
    for word in reversed(adres.split()[1:]):
        digits = ""
        for sign in word:
            if not sign.isdigit():
                break
            digits += sign
        if digits:
            return int(digits)
    return 0


def _out(asked: Asked, address: Address | None) -> str:
    if address is None or address.x is None or address.y is None:
        return Out.GEEN_LIGGING
    here = inside(
        asked.gebied,
        np.array([address.x]),
        np.array([address.y]),
        np.array([bool(address.buitengebied)]),
        np.array([address.woonplaats]),
    )
    return "" if here[0] else Out.BUITEN_GEBIED


def _met(connection: Connection) -> frozenset[str]:
    """Investigations in which somebody was met: what follows is the handler's, not another visit."""
    rows = connection.execute(
        select(bezoeken.c.onderzoek_id)
        .join(onderzoeken, onderzoeken.c.id == bezoeken.c.onderzoek_id)
        .where(onderzoeken.c.toestand == Toestand.HUISBEZOEK.value, bezoeken.c.getroffen != Getroffen.NIEMAND.value)
    )
    return frozenset(rows.scalars())


class _Places:
    """Where single addresses stand in a ranking."""

    def __init__(self, found: Candidates) -> None:
        self._found, self._order = found, np.argsort(found.identificaties, kind="stable")
        self._sorted = found.identificaties[self._order]

    def of(self, identificatie: str) -> tuple[float, str, int]:
        """kans, band and rang; NaN, "" and 0 when it is not ranked."""
        at = int(np.searchsorted(self._sorted, identificatie))
        if at == len(self._sorted) or self._sorted[at] != identificatie:
            return float("nan"), "", 0
        place = int(self._order[at])
        kans = float(self._found.kans[place])
        return kans if not isnan(kans) else float("nan"), str(self._found.band[place]), int(self._found.rang[place])
