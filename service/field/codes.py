"""The words of the field page, as constants."""

from __future__ import annotations

from enum import StrEnum

from features.sources.onderzoeken import UITKOMSTEN
from service.cases.codes import WITHDRAWN


class Uitslag(StrEnum):
    """What became of a visit that was sent."""

    VERWERKT = "verwerkt"  # a step of its investigation
    BOTST = "botst"  # the investigation moved on meanwhile: kept whole, until a person decides
    TOEGEVOEGD = "toegevoegd"  # decided: a further step after all
    NOTITIE = "notitie"  # decided: kept as it is, and no step


class Botsing(StrEnum):
    """Why a visit could not become a step by itself."""

    KLAAR = "klaar"  # the investigation ended
    BESLUIT = "besluit"  # something lies with the second person
    ANDER_BEZOEK = "ander_bezoek"  # somebody else visited meanwhile
    VERDER = "verder"  # other steps were taken meanwhile
    ANDERE_STAP = "andere_stap"  # it is not (any more) up to a visit
    NIET_VAN_U = "niet_van_u"  # whoever visited has no part in it any more


class Waarneming(StrEnum):
    """What can be seen of a dwelling from outside. Nothing on who lives there."""

    BRIEVENBUS_VOL = "brievenbus_vol"
    NAAMBORD = "naambord"
    LICHT_OF_GELUID = "licht_of_geluid"
    VOERTUIG = "voertuig"
    TUIN_BIJGEHOUDEN = "tuin_bijgehouden"
    VERWAARLOOSD = "verwaarloosd"
    LEEG = "leeg"
    BEDRIJF_OF_OPSLAG = "bedrijf_of_opslag"
    VERBOUWING = "verbouwing"


PROPOSALS = tuple(outcome for outcome in UITKOMSTEN if outcome != WITHDRAWN)
NOBODY = frozenset({"niemand_aangetroffen", "niemand_aangetroffen_sporen"})  # only where nobody was met
