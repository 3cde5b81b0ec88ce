"""The words of the werkvoorraad, as constants."""

from __future__ import annotations

from enum import StrEnum

from features.columns import Doel
from models.scores import EVIDENCE_BANDS


class Aanleiding(StrEnum):
    """Why an address is on the list (FORMATS 6). Stored; never in an answer to who judges."""

    RISICO = "risico"
    VERKENNING = "verkenning"
    STEEKPROEF = "steekproef"
    SIGNAAL = "signaal"
    MELDING = "melding"


DRAWN = frozenset({Aanleiding.RISICO, Aanleiding.VERKENNING, Aanleiding.STEEKPROEF})


class Oordeel(StrEnum):
    """What the desk thinks of an address. The order is that of the keys 1, 2, 3."""

    IN_ONDERZOEK = "in_onderzoek"
    NIET_NODIG = "niet_nodig"
    MEER_INFORMATIE_NODIG = "meer_informatie_nodig"


class Stand(StrEnum):
    """Whether an address waits for its first judgement."""

    OPEN = "open"
    BEOORDEELD = "beoordeeld"


POINTED_AT = frozenset(EVIDENCE_BANDS)  # the bands in which the model says: look here (the first 3% of a gemeente)
# Which question a signal is about. What is not here is about who is registered, as most signals of the LAA are.
DOEL_OF_SIGNAL = {"leegstand": Doel.SPOOKBEWONING, "overlast": Doel.SPOOKBEWONING}


def doel_of_signal(soort: str) -> Doel:
    """The target under which a signal of this kind is judged."""
    return DOEL_OF_SIGNAL.get(soort, Doel.SCHIJNBEWONING)


def agrees(oordeel: str, band: str) -> bool | None:
    """Whether a judgement and a band say the same; None when either leaves it open."""
    if not band or oordeel not in (Oordeel.IN_ONDERZOEK, Oordeel.NIET_NODIG):
        return None
    return (oordeel == Oordeel.IN_ONDERZOEK) == (band in POINTED_AT)
