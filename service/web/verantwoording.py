"""The pages of account, for all who are signed in: the story of one target, the whole model, the features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from itertools import groupby

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from features.columns import Doel
from features.register import FEATURES
from features.register import version as register_version
from models.accountability import words
from models.accountability.draw_figures import Whisker, calibration_points, whiskers
from models.accountability.facts import Facts, fold_name
from models.accountability.page import UNKNOWN, Numbers, day
from models.drift import Level
from models.figure_names import POOLED, RANDOM, at_name, prefix
from models.figures import MODEL
from service.account import account_of, past_stops
from service.api.answers import Store
from service.permissions import Permission, requires
from service.web.gelijkheid import section
from service.web.getallen import number
from service.web.modelbeeld import FLAT, tables_of, title
from service.web.render import render

HEAVIEST = 10  # tables named on the first page
QUESTIONS = ("wat", "wie", "waarnaar", "hoe_goed", "ernaast", "voor_wie", "veranderd", "stop", "nakijken")
DOELEN = (Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING)
NOTHING = math.nan

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/verantwoording", dependencies=[requires(Permission.VERANTWOORDING_LEZEN)])
def story(request: Request, store: Store, doel: Doel = DOELEN[0]) -> HTMLResponse:
    """One target, in the order of a reader's questions."""
    publication = store.current()
    account = account_of(publication)
    target = account.doelen[doel]
    facts, fairness, watched = target.facts, account.fairness, account.monitoring
    numbers = facts.numbers if facts else {}
    own = facts.backtest.of(MODEL) if facts and facts.backtest else None
    reliability = facts.backtest.reliability if facts and facts.backtest else None
    report = next((one for one in watched.targets if one.doel == doel), None) if watched else None
    return render(
        request,
        "verantwoording.html",
        manifest=publication.manifest,
        doel=doel,
        doelen=DOELEN,
        vragen=QUESTIONS,
        verslag=account,
        besluit=target.decision,
        model=target.model,
        f=facts,
        n=Numbers(numbers),
        c=partial(_plain, numbers),
        w=words,
        eigen=own,
        tabellen=tables_of(target.model)[:HEAVIEST] if target.model else (),
        rangen=_ranked(facts),
        delen=_parts(facts),
        prefix=prefix,
        at_name=at_name,
        fold_name=fold_name,
        ijking=calibration_points(reliability.bins if reliability else ()),
        gelijk=section(fairness, doel) if fairness else None,
        bewaking=report,
        banden=whiskers([(f"Band {b.name}", b.rate, b.promised) for b in report.bands if b.n]) if report else (),
        standen={level.value: len(report.drift.of(level)) for level in Level} if report and report.drift else {},
        stops=past_stops(publication),
        naam_van=title,
        dag_van=day,
    )


@router.get("/verantwoording/model/{doel}", dependencies=[requires(Permission.VERANTWOORDING_LEZEN)])
def whole_model(request: Request, store: Store, doel: Doel) -> HTMLResponse:
    """Every table of a model, as a picture and as numbers."""
    publication = store.current()
    model = account_of(publication).doelen[doel].model
    if model is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    tables = tables_of(model)
    return render(
        request,
        "verantwoording_model.html",
        manifest=publication.manifest,
        doel=doel,
        basis=model.base,
        tabellen=[table for table in tables if table.weight >= FLAT],
        vlak=[table for table in tables if table.weight < FLAT],
    )


@router.get("/verantwoording/kenmerken", dependencies=[requires(Permission.VERANTWOORDING_LEZEN)])
def register(request: Request) -> HTMLResponse:
    """Every feature with its papers."""
    return render(
        request,
        "verantwoording_kenmerken.html",
        groepen=[(name, list(group)) for name, group in groupby(FEATURES, key=lambda feature: feature.group)],
        statussen=Counter(feature.papers.status.value for feature in FEATURES),
        aantal=len(FEATURES),
        versie=register_version(),
        doelen=DOELEN,
        dag_van=day,
    )


def _plain(
    numbers: Mapping[str, float], name: str, decimals: int = 0, *, percent: bool = False, bounds: bool = False
) -> str:
    """A figure inside a sentence: as `Numbers` shows it, without the markup."""
    if name not in numbers:
        return UNKNOWN
    shown = number((100 if percent else 1) * numbers[name], decimals) + ("%" if percent else "")
    if not bounds or f"{name}_laag" not in numbers:
        return shown
    low, high = (_plain(numbers, name + side, decimals, percent=percent) for side in ("_laag", "_hoog"))
    return f"{shown} ({low}–{high})"


def _ranked(facts: Facts | None) -> tuple[Whisker, ...]:
    """Every contender's precision at the headline's k."""
    if facts is None or facts.backtest is None or facts.headline is None:
        return ()
    found = [
        (words.CONTENDERS.get(one.contender, one.contender), at.precision, NOTHING)
        for one in facts.backtest.pooled
        for at in one.at
        if at_name(at) == facts.headline.naam
    ]
    return whiskers(found)


def _parts(facts: Facts | None) -> tuple[tuple[str, str, object], ...]:
    """Name in the catalogue, scope and contenders of each table of figures."""
    if facts is None or facts.backtest is None:
        return ()
    return (("later", POOLED, facts.backtest.pooled), ("steekproef", RANDOM, facts.backtest.random))
