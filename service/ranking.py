"""The ranked list out of one publication: filter, order, page. Every value is a parameter of its query.

Order: rang, then gemeente. A rank is unique within a gemeente and target, so the order is total and a page can continue
after its last row (keyset) or at a page number (offset): the list pages are short either way. While the model is
stopped `rang` holds a neutral number (service/stopped.py) and rows have no standing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from features.columns import Doel
from models.scores import REST
from service.publication import Publication
from service.records import Address, Filters, Page, Ranked, Reason, Standing

STRONGEST = 2  # reasons in a row of the list

ADDRESS_COLUMNS = """
    k.id, a.adresseerbaarobject_identificatie, a.gemeente, a.adres, a.postcode, a.woonplaats, a.x, a.y, a.buitengebied,
    a.soort, a.gebruiksdoel, a.oppervlakte, a.bouwjaar, a.ingeschrevenen, a.afgeschermd
"""
STANDING_COLUMNS = "s.doel, s.rang, s.band, s.score, s.kans, s.afwijking"
JOIN_ADDRESSES = "join adressen a using (adresseerbaarobject_identificatie)"
JOIN_IDS = "join sleutels k using (adresseerbaarobject_identificatie)"
ORDER = "order by s.rang, s.gemeente"


@dataclass(frozen=True, kw_only=True)
class After:
    """Continue after this row."""

    rang: int
    gemeente: str


def page(
    publication: Publication, doel: Doel, filters: Filters, *, limit: int, offset: int = 0, after: After | None = None
) -> Page:
    """`limit` rows of the ranking of `doel` under `filters`, from `offset` or after a row. First = most urgent."""
    scores, where, parameters = _filtered(doel, filters)
    total = publication.rows(f"select count(*) from {scores} where {where}", parameters)[0][0]
    if after is not None:
        where += " and (s.rang, s.gemeente) > (?, ?)"
        parameters += [after.rang, after.gemeente]
    # First the rows of this page, then their addresses: what is not shown is not joined.
    found = publication.rows(
        f"with shown as (select s.* from {scores} where {where} {ORDER} limit ? offset ?) "
        f"select {ADDRESS_COLUMNS}, {STANDING_COLUMNS} from shown s {JOIN_ADDRESSES} {JOIN_IDS} {ORDER}",
        [*parameters, limit + 1, offset],
    )
    shown = found[:limit]
    reasons = _strongest(publication, doel, [row[1] for row in shown])
    return Page(
        rijen=tuple(
            Ranked(
                adres=address(row[:15]),
                plaats=row[16],
                stand=None if publication.gestopt else standing(row[15:]),
                redenen=tuple(reasons.get(row[1], ())),
            )
            for row in shown
        ),
        totaal=total,
        meer=len(found) > limit,
    )


def _filtered(doel: Doel, filters: Filters) -> tuple[str, str, list[Any]]:
    """The tables that the filters need, their condition and its parameters."""
    parts: list[str] = ["s.doel = ?", "list_contains(?, s.gemeente)"]
    parameters: list[Any] = [doel.value, sorted(filters.rechten)]
    if filters.zonder:
        parts.append("not list_contains(?, s.adresseerbaarobject_identificatie)")
        parameters.append(sorted(filters.zonder))
    if filters.gemeente is not None:
        parts.append("s.gemeente = ?")
        parameters.append(filters.gemeente)
    if filters.woonplaats is not None:
        parts.append("a.woonplaats = ?")
        parameters.append(filters.woonplaats)
    if filters.buitengebied is not None:
        parts.append("a.buitengebied = ?")
        parameters.append("J" if filters.buitengebied else "N")
    if filters.banden:
        parts.append("list_contains(?, s.band)")
        parameters.append(list(filters.banden))
    of_address = filters.woonplaats is not None or filters.buitengebied is not None
    return f"scores s {JOIN_ADDRESSES}" if of_address else "scores s", " and ".join(parts), parameters


def _strongest(publication: Publication, doel: Doel, addresses: Sequence[str]) -> dict[str, list[Reason]]:
    if not addresses:
        return {}
    rows = publication.rows(
        f"select adresseerbaarobject_identificatie, {REASON_COLUMNS} from redenen "
        "where doel = ? and list_contains(?, adresseerbaarobject_identificatie) and kenmerk <> ? "
        "qualify row_number() over (partition by adresseerbaarobject_identificatie order by volgorde) <= ? "
        "order by volgorde",
        [doel.value, list(addresses), REST, STRONGEST],
    )
    found: dict[str, list[Reason]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(reason(row[1:]))
    return found


REASON_COLUMNS = "volgorde, kenmerk, waarde, vergelijking, bijdrage, zin"


def reason(row: Sequence[Any]) -> Reason:
    """A row of REASON_COLUMNS."""
    return Reason(
        volgorde=row[0], kenmerk=row[1], waarde=row[2], vergelijking=row[3], bijdrage=row[4] or 0.0, zin=row[5] or ""
    )


def address(row: Sequence[Any]) -> Address:
    """A row of ADDRESS_COLUMNS. A shielded address shows no count, whatever was published."""
    shielded = row[14] == "J"
    return Address(
        id=row[0],
        identificatie=row[1],
        gemeente=row[2],
        adres=row[3] or "",
        postcode=row[4] or "",
        woonplaats=row[5] or "",
        x=row[6],
        y=row[7],
        buitengebied={"J": True, "N": False}.get(row[8]),
        soort=row[9] or "",
        gebruiksdoel=row[10] or "",
        oppervlakte=row[11],
        bouwjaar=None if row[12] is None else int(row[12]),
        ingeschrevenen=None if shielded or row[13] is None else int(row[13]),
        afgeschermd=shielded,
    )


def standing(row: Sequence[Any]) -> Standing:
    """A row of STANDING_COLUMNS."""
    return Standing(doel=Doel(row[0]), rang=row[1], band=row[2], score=row[3], kans=row[4], afwijking=row[5])


def size(publication: Publication, doel: Doel, gemeente: str) -> int:
    """How many addresses of `gemeente` are ranked for `doel`."""
    asked = [doel.value, gemeente]
    count: int = publication.rows("select count(*) from scores where doel = ? and gemeente = ?", asked)[0][0]
    return count
