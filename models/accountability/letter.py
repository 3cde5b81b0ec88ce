"""The text for the letter to a resident: that an algorithm helped choose, what it looked at, who decides."""

from __future__ import annotations

from dataclasses import dataclass

from models.accountability.facts import Facts
from models.accountability.words import KINDS, NEVER, listed


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Dutch (B1), without any figure: what holds for everybody who gets the letter."""

    why: str
    kinds: tuple[str, ...]  # what was looked at, as a list
    never: str
    decides: str
    rights: str

    def text(self) -> str:
        """As plain text, to be pasted."""
        kinds = "\n".join(f"- {kind}" for kind in self.kinds)
        return f"{self.why}\n\nHet programma kijkt naar:\n{kinds}\n\n{self.never}\n\n{self.decides}\n\n{self.rights}\n"


def letter(facts: Facts) -> Letter:
    """The letter that goes with a model."""
    never = [*NEVER, *(() if facts.reads_age else ("leeftijd",))]
    given = facts.organisation
    return Letter(
        why="Wij controleren of de gegevens in de Basisregistratie Personen kloppen. Een computerprogramma heeft "
        "geholpen om te kiezen bij welke adressen we eerst kijken. Uw adres is een van die adressen. Het kan ook door "
        "loting zijn gekozen.",
        kinds=looked_at(facts),
        never=f"Het programma kijkt niet naar {listed(never)}.",
        decides="Dat uw adres is gekozen, betekent niet dat er iets mis is. Een medewerker heeft zelf gekeken en "
        "besloten om u te schrijven. Ook over wat er verder gebeurt, beslist altijd een mens. Het programma beslist "
        "niets.",
        rights=f"Wilt u weten welke gegevens wij van u hebben gebruikt? Dat vindt u hier: {given.inzage}. Bent u het "
        f"niet eens met een besluit, dan kunt u bezwaar maken: {given.bezwaar}. Vragen kunt u stellen via "
        f"{given.contact}.",
    )


def looked_at(facts: Facts) -> tuple[str, ...]:
    """The kinds of data, by the sources that the model really rests on."""
    return tuple(KINDS[source] for source in KINDS if source in facts.sources)
