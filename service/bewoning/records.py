"""What the check of the day says: counts of one address, and a judgement per door. No BSN, no name, no birth date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from features.columns import Doel


@dataclass(frozen=True, kw_only=True)
class Bewoning:
    """What the BRP says of one address on one day.

    bewoners: people registered there; mogelijke: people of whom that is uncertain (a date is not fully known).
    veel: more than 100 in all, and then the API gives no persons, so both counts are 0. geheim: at least one of them
    has geheimhouding. in_onderzoek: of at least one of them the residence is being investigated (08.83).
    """

    identificatie: str
    peildatum: date
    bewoners: int
    mogelijke: int
    veel: bool
    geheim: bool
    in_onderzoek: bool


class Niet(StrEnum):
    """Why an address was not checked. The words for people are in teksten/bewoning.toml."""

    UIT = "uit"  # no [bewoning] in the settings
    INSTELLING = "instelling"  # a key, a certificate or an address of ours is not good
    NUMMER = "nummer"  # the address has no sixteen digits that the API could take
    AANMELDEN = "aanmelden"  # 401, or no token to be had
    VERBODEN = "verboden"  # 403
    TE_VEEL = "te_veel"  # 429
    VRAAG = "vraag"  # 400, 404, 405, 406, 415: the API does not understand us
    STORING = "storing"  # 5xx
    TIJD = "tijd"  # no answer in time
    NETWERK = "netwerk"  # no connection
    ONLEESBAAR = "onleesbaar"  # an answer that is not what the specification says, or is cut off


@dataclass(frozen=True, kw_only=True)
class Gemist:
    """No answer about one address. status: of HTTP, 0 = none. na: seconds after which asking again makes sense, 0 =
    not said. code: the system code of the problem+json (letters only), "" = none.
    """

    waarom: Niet
    status: int = 0
    na: int = 0
    code: str = ""


class Oordeel(StrEnum):
    """What the newest register means for the visit."""

    BLIJFT = "blijft"  # as when it was planned
    ANDERS = "anders"  # something changed, and the visit stays
    OPGELOST = "opgelost"  # the reason for the visit is gone
    NIET_GECONTROLEERD = "niet_gecontroleerd"  # the visit stays


@dataclass(frozen=True, kw_only=True)
class Deur:
    """One door of a round. ingeschreven: people registered when it was planned; None = unknown or shielded."""

    identificatie: str
    doel: Doel
    ingeschreven: int | None = None


@dataclass(frozen=True, kw_only=True)
class Uitspraak:
    """The judgement of one door. reden: Dutch (B1), for the inspector. geheim: treat it as shielded from now on."""

    deur: Deur
    oordeel: Oordeel
    reden: str
    geheim: bool = False
