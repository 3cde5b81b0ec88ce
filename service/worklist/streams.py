"""The draw: which of the free addresses are in the round, through which stream, and with what chance.

The three streams differ in one thing alone: how they spread over the bands.
* risico fills the bands from the top; in the band where it runs out the lot decides.
* verkenning goes, one by one, to the band in which fewest addresses were looked at lately (the thinnest evidence), of
  the bands that risico does not reach (of all bands, where it reaches the last).
* steekproef is n of all N free addresses, whatever their band.
Within a band everything is by lot. So of two addresses in the same band nothing that can be seen of them, or worked out
from what is seen, tells which stream drew them: the blindness of the desk is a property of the draw, and has not to be
guarded address by address. What it costs: in the one band where risico runs out, its order by score is not used.

Chances, exact. Of N free addresses n are drawn by chance; of the N_h in band h the two other streams draw m_h:
    through chance        n / N                 (each free address alike: what unbiased figures weigh by)
    into the round        1 - (1 - m_h / N_h) (1 - n / N)
The draws are independent, so an address can be drawn twice: then it is in the round once, as steekproef, and the round
is one short. That keeps both chances exact, and is rare: n times m of N addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.scores import BANDS
from service.worklist.codes import Aanleiding
from service.worklist.lot import Lots
from service.worklist.shares import Shares

Texts = NDArray[np.str_]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One address in the round. band: "" while the model is stopped.

    rondekans: the chance to be in the round at all. selectiekans (FORMATS 6): of a steekproef n/N, else rondekans.
    """

    identificatie: str
    band: str
    aanleiding: Aanleiding
    selectiekans: float
    rondekans: float


def draw(
    identificaties: Texts, bands: Texts, numbers: Shares, seen: Mapping[str, int], lots: Lots
) -> tuple[Drawn, ...]:
    """The round, in no order that means anything (by identificatie).

    identificaties, bands: n free addresses; a band of "" takes part in the random stream alone. seen: per band, how
    many were looked at lately. lots: the draw's own numbers of each of the n addresses.
    """
    total = len(identificaties)
    by_chance = min(numbers.steekproef, total)
    free = {band: int((bands == band).sum()) for band in BANDS}
    risk, exploring = spread(free, numbers.risico, numbers.verkenning, seen)
    chance = by_chance / total if total else 0.0
    found: dict[int, Drawn] = {}
    for band in BANDS:
        rows = np.flatnonzero(bands == band)
        rows = rows[np.argsort(lots.model[rows], kind="stable")][: risk[band] + exploring[band]]
        into = 1 - (1 - len(rows) / max(free[band], 1)) * (1 - chance)
        for place, row in enumerate(rows):
            why = Aanleiding.RISICO if place < risk[band] else Aanleiding.VERKENNING
            found[int(row)] = _drawn(identificaties[row], band, why, into, into)
    for row in np.argsort(lots.chance, kind="stable")[:by_chance]:
        band = str(bands[row])
        model = (risk[band] + exploring[band]) / free[band] if free.get(band) else 0.0
        into = 1 - (1 - model) * (1 - chance)
        found[int(row)] = _drawn(identificaties[row], band, Aanleiding.STEEKPROEF, chance, into)
    return tuple(sorted(found.values(), key=lambda one: one.identificatie))


def spread(
    free: Mapping[str, int], risk: int, exploring: int, seen: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Per band: how many by risk, and how many to explore."""
    by_risk = dict.fromkeys(BANDS, 0)
    for band in BANDS:
        by_risk[band] = min(free[band], risk)
        risk -= by_risk[band]
    to_explore = dict.fromkeys(BANDS, 0)
    for _ in range(exploring):
        left = [band for band in BANDS if by_risk[band] + to_explore[band] < free[band]]
        if not left:
            break
        open_bands = [band for band in left if not by_risk[band]] or left
        thinnest = min(open_bands, key=lambda band: (seen.get(band, 0) + to_explore[band], BANDS.index(band)))
        to_explore[thinnest] += 1
    return by_risk, to_explore


def _drawn(identificatie: str, band: str, why: Aanleiding, chance: float, into: float) -> Drawn:
    return Drawn(identificatie=str(identificatie), band=band, aanleiding=why, selectiekans=chance, rondekans=into)
