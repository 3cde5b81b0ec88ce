"""What would become of each row of a file of signals: new, known already, or rejected with its reason.

The same judgement stands behind the check that is shown and behind the taking in: what was said is what is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from service.dossier import addresses
from service.publication import Publication
from service.web.teksten import text
from service.worklist.signal_file import Rejected, SignalFile, SignalRow
from service.worklist.tables import signalen

AT_ONCE = 500  # ids in one query


@dataclass(frozen=True, kw_only=True)
class SourceTally:
    """Of one source: rows that are new, and that are there already."""

    bron: str
    nieuw: int
    bekend: int


@dataclass(frozen=True, kw_only=True)
class Judged:
    """gelezen = nieuw + bekend + afgekeurd, row by row. gemeente: of each new row, by its identificatie."""

    nieuw: tuple[SignalRow, ...]
    bekend: tuple[SignalRow, ...]
    afgekeurd: tuple[Rejected, ...]
    gemeente: dict[str, str]

    @property
    def gelezen(self) -> int:
        """Rows of the file."""
        return len(self.nieuw) + len(self.bekend) + len(self.afgekeurd)

    @property
    def per_bron(self) -> tuple[SourceTally, ...]:
        """By source, those of which a row can be used."""
        new, known = Counter(row.bron for row in self.nieuw), Counter(row.bron for row in self.bekend)
        return tuple(SourceTally(bron=bron, nieuw=new[bron], bekend=known[bron]) for bron in sorted({*new, *known}))


def judge(connection: Connection, publication: Publication, file: SignalFile, gemeenten: Iterable[str]) -> Judged:
    """Judge every row; nothing is written. A signal is known by its id; outside `gemeenten` it is rejected."""
    known = _known(connection, [row.signaal_id for row in file.rijen])
    places = addresses(publication, sorted({row.identificatie for row in file.rijen}))
    allowed = set(gemeenten)
    fresh: dict[str, SignalRow] = {}
    twice: list[SignalRow] = []
    rejected = list(file.afgekeurd)
    for row in file.rijen:
        if row.signaal_id in known or row.signaal_id in fresh:
            twice.append(row)
        elif row.identificatie not in places or places[row.identificatie].gemeente not in allowed:
            where = "adresseerbaarobject_identificatie"
            rejected.append(Rejected(rij=row.rij, kolom=where, reden=text("werkvoorraad_fout.signaal_adres")))
        else:
            fresh[row.signaal_id] = row
    return Judged(
        nieuw=tuple(fresh.values()),
        bekend=tuple(twice),
        afgekeurd=tuple(sorted(rejected, key=lambda one: one.rij)),
        gemeente={row.identificatie: places[row.identificatie].gemeente for row in fresh.values()},
    )


def _known(connection: Connection, ids: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        rows = connection.execute(select(signalen.c.signaal_id).where(signalen.c.signaal_id.in_(part)))
        found.update(rows.scalars())
    return found
