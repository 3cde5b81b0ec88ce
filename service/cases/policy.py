"""What a gemeente may set about its investigations (section `onderzoek` of the settings)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from features.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Clocks as the LAA's: react within 4 weeks, finish within 6 months.

    reactie_weken, afronding_maanden: the clocks. reactie_dagen_vooraf, afronding_dagen_vooraf: days before the end from
    which a clock warns. herbezoek_aandeel: share (0-1) of closed cases that another visits again, blind.
    herbezoek_na_dagen: first and last day after closing on which that may begin, so that its moment tells nothing.
    wissel_na_dagen: days after which a second person who does not answer may be replaced, by lot.
    antwoord_dagen: days that a letter gives to answer. contact: how a letter says we can be reached.
    gelijkgesteld: days that a royal decree makes equal to a holiday (Algemene termijnenwet art. 3 lid 3): no calendar
    can compute them.
    kleinste_groep: fewer finished cases than this of one person, or of the colleagues beside them, are no pattern.
    """

    reactie_weken: int = 4
    afronding_maanden: int = 6
    reactie_dagen_vooraf: int = 7
    afronding_dagen_vooraf: int = 30
    herbezoek_aandeel: float = 0.05
    herbezoek_na_dagen: tuple[int, int] = (14, 60)
    wissel_na_dagen: int = 7
    antwoord_dagen: int = 14
    gemeente_naam: str = "de gemeente"
    contact: str = "team Burgerzaken, telefoon 14 0000"
    kleinste_groep: int = 20
    gelijkgesteld: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.herbezoek_aandeel <= 1:
            raise Refusal(
                "service settings, onderzoek.herbezoek_aandeel",
                found=str(self.herbezoek_aandeel),
                expected="a share from 0 to 1",
                do="choose one, 0.05 for instance",
            )


DEFAULT = Policy()
