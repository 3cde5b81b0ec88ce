"""GET /v1/openapi.json: the API's own description, public and readable from any origin (NL API Design Rules)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from service.headers import API_VERSION
from service.permissions import Permission, declared, requires

API = "/v1"
VERSION_HEADER = {
    "API-Version": {
        "description": "Volledig versienummer van de API.",
        "schema": {"type": "string", "example": API_VERSION},
    }
}
CONTACT = {
    "name": "Schijnwerper",
    "url": "https://example.nl/schijnwerper",
    "email": "schijnwerper@example.nl",
}

router = APIRouter(prefix=API)


@router.get("/openapi.json", include_in_schema=False, dependencies=[requires(Permission.OPENBAAR)])
def openapi_document(request: Request) -> JSONResponse:
    """The document, for every origin."""
    return JSONResponse(document(request.app.routes), headers={"Access-Control-Allow-Origin": "*"})


def document(routes: list[Any]) -> dict[str, Any]:
    """FastAPI's document, brought under the API Design Rules: paths under the server's /v1, 400 and not 422,
    problems as application/problem+json, API-Version on every answer, and the permission of every operation.
    """
    ours = [route for route in routes if isinstance(route, APIRoute) and route.path.startswith(API)]
    made = get_openapi(
        title="Schijnwerper",
        version=API_VERSION,
        description="Ranglijsten van adressen waar de basisregistratie en de werkelijkheid uiteen kunnen lopen. "
        "Een hoge plaats is geen bewijs.",
        contact=CONTACT,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": API}],
        tags=[{"name": "ranglijsten"}, {"name": "adressen"}],
        routes=ours,
    )
    permissions = {route.path: declared(route) for route in ours}
    for path, item in made["paths"].items():
        for operation in item.values():
            operation["x-permission"] = permissions[path]
            _answers(operation["responses"])
    made["paths"] = {path.removeprefix(API): item for path, item in made["paths"].items()}
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    return made


def _answers(responses: dict[str, Any]) -> None:
    responses.pop("422", None)
    for status, response in responses.items():
        response["headers"] = VERSION_HEADER
        if status >= "400":
            schema = response["content"].pop("application/json")["schema"]
            response["content"]["application/problem+json"] = {"schema": schema}
