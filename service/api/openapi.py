"""GET /v1/openapi.json: the API's own description, public and readable from any origin (NL API Design Rules)."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from service.api.answers import PROBLEMS
from service.api.links import links
from service.headers import API_VERSION
from service.permissions import Permission, declared, requires
from service.schemas_lijst import beside

API = "/v1"
VERSION_HEADER = {
    "API-Version": {
        "description": "Volledig versienummer van de API.",
        "schema": {"type": "string", "example": API_VERSION},
    }
}
RETRY_HEADER = {"Retry-After": {"description": "Seconden tot het weer kan.", "schema": {"type": "integer"}}}
CONTACT = {
    "name": "Schijnwerper",
    "url": "https://example.nl/schijnwerper",
    "email": "schijnwerper@example.nl",
}
SERVER = {  # https and absolute, as the rules ask; each gemeente has its own name
    "url": "https://{dienst}" + API,
    "variables": {"dienst": {"default": "schijnwerper.example.nl", "description": "De naam van de dienst."}},
}
SESSION = {"sessie": {"type": "apiKey", "in": "cookie", "name": "__Host-schijnwerper"}}
TOKEN = "X-CSRF-Token"
SIGNED_IN = (401, 403, 429, 503)  # what every route can answer that asks who somebody is
CHANGING = {"post", "put", "patch", "delete"}

router = APIRouter(prefix=API)


@router.get("/openapi.json", include_in_schema=False, dependencies=[requires(Permission.OPENBAAR)])
def openapi_document(request: Request) -> JSONResponse:
    """The document, for every origin."""
    return JSONResponse(document(request.app.routes), headers={"Access-Control-Allow-Origin": "*"})


def document(routes: list[Any]) -> dict[str, Any]:
    """FastAPI's document, brought under the API Design Rules: paths under the server's /v1, 400 and not 422,
    problems as application/problem+json, API-Version on every answer, who may do it, and where one can go from here.
    """
    ours = [route for route in routes if isinstance(route, APIRoute) and route.path.startswith(API)]
    made = get_openapi(
        title="Schijnwerper",
        version=API_VERSION,
        description="Ranglijsten van adressen waar de basisregistratie en de werkelijkheid uiteen kunnen lopen, en het "
        "werk dat erop volgt. Een hoge plaats is geen bewijs.",
        contact=CONTACT,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[SERVER],
        tags=_tags(ours),
        routes=ours,
    )
    made["components"]["schemas"] = beside() | made["components"]["schemas"]
    permissions = {(route.path, method.lower()): declared(route) for route in ours for method in route.methods or ()}
    for path, item in made["paths"].items():
        for method, operation in item.items():
            _complete(operation, method, permissions[path, method])
    made["paths"] = {path.removeprefix(API): item for path, item in made["paths"].items()}
    links(made)
    made = _plain_names(made)
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    made["components"]["securitySchemes"] = SESSION
    return made


def _complete(operation: dict[str, Any], method: str, permission: Permission | None) -> None:
    """What holds for every operation of its kind, so that no route has to say it again."""
    operation["x-permission"] = permission
    if permission is not Permission.OPENBAAR:
        operation["security"] = [{"sessie": []}]
        for status in SIGNED_IN:
            operation["responses"].setdefault(str(status), _problem(status))
    if method in CHANGING or operation.get("parameters"):
        operation["responses"].setdefault("400", _problem(400))
    if method in CHANGING:
        operation["responses"].setdefault("415", _problem(415))
        operation.setdefault("parameters", []).append(
            {
                "name": TOKEN,
                "in": "header",
                "required": True,
                "description": "Het token van de sessie.",
                "schema": {"type": "string", "minLength": 1, "maxLength": 64},
            }
        )
    _answers(operation["responses"])
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _plain_names(made: dict[str, Any]) -> dict[str, Any]:
    """Two rooms may have a schema of one name; FastAPI then tells them apart by their files, which no reader knows.

    service__schemas_onderzoeken__PlaceOut -> OnderzoekenPlaceOut.
    """
    text = json.dumps(made)
    for name in made["components"]["schemas"]:
        if "__" in name:
            *rooms, own = name.split("__")
            text = text.replace(f'"{name}"', f'"{rooms[-1].removeprefix("schemas_").capitalize()}{own}"').replace(
                f'/{name}"', f'/{rooms[-1].removeprefix("schemas_").capitalize()}{own}"'
            )
    plain: dict[str, Any] = json.loads(text)
    return plain


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": PROBLEMS[status]["description"],
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _tags(routes: list[APIRoute]) -> list[dict[str, str]]:
    """Every tag once, in the order in which the routes stand."""
    return [{"name": name} for name in dict.fromkeys(str(tag) for route in routes for tag in route.tags)]


def _answers(responses: dict[str, Any]) -> None:
    responses.pop("422", None)
    for status, response in responses.items():
        response["headers"] = VERSION_HEADER | (RETRY_HEADER if status == "429" else {})
        if status >= "400":
            schema = response["content"].pop("application/json")["schema"]
            response["content"]["application/problem+json"] = {"schema": schema}
