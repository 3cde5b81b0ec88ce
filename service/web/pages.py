"""The pages: the ranked list, and what this list is."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

from features.columns import Doel
from models.scores import BANDS
from service.api.answers import Store
from service.desk import Someone, TheDesk, TheTrace
from service.intake.layout import GROEPEN
from service.looked import allowed, list_entry
from service.permissions import Permission, may, requires
from service.ranking import page
from service.records import Filters
from service.schemas import Band, Kenmerkgroep
from service.web.bladeren import pages
from service.web.render import render
from service.worklist.veil import left_out

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

    @property
    def buitengebied(self) -> bool | None:
        """What the choice of ligging says; None = either."""
        return None if self.ligging is None else self.ligging == "buiten"

    def filters(self, rechten: frozenset[str]) -> Filters:
        """What the store understands."""
        return Filters(
            rechten=rechten,
            gemeente=self.gemeente,
            woonplaats=self.woonplaats,
            buitengebied=self.buitengebied,
            banden=tuple(self.band),
            kenmerkgroepen=() if self.kenmerkgroep is None else (self.kenmerkgroep,),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as the query of a link to a page."""
        return _given(self, "gemeente", "woonplaats", "ligging", "kenmerkgroep")

    def for_api(self) -> list[tuple[str, str]]:
        """The same filters as the query of the API."""
        outside = [] if self.buitengebied is None else [("buitengebied", str(self.buitengebied).lower())]
        return outside + _given(self, "gemeente", "woonplaats", "kenmerkgroep")


def _given(query: PageQuery, *names: str) -> list[tuple[str, str]]:
    single = [(name, getattr(query, name)) for name in names]
    return [(name, value) for name, value in single if value] + [("band", band) for band in query.band]


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
        without = replace(filters, zonder=left_out(desk, publication, person))
        found = page(publication, doel, without, limit=PAGE, offset=(number - 1) * PAGE)
        unit.log(list_entry(publication, doel, filters, found.betrokkenen))
    last = max(1, min(MOST_PAGES, -(-found.totaal // PAGE)))
    walking = [*query.pairs(), ("run", publication.manifest.run_id)]
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
        bladen=pages(number, last, lambda to: f"/ranglijsten/{doel}?{urlencode([*walking, ('pagina', str(to))])}"),
        eerste_rij=(number - 1) * PAGE + 1,
        vervangen=replaced,
        json=_json(doel, query),
        zoeken=may(person, Permission.ADRES_LEZEN),
        gesluierd=bool(without.zonder),
        tegels=request.app.state.settings.tegels,
    )


@router.get("/over", dependencies=[requires(Permission.OPENBAAR)])
def about(request: Request, store: Store) -> HTMLResponse:
    """How the list is made, from what, and where to check it."""
    return render(request, "over.html", manifest=store.current().manifest, doelen=DOELEN)


def _json(doel: Doel, query: PageQuery) -> str:
    """The same list of the API."""
    asked = urlencode(query.for_api())
    return f"/v1/ranglijsten/{doel}/adressen" + ("?" + asked if asked else "")
