"""Templates to HTML: one Jinja environment, everything escaped, nothing undefined passes in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from service.web import getallen, kenmerken
from service.web.menu import current, menu
from service.web.teksten import text

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The environment with its filters; `t` gives a text of the catalogue."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["t"] = text
    made.filters.update(
        getal=getallen.number,
        dag=getallen.day,
        maand=getallen.month,
        procent=getallen.percent,
        van_honderd=getallen.of_hundred,
        met_teken=getallen.signed,
        kenmerk=kenmerken.label,
    )
    return made


def render(
    request: Request,
    template: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """`template` filled with `values`. Always there: `pad` (the path shown), `wie` (the person or None), `menu` with
    `huidig` (where this page belongs in it, or None), and `csrf`, which every form that changes something carries in a
    hidden field of that name.
    """
    person = getattr(request.state, "person", None)
    session = getattr(request.state, "session", None)
    items = menu(person)
    html = (
        environment()
        .get_template(template)
        .render(
            pad=request.url.path,
            wie=person,
            menu=items,
            huidig=current(items, request.url.path),
            csrf=session.csrf if session else "",
            **values,
        )
    )
    return HTMLResponse(html, status_code=status, headers=dict(headers) if headers else None)


def error_page(
    request: Request,
    status: HTTPStatus,
    title: str,
    detail: str,
    faults: Sequence[str] = (),
    *,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The Dutch page of an error: what happened, what exactly, and the way on."""
    return render(
        request,
        "fout.html",
        status=status,
        headers=headers,
        titel=title,
        uitleg=detail,
        fouten=faults,
        code=int(status),
    )
