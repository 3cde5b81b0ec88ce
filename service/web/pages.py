"""The pages: the ranked list, one address, and what this list is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

from features.columns import Doel
from models.scores import BANDS, EVIDENCE_BANDS
from service import opaque
from service.api.answers import Store
from service.desk import Someone, TheDesk, TheTrace
from service.dossier import dossier
from service.intake.layout import GROEPEN
from service.looked import address_entry, allowed, list_entry, shown
from service.permissions import Permission, requires
from service.publication import Publication
from service.ranking import page, size
from service.records import Filters
from service.schemas import Band, Kenmerkgroep
from service.web.bars import balance
from service.web.energy import energy_charts
from service.web.render import render
from service.web.timeline import timeline
from service.worklist.hidden import hidden

PAGE = 25  # rows
MOST_PAGES = 4000  # 25 x 4000: nobody turns further by hand

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
DOELEN = (Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING)


class PageQuery(BaseModel):
    """The filter form; an empty field is no filter. run: the publication in which the reader was turning pages."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    gemeente: Annotated[str | None, Field(pattern=r"^\d{4}$")] = None
    woonplaats: Annotated[str | None, Field(max_length=80)] = None
    ligging: Annotated[str | None, Field(pattern="^(buiten|binnen)$")] = None
    band: list[Band] = []
    kenmerkgroep: Kenmerkgroep | None = None
    pagina: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1
    run: Annotated[str | None, Field(max_length=100)] = None

    @field_validator("gemeente", "woonplaats", "ligging", "kenmerkgroep", "run", mode="before")
    @classmethod
    def empty_is_none(cls, value: object) -> object:
        """A form sends an unused field as an empty text."""
        return value or None

    def filters(self, rechten: frozenset[str]) -> Filters:
        """What the store understands."""
        outside = None if self.ligging is None else self.ligging == "buiten"
        return Filters(
            rechten=rechten,
            gemeente=self.gemeente,
            woonplaats=self.woonplaats,
            buitengebied=outside,
            banden=tuple(self.band),
            kenmerkgroepen=() if self.kenmerkgroep is None else (self.kenmerkgroep,),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as the query of a link."""
        single = [(name, getattr(self, name)) for name in ("gemeente", "woonplaats", "ligging", "kenmerkgroep")]
        return [(name, value) for name, value in single if value] + [("band", band) for band in self.band]


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where one can go from this page of the list. Empty = nowhere."""

    vorige: str
    volgende: str
    nummers: tuple[tuple[int, str], ...]  # page number (0 = a gap) and its link
    json: str


@router.get("/ranglijsten/{doel}", dependencies=[requires(Permission.RANGLIJST_LEZEN)])
def ranked_list(
    request: Request,
    doel: Doel,
    query: Annotated[PageQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> HTMLResponse:
    """One page of the list. Who turned pages in a replaced run begins at the top of the new one, and is told."""
    allowed(person, query.gemeente)
    publication = desk.publications.current()
    without_band = publication.gestopt and bool(query.band or query.kenmerkgroep)
    if without_band:
        query = query.model_copy(update={"band": [], "kenmerkgroep": None})
    replaced = query.run if query.run and query.run != publication.manifest.run_id else ""
    number = 1 if replaced else query.pagina
    filters = query.filters(person.gemeenten)
    with desk.database.reading(person, trace) as unit:
        without = replace(filters, zonder=hidden(unit.connection, person))
        found = page(publication, doel, without, limit=PAGE, offset=(number - 1) * PAGE)
        unit.log(list_entry(publication, doel, filters, found.betrokkenen))
    last = max(1, min(MOST_PAGES, -(-found.totaal // PAGE)))
    return render(
        request,
        "ranglijst.html",
        manifest=publication.manifest,
        model=publication.manifest.model(doel),
        zonder_band=without_band,
        doel=doel,
        doelen=DOELEN,
        banden=BANDS,
        groepen=GROEPEN,
        plaatsen=[
            p for p in publication.plaatsen if query.gemeente in (None, p.gemeente) and p.gemeente in person.gemeenten
        ],
        gemeenten=tuple(g for g in publication.gemeenten if g in person.gemeenten),
        query=query,
        filters=urlencode(query.pairs()),
        pagina=found,
        nummer=number,
        laatste=last,
        eerste_rij=(number - 1) * PAGE + 1,
        vervangen=replaced,
        links=_links(publication, doel, query, number, last),
        tegels=request.app.state.settings.tegels,
    )


@router.get("/adressen/{id}", dependencies=[requires(Permission.ADRES_LEZEN)])
def one_address(
    request: Request,
    id: Annotated[str, Path(pattern=opaque.PATTERN)],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    doel: Doel | None = None,
) -> HTMLResponse:
    """One address, seen for one target: the one asked for, else the one in which it stands highest."""
    publication = desk.publications.current()
    with desk.database.reading(person, trace) as unit:
        found = dossier(publication, id)
        about = shown(person, unit.connection, found.adres if found else None)
        unit.log(address_entry(publication, about, [stand.doel for stand in found.standen] if found else []))
    if found is not None and publication.gestopt:
        return render(
            request,
            "adres_gestopt.html",
            manifest=publication.manifest,
            adres=found.adres,
            doel=doel or DOELEN[0],
        )
    if found is None or not found.standen:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    chosen = (found.stand(doel) if doel else None) or min(found.standen, key=lambda stand: stand.rang)
    model = publication.manifest.model(chosen.doel)
    return render(
        request,
        "adres.html",
        manifest=publication.manifest,
        model=model,
        dossier=found,
        adres=found.adres,
        stand=chosen,
        aantallen={stand.doel: size(publication, stand.doel, found.adres.gemeente) for stand in found.standen},
        balans=balance(found.redenen_voor(chosen.doel), model.basis),
        tijdlijn=timeline(found.tijdlijn, publication.manifest.peildatum),
        energie=energy_charts(found.energie),
        gepubliceerd=any(stand.band in EVIDENCE_BANDS for stand in found.standen),
    )


@router.get("/over", dependencies=[requires(Permission.OPENBAAR)])
def about(request: Request, store: Store) -> HTMLResponse:
    """How the list is made, from what, and where to check it."""
    return render(request, "over.html", manifest=store.current().manifest, doelen=DOELEN)


def _links(publication: Publication, doel: Doel, query: PageQuery, number: int, last: int) -> Links:
    def link(to: int) -> str:
        where = [*query.pairs(), ("pagina", str(to)), ("run", publication.manifest.run_id)]
        return f"/ranglijsten/{doel}?{urlencode(where)}"

    filters = query.filters(frozenset())
    api: list[tuple[str, Any]] = [(name, getattr(query, name)) for name in ("gemeente", "woonplaats", "kenmerkgroep")]
    if filters.buitengebied is not None:
        api.append(("buitengebied", str(filters.buitengebied).lower()))
    asked = [(name, value) for name, value in api if value] + [("band", band) for band in query.band]
    return Links(
        vorige=link(number - 1) if 1 < number <= last else "",
        volgende=link(number + 1) if number < last else "",
        nummers=tuple((n, link(n) if n else "") for n in _window(number, last)),
        json=f"/v1/ranglijsten/{doel}/adressen" + ("?" + urlencode(asked) if asked else ""),
    )


def _window(number: int, last: int) -> list[int]:
    near = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    with_gaps: list[int] = []
    for n in near:
        if with_gaps and n - with_gaps[-1] > 1:
            with_gaps.append(0)
        with_gaps.append(n)
    return with_gaps
