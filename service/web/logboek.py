"""The auditor's pages: the audit log with filters and the state of its chain, a download, and who saw an address."""

from __future__ import annotations

import csv
import io
from datetime import date
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from service import opaque
from service.desk import Someone, TheDesk, TheTrace
from service.logs import looking, read
from service.logs.entry import Entry, Result
from service.logs.extract import csv_rows
from service.logs.read import Filter
from service.logs.state import state
from service.permissions import Permission, requires
from service.served import address
from service.web import tijd
from service.web.render import render
from service.web.teksten import catalogue, text

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
PAGE = 50  # rows
MOST = 50_000  # rows of one download


class LogForm(BaseModel):
    """The filter form; an empty field is no filter. voor: only rows under this number (the next page)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    van: date | None = None
    tot: date | None = None
    persoon: Annotated[str, Field(max_length=64)] = ""
    handeling: Annotated[str, Field(max_length=100)] = ""
    resultaat: Result | None = None
    voor: Annotated[int | None, Field(ge=1, lt=2**31)] = None

    @field_validator("van", "tot", "resultaat", "voor", mode="before")
    @classmethod
    def empty_is_none(cls, value: object) -> object:
        """A form sends an unused field as an empty text."""
        return value or None

    def filter(self) -> Filter:
        """What the log understands."""
        return Filter(
            van=tijd.begin(self.van),
            tot=tijd.after(self.tot),
            persoon=self.persoon,
            handeling=self.handeling,
            resultaat=self.resultaat,
        )

    def link(self, path: str, **more: object) -> str:
        """`path` with these filters."""
        values = self.model_dump(mode="json", exclude={"voor"}) | more
        kept = {name: value for name, value in values.items() if value}
        return path + ("?" + urlencode(kept) if kept else "")


@router.get("/logboek", dependencies=[requires(Permission.LOGBOEK_LEZEN)])
def log_page(
    request: Request, query: Annotated[LogForm, Query()], desk: TheDesk, person: Someone, trace: TheTrace
) -> HTMLResponse:
    """The newest rows first, and whether the chain holds."""
    with desk.database.reading(person, trace) as unit:
        people = read.colleagues(unit.connection, person)
        rows = looking.rows(unit, person, query.filter(), below=query.voor, limit=PAGE)
        deeds, chain = read.handelingen(unit.connection), state(unit.connection)
    shown = rows[:PAGE]
    return render(
        request,
        "logboek.html",
        query=query,
        keten=chain,
        regels=shown,
        mensen=people,
        handelingen=deeds,
        uitkomsten=list(Result),
        woorden=words,
        klok=tijd.clock,
        gefilterd=query.link("") != "",
        volgende=query.link("/logboek", voor=shown[-1].nr) if len(rows) > PAGE else "",
        eerste=query.link("/logboek") if query.voor else "",
        download=query.link("/logboek/regels.csv"),
    )


@router.get("/logboek/regels.csv", dependencies=[requires(Permission.LOGBOEK_LEZEN)])
def download(query: Annotated[LogForm, Query()], desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """The rows of the same filters, the newest MOST of them; pseudonyms and no names, for it leaves the building."""
    with desk.database.reading(person, trace) as unit:
        people = looking.people(unit, person)
        rows = read.regels(unit.connection, query.filter(), people, below=None, limit=MOST)
        unit.log(
            Entry(
                handeling="logboek.uittreksel",
                object_soort="logboek",
                object_id="auditlogboek",
                bijzonderheden=(("rijen", str(len(rows))),),
            )
        )
    out = io.StringIO()
    csv.writer(out).writerows(csv_rows(rows))
    return Response(
        out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="logboek.csv"'},
    )


@router.post("/logboek/_zoek", dependencies=[requires(Permission.LOGBOEK_LEZEN)])
def find(request: Request, desk: TheDesk, person: Someone, bag: Annotated[str, Form(max_length=40)] = "") -> Response:
    """From a BAG number to the address's page: the number itself stays out of every URI."""
    wanted = bag.strip()
    id = opaque.opaque_id(opaque.subkey(desk.settings.sleutel, "adres"), wanted)
    about = address(desk.publications, id)
    if about is None or about.gemeente not in person.gemeenten:
        return render(request, "logboek_zoek.html", status=HTTPStatus.NOT_FOUND, bag=bag)
    return RedirectResponse(f"/logboek/adressen/{about.id}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/logboek/adressen/{id}", dependencies=[requires(Permission.LOGBOEK_LEZEN)])
def one_address(
    request: Request,
    id: Annotated[str, Path(pattern=opaque.PATTERN)],
    query: Annotated[LogForm, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> HTMLResponse:
    """Who saw this address, when, and what the run said of it then."""
    with desk.database.reading(person, trace) as unit:
        found = looking.viewed(unit, desk, person, id, van=tijd.begin(query.van), tot=tijd.after(query.tot))
        people = read.colleagues(unit.connection, person)
    about = address(desk.publications, id)
    return render(
        request,
        "logboek_adres.html",
        query=query,
        adres=about,
        inzagen=found,
        mensen=people,
        woorden=words,
        klok=tijd.clock,
        meeste=read.MOST_VIEWS,
    )


def words(deed: str) -> str:
    """A deed in words, itself where the catalogue has none."""
    known = deed.replace(".", "_").replace("-", "_")
    return text(f"logboek_handeling.{known}") if known in catalogue()["logboek_handeling"] else deed
