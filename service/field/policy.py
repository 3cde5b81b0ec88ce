"""[veld] of dienst.toml: how long a phone keeps what it holds, photos, and the link with which one finds the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Route(StrEnum):
    """What opens when somebody asks the way."""

    TOESTEL = "toestel"  # geo: the phone's own choice of a map; RFC 5870
    KAARTSITE = "kaartsite"  # openstreetmap.org: its host then knows where we go
    GEEN = "geen"


@dataclass(frozen=True, kw_only=True)
class Veld:
    """ronde_uren: after this many hours a round on a phone is erased. bezoek_uren: the same for what was written down
    and not sent; long, for it is the only copy. fotos: at most per visit. foto_bytes: of one photo as sent.
    """

    ronde_uren: int = 14
    bezoek_uren: int = 96
    fotos: int = 6
    foto_bytes: int = 3_000_000
    foto_zijde: int = 1600  # pixels of the longer side
    route: Route = Route.TOESTEL

    def __post_init__(self) -> None:
        """Raises ValueError on a term of less than an hour, or one that erases a visit before its round."""
        if not 1 <= self.ronde_uren <= self.bezoek_uren:
            raise ValueError("ronde_uren: at least 1, and no more than bezoek_uren")
        if self.fotos < 0 or self.foto_bytes < 10_000 or self.foto_zijde < 320:
            raise ValueError("fotos: a number from 0; foto_bytes: from 10000; foto_zijde: from 320")


DEFAULT = Veld()
