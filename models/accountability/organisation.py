"""Who answers for the model: what the pack needs and no training run knows. The table [organisatie] of the settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from features.errors import Refusal

FILL_IN = "vul in"  # how a value begins that nobody has given yet

MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
LONGEST = 2500
TEXTS = ("naam", "contact", "thema", "wettelijke_basis", "impacttoetsen")
STATUSES = ("In gebruik", "In ontwikkeling", "Buiten gebruik")
CATEGORIES = ("Hoog-risico AI-systemen", "Impactvolle algoritmes", "Overige algoritmes")


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Texts in Dutch. begindatum: yyyy-mm. bezwaar: where a resident objects; inzage: where one asks what is kept.

    Raises Refusal, so before any work is done, for what the Algoritmeregister would not take.
    """

    naam: str = "vul in: naam van de gemeente"
    contact: str = "vul in: e-mailadres van het team"
    privacy: str = "vul in: functionaris gegevensbescherming"
    bezwaar: str = "vul in: adres of webpagina voor bezwaar"
    inzage: str = "vul in: webpagina voor inzage in uw gegevens"
    thema: str = "Organisatie en bedrijfsvoering"
    status: str = "In ontwikkeling"
    begindatum: str = "vul in: jjjj-mm"
    publicatiecategorie: str = "Impactvolle algoritmes"
    wettelijke_basis: str = (
        "Wet basisregistratie personen (Wet BRP), artikel 1.4, 2.34 en 2.60: het college houdt de registratie op orde "
        "en onderzoekt bij gerede twijfel. Algemene verordening gegevensbescherming (AVG), artikel 6 lid 1 onder e."
    )
    impacttoetsen: str = "vul in: welke toetsen zijn gedaan (DPIA, IAMA), wanneer, en waar ze te vinden zijn"

    def __post_init__(self) -> None:
        checks = (
            ("status", self.status in STATUSES, ", ".join(STATUSES)),
            ("publicatiecategorie", self.publicatiecategorie in CATEGORIES, ", ".join(CATEGORIES)),
            ("begindatum", self.begindatum.startswith(FILL_IN) or bool(MONTH.fullmatch(self.begindatum)), "jjjj-mm"),
            *((name, 0 < len(getattr(self, name)) < LONGEST, f"1 to {LONGEST - 1} characters") for name in TEXTS),
        )
        for name, good, expected in checks:
            if not good:
                found = repr(getattr(self, name))[:80]
                raise Refusal(f"[organisatie], {name}", found=found, expected=expected, do="correct schijnwerper.toml")

    def to_fill_in(self) -> tuple[str, ...]:
        """The settings that nobody has given yet."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name).startswith(FILL_IN))
