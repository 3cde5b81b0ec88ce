"""Law 9, first half: every route declares its permission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

import service.app
from service.app import create_app
from service.permissions import Permission, declared, requires, without_permission
from service.settings import Settings


def routes_of(app: Any) -> list[APIRoute | Mount]:
    while not isinstance(app, FastAPI):
        app = app.app
    routes = [route for route in app.routes if isinstance(route, APIRoute | Mount)]
    assert len(routes) == len(app.routes)
    return routes


def named(route: APIRoute | Mount, *, alone: bool) -> str:
    return route.path if alone or isinstance(route, Mount) else f"{'/'.join(sorted(route.methods))} {route.path}"


def test_every_route_of_the_app_declares_one_permission(tmp_path: Path) -> None:
    routes = routes_of(create_app(Settings(publicaties=tmp_path / "publicaties")))
    permissions = {path: {declared(r) for r in routes if r.path == path} for path in {r.path for r in routes}}
    found = {named(route, alone=len(permissions[route.path]) == 1): declared(route) for route in routes}
    # Written out on purpose: a new route, or one that becomes public, must be seen here. A path of which the
    # methods ask for different permissions is written with each of them: "POST /v1/onderzoeken".
    assert found == {
        "/v1/ranglijsten/{doel}/adressen": Permission.RANGLIJST_LEZEN,
        "/v1/adressen/{id}": Permission.ADRES_LEZEN,
        "/v1/adressen/{id}/scores": Permission.ADRES_LEZEN,
        "/v1/adressen/_zoek": Permission.ADRES_LEZEN,
        "/v1/openapi.json": Permission.OPENBAAR,
        "/": Permission.OPENBAAR,
        "/ranglijsten/{doel}": Permission.RANGLIJST_LEZEN,
        "/adressen/{id}": Permission.ADRES_LEZEN,
        "/adressen/_zoek": Permission.ADRES_LEZEN,
        "/over": Permission.OPENBAAR,
        "/kaart/raster": Permission.RANGLIJST_LEZEN,
        "/inloggen": Permission.OPENBAAR,
        "/inloggen/demo": Permission.OPENBAAR,
        "/inloggen/beginnen": Permission.OPENBAAR,
        "/inloggen/terug": Permission.OPENBAAR,
        "/uitloggen": Permission.OPENBAAR,
        "/uitgelogd": Permission.OPENBAAR,
        "/beheer": Permission.BEHEREN,
        "/beheer/stop": Permission.STOPPEN,
        "/beheer/hervatten": Permission.STOPPEN,
        "/beheer/personen/{id}/uit": Permission.BEHEREN,
        "/beheer/personen/{id}/aan": Permission.BEHEREN,
        "/v1/modelkaarten/{doel}": Permission.VERANTWOORDING_LEZEN,
        "/v1/kenmerken": Permission.VERANTWOORDING_LEZEN,
        "/verantwoording": Permission.VERANTWOORDING_LEZEN,
        "/verantwoording/model/{doel}": Permission.VERANTWOORDING_LEZEN,
        "/verantwoording/kenmerken": Permission.VERANTWOORDING_LEZEN,
        "/v1/inzageverzoeken": Permission.INZAGE_GEVEN,
        "/v1/inzageverzoeken/te-bevestigen": Permission.UITVOEREN,
        "/v1/inzageverzoeken/{id}/besluiten": Permission.UITVOEREN,
        "/v1/inzageverzoeken/{id}/gegevens": Permission.INZAGE_GEVEN,
        "/inzage": Permission.INZAGE_GEVEN,
        "/inzage/te-bevestigen": Permission.UITVOEREN,
        "/inzage/{id}/besluit": Permission.UITVOEREN,
        "/inzage/{id}": Permission.INZAGE_GEVEN,
        "/v1/audit-regels": Permission.LOGBOEK_LEZEN,
        "/v1/dataverwerkingen": Permission.LOGBOEK_LEZEN,
        "/v1/adressen/{id}/inzagen": Permission.LOGBOEK_LEZEN,
        "/logboek": Permission.LOGBOEK_LEZEN,
        "/logboek/regels.csv": Permission.LOGBOEK_LEZEN,
        "/logboek/_zoek": Permission.LOGBOEK_LEZEN,
        "/logboek/adressen/{id}": Permission.LOGBOEK_LEZEN,
        "/v1/stop": Permission.STOPPEN,
        "/v1/stop/_opheffen": Permission.STOPPEN,
        "/v1/werkvoorraad": Permission.WERKVOORRAAD_LEZEN,
        "/v1/werkvoorraad/aantallen": Permission.AANTALLEN_LEZEN,
        "/v1/werkvoorraad/{id}": Permission.WERKVOORRAAD_LEZEN,
        "/v1/werkvoorraad/rondes": Permission.PLANNEN,
        "/v1/werkvoorraad/{id}/oordelen": Permission.OORDELEN,
        "/v1/werkvoorraad/{id}/doorgeven": Permission.OORDELEN,
        "/v1/signalen": Permission.SIGNALEN_INNEMEN,
        "/werkvoorraad": Permission.WERKVOORRAAD_LEZEN,
        "/werkvoorraad/overzicht": Permission.AANTALLEN_LEZEN,
        "/werkvoorraad/rondes": Permission.PLANNEN,
        "/werkvoorraad/{id}": Permission.WERKVOORRAAD_LEZEN,
        "/werkvoorraad/{id}/oordeel": Permission.OORDELEN,
        "/werkvoorraad/{id}/doorgeven": Permission.OORDELEN,
        "/v1/onderzoeken": Permission.ONDERZOEK_LEZEN,
        "/v1/onderzoeken/aantallen": Permission.AANTALLEN_LEZEN,
        "/v1/onderzoeken/{id}": Permission.ONDERZOEK_LEZEN,
        "/v1/onderzoeken/{id}/stappen": Permission.ONDERZOEK_LEZEN,  # whose step it is, the table of steps decides
        "/v1/onderzoeken/{id}/bezoeken": Permission.BEZOEKEN,
        "/v1/onderzoeken/{id}/brieven": Permission.ONDERZOEK_DOEN,
        "/onderzoeken": Permission.ONDERZOEK_LEZEN,
        "/onderzoeken/{id}": Permission.ONDERZOEK_LEZEN,
        "/onderzoeken/{id}/stappen": Permission.ONDERZOEK_LEZEN,
        "/onderzoeken/{id}/bezoeken": Permission.BEZOEKEN,
        "/onderzoeken/{id}/brieven": Permission.ONDERZOEK_DOEN,
        "/onderzoeken/{id}/toewijzen": Permission.GOEDKEUREN,
        "/v1/veldrondes": Permission.BEZOEKEN,
        "/v1/veldbezoeken": Permission.BEZOEKEN,
        "/v1/veldbezoeken/{id}/besluiten": Permission.ONDERZOEK_DOEN,
        "PUT /v1/veldbezoeken/{id}/fotos/{foto}": Permission.BEZOEKEN,
        "GET /v1/veldbezoeken/{id}/fotos/{foto}": Permission.ONDERZOEK_LEZEN,
        "/veld": Permission.BEZOEKEN,
        "/veld/sessie": Permission.BEZOEKEN,
        "/veld-sw.js": Permission.OPENBAAR,
        "/veld.webmanifest": Permission.OPENBAAR,
        "/veldbezoeken": Permission.BEZOEKEN,
        "/veldbezoeken/{id}/besluit": Permission.ONDERZOEK_DOEN,
        "/patronen": Permission.PATROON_LEZEN,
        "/signalen": Permission.SIGNALEN_INNEMEN,
        "/signalen/{id}": Permission.SIGNALEN_INNEMEN,
        "/signalen/{id}/innemen": Permission.SIGNALEN_INNEMEN,
        "/signalen/{id}/weggooien": Permission.SIGNALEN_INNEMEN,
        "/uitleveringen": Permission.UITVOEREN,
        "/uitleveringen/{id}/besluit": Permission.UITVOEREN,
        "/uitleveringen/{id}/bestand": Permission.UITVOEREN,
        "/patronen/naam": Permission.PATROON_LEZEN,
        "/v1/plannen": Permission.PLANNEN,
        "/v1/plannen/{id}": Permission.PLANNEN,
        "/v1/plannen/{id}/wensen": Permission.PLANNEN,
        "/v1/plannen/{id}/_oplossen": Permission.PLANNEN,
        "/v1/plannen/{id}/_vaststellen": Permission.PLANNEN,
        "/v1/plannen/{id}/_intrekken": Permission.PLANNEN,
        "/plannen": Permission.PLANNEN,
        "/plannen/nieuw": Permission.PLANNEN,
        "/plannen/{id}": Permission.PLANNEN,
        "/plannen/{id}/wensen": Permission.PLANNEN,
        "/plannen/{id}/berekenen": Permission.PLANNEN,
        "/plannen/{id}/genoeg": Permission.PLANNEN,
        "/plannen/{id}/vaststellen": Permission.PLANNEN,
        "/plannen/{id}/intrekken": Permission.PLANNEN,
        "/rondes/{id}": Permission.RONDE_LEZEN,
        "/rondes/{id}/export.{bestand}": Permission.RONDE_LEZEN,
        "/v1/rondes": Permission.BEZOEKEN,
        "/v1/rondes/{id}": Permission.RONDE_LEZEN,
        "/v1/rondes/{id}/_starten": Permission.BEZOEKEN,
        "/static": Permission.OPENBAAR,
    }


def test_a_route_without_a_permission_keeps_the_service_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    router = APIRouter()
    router.add_api_route("/geheim", lambda: "x")
    monkeypatch.setattr(service.app, "ROUTERS", (*service.app.ROUTERS, router))
    with pytest.raises(RuntimeError, match="/geheim"):
        create_app(Settings(publicaties=tmp_path / "publicaties"))


def test_two_permissions_on_one_route_are_as_bad_as_none() -> None:
    router = APIRouter()
    both = [requires(Permission.OPENBAAR), requires(Permission.ADRES_LEZEN)]
    router.add_api_route("/dubbel", lambda: "x", dependencies=both)
    assert list(without_permission(list(router.routes))) == ["/dubbel"]
