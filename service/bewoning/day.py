"""All doors of a round against the BRP of today, at the same time and within a bounded time.

Nothing here changes a plan: what cannot be checked is told as such. A door is asked about once, whatever it is visited
for. Nobody's BSN comes out of this folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from service.bewoning.asking import asked
from service.bewoning.check import judged
from service.bewoning.koppeling import Koppeling
from service.bewoning.records import Deur, Oordeel, Uitspraak
from service.rounds.records import Ronde, Stop


@dataclass(frozen=True, kw_only=True)
class Controle:
    """The check of one round on one day; the doors in the order of its stops."""

    peildatum: date
    uitspraken: tuple[Uitspraak, ...]

    @property
    def niet_gecontroleerd(self) -> tuple[Uitspraak, ...]:
        """The doors that could not be checked, with why."""
        return tuple(one for one in self.uitspraken if one.oordeel is Oordeel.NIET_GECONTROLEERD)

    def of(self, stop: Stop) -> tuple[Uitspraak, ...]:
        """The judgements of one stop, in the order of its addresses."""
        found = {(one.deur.identificatie, one.deur.doel): one for one in self.uitspraken}
        return tuple(found[adres.identificatie, adres.doel] for adres in stop.adressen)

    def vervallen(self, stop: Stop) -> str:
        """Why the stop is off, for `Stop.vervallen`: "" unless every door of it is solved."""
        doors = self.of(stop)
        if not doors or any(one.oordeel is not Oordeel.OPGELOST for one in doors):
            return ""
        return " ".join(dict.fromkeys(one.reden for one in doors))


def check_round(
    ronde: Ronde, koppeling: Koppeling, peildatum: date, ingeschreven: Mapping[str, int | None] | None = None
) -> Controle:
    """The doors of `ronde` judged against the BRP on `peildatum` (today). Takes at most `koppeling.tijd`; never raises.

    ingeschreven: per identificatie the people registered when it was planned (`Address.ingeschrevenen`); what is not
    in it is unknown, and then a spookbewoning is never called solved.
    """
    return check_doors(doors(ronde, ingeschreven or {}), koppeling, peildatum)


def doors(ronde: Ronde, ingeschreven: Mapping[str, int | None]) -> tuple[Deur, ...]:
    """The doors of a round, each target once."""
    found = {
        (adres.identificatie, adres.doel): Deur(
            identificatie=adres.identificatie, doel=adres.doel, ingeschreven=ingeschreven.get(adres.identificatie)
        )
        for stop in ronde.stops
        for adres in stop.adressen
    }
    return tuple(found.values())


def check_doors(found: Iterable[Deur], koppeling: Koppeling, peildatum: date) -> Controle:
    """As `check_round`, of any doors."""
    these = tuple(found)
    answers = asked(tuple(dict.fromkeys(door.identificatie for door in these)), koppeling, peildatum)
    return Controle(peildatum=peildatum, uitspraken=tuple(judged(door, answers[door.identificatie]) for door in these))
