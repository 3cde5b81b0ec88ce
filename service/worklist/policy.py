"""What a gemeente may set about its werkvoorraad (section `werkvoorraad` of dienst.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from features.errors import Refusal

UNIT = 10_000  # shares are counted in ten-thousandths, so that what is carried from round to round is exact


@dataclass(frozen=True, kw_only=True)
class Werkvoorraad:
    """capaciteit: addresses per round, gemeente and target. aandeel_verkenning, aandeel_steekproef: shares (0-1) of it
    for exploration and for chance; the rest is by risk. Exact over the rounds together, not in each.

    ronde_dagen: days in which a round is to be judged; after them a new one may be drawn though some are left.
    signaal_weken: within so many weeks a signal is answered (LAA: 4). niet_opnieuw_maanden: an address that was judged
    or investigated is not drawn again for so long. motivering_minimaal: characters.
    aandeel_alleen_bureau: share (0-1) of all that is drawn, by lot and whichever stream drew it, that may lead to
    research at the desk and to no house visit; 1 = no address that was drawn is visited. Not the random stream alone: a
    case that says "desk only" would tell why its address was drawn. What founds a visit is the desk's own judgement.
    kleinste_groep: agreement is shown from so many judgements on. sluier: in every band up to so many other addresses
    are left out of the ranglijst of who judges, along with what waits (service/worklist/veil.py); 0 = none.
    """

    capaciteit: int = 60
    aandeel_verkenning: float = 0.10
    aandeel_steekproef: float = 0.10
    ronde_dagen: int = 28
    signaal_weken: int = 4
    niet_opnieuw_maanden: int = 12
    motivering_minimaal: int = 10
    aandeel_alleen_bureau: float = 0.0
    kleinste_groep: int = 20
    sluier: int = 30

    def __post_init__(self) -> None:
        if self.capaciteit < 1:
            raise _refused("capaciteit", self.capaciteit, "at least 1")
        for name in ("aandeel_verkenning", "aandeel_steekproef"):
            share = getattr(self, name)
            if not 0 <= share <= 1 or abs(share * UNIT - round(share * UNIT)) > 1e-6:
                raise _refused(name, share, "a share from 0 to 1, in whole ten-thousandths")
        if not 0 <= self.aandeel_alleen_bureau <= 1:
            raise _refused("aandeel_alleen_bureau", self.aandeel_alleen_bureau, "a share from 0 to 1")
        if self.sluier < 0:
            raise _refused("sluier", self.sluier, "0 or more")
        if self.aandeel_steekproef == 0:
            raise _refused("aandeel_steekproef", 0, "more than 0: only the random stream gives unbiased figures")
        if self.aandeel_verkenning + self.aandeel_steekproef > 1:
            raise _refused("aandeel_verkenning", self.aandeel_verkenning, "at most 1 together with aandeel_steekproef")


def _refused(name: str, found: object, expected: str) -> Refusal:
    return Refusal(f"service settings, [werkvoorraad] {name}", found=str(found), expected=expected, do="mend it")
