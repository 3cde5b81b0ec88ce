"""What is left out of the ranglijst of somebody who judges: what they may not see, and a veil of other addresses.

Leaving out only what they may not see would tell it: ranks run from 1, bands hold a fixed share of a gemeente, so what
is missing can be counted, and of the last address of a round the count is its band and the gap its rank. So in every
band of either ranking a number of other addresses is left out along, from 0 to `sluier` (service/worklist/policy.py),
drawn by lot per round. Within a band the round was drawn by lot too, so nothing about the gaps tells the two kinds
apart, and how many there are in a band says next to nothing of one address: in one case of sluier + 1 the number is at
its end and gives it away. Everything that is shown stays true: no rank or band is another one for those who judge.

Nothing is veiled while nothing is hidden.
"""

from __future__ import annotations

import hmac

import numpy as np

from models.scores import BANDS
from service import opaque
from service.cases.tables import onderzoeken
from service.desk import Desk
from service.intake.layout import DOELEN, OF_ADDRESS
from service.people import Person
from service.publication import Publication
from service.worklist.hidden import Hidden, hidden_now
from service.worklist.tables import rondes

_NUMBER = 8  # bytes of a digest that make a number


def left_out(desk: Desk, publication: Publication, person: Person) -> frozenset[str]:
    """The identificaties that are in no list out of `publication` for `person`."""
    return veiled(desk, publication, hidden_now(desk.database, person))


def veiled(desk: Desk, publication: Publication, hidden: Hidden) -> frozenset[str]:
    """What is hidden, with the veil around it."""
    kept_back = hidden.all
    if not kept_back or desk.settings.werkvoorraad.sluier == 0:
        return kept_back
    known = publication.selector.veils.get(kept_back)
    if known is None:
        known = kept_back | _veil(desk, publication, kept_back)
        publication.selector.veils.put(kept_back, known, len(known))
    return known


def _veil(desk: Desk, publication: Publication, kept_back: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    ids = (opaque.opaque_id(publication.key, one) for one in kept_back)
    for gemeente in sorted({spot.gemeente for id in ids if (spot := publication.book.spot(id)) is not None}):
        not_these = sorted(map(int, kept_back | _investigated(desk, publication.book.codes[gemeente])))
        for doel in range(len(DOELEN)):
            found |= _of_list(desk, publication, gemeente, doel, not_these)
    return frozenset(found)


def _of_list(desk: Desk, publication: Publication, gemeente: int, doel: int, not_these: list[int]) -> set[str]:
    book = publication.book
    size = book.ranked[gemeente, doel]
    bands = book.column(gemeente, doel, "band")[:size]
    ids = book.column(gemeente, OF_ADDRESS, "identificatie")[book.column(gemeente, doel, "adres")[:size]]
    free = np.isin(ids, not_these, invert=True)
    seed = _seed(desk, publication, gemeente, doel)
    found: set[str] = set()
    for band, letter in enumerate(BANDS):
        digest = hmac.digest(seed, letter.encode(), "sha256")
        number = int.from_bytes(digest[:_NUMBER]) % (desk.settings.werkvoorraad.sluier + 1)
        # By lot among all of the band, so that an address that comes or goes leaves the others where they are.
        rows = np.random.default_rng(int.from_bytes(digest[_NUMBER:])).permutation(np.flatnonzero(bands == band))
        found.update(f"{one:016d}" for one in ids[rows[free[rows]][:number]].tolist())
    return found


def _seed(desk: Desk, publication: Publication, gemeente: int, doel: int) -> bytes:
    """Another one for each run and each round, so that what one round gave away is no use in the next."""
    code = publication.book.codes[gemeente]
    rows = desk.database.glance(
        f"select doel, max(nummer) from {rondes.name} where gemeente = ? group by doel", (code,)
    )
    rounds = [f"{name} {number}" for name, number in sorted(rows)]
    about = "|".join([publication.manifest.run_id, code, DOELEN[doel], *rounds])
    return hmac.digest(opaque.subkey(desk.settings.sleutel, "sluier"), about.encode(), "sha256")


def _investigated(desk: Desk, gemeente: str) -> frozenset[str]:
    """In running cases: those who work them can look the address up."""
    rows = desk.database.glance(
        f"select adresseerbaarobject_identificatie from {onderzoeken.name} where gemeente = ? and afgerond is null",
        (gemeente,),
    )
    return frozenset([row[0] for row in rows])
