"""Law 9, first half: every route declares its permission."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Mount

import service.app
from service.app import create_app
from service.permissions import Permission, declared, requires, without_permission
from service.settings import Settings


def test_every_route_of_the_app_declares_one_permission(tmp_path: Path) -> None:
    app = create_app(Settings(publicaties=tmp_path / "publicaties")).app
    found = {route.path: declared(route) for route in app.routes if isinstance(route, APIRoute | Mount)}
    assert len(found) == len(app.routes)
    # Written out on purpose: a new route, or one that becomes public, must be seen here.
    assert found == {
        "/v1/ranglijsten/{doel}/adressen": Permission.RANGLIJST_LEZEN,
        "/v1/adressen/{id}": Permission.ADRES_LEZEN,
        "/v1/openapi.json": Permission.OPENBAAR,
        "/": Permission.OPENBAAR,
        "/ranglijsten/{doel}": Permission.RANGLIJST_LEZEN,
        "/adressen/{id}": Permission.ADRES_LEZEN,
        "/over": Permission.OPENBAAR,
        "/kaart/raster": Permission.RANGLIJST_LEZEN,
        "/inloggen": Permission.OPENBAAR,
        "/inloggen/demo": Permission.OPENBAAR,
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
