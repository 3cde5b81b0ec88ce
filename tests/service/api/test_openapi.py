"""The rules of the NLgov linter that FastAPI breaks by default, each checked here without the linter."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from service.people import Role
from tests.service.serving import Served


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    answer = client.get("/v1/openapi.json", headers={"Origin": "https://elders.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    body: dict[str, Any] = answer.json()
    return body


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in document["paths"].values() for operation in item.values()]


def test_only_the_document_is_open_to_other_origins(client: httpx.Client) -> None:
    answer = client.get("/v1/ranglijsten/spookbewoning/adressen", headers={"Origin": "https://elders.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_version_contact_and_server(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["info"]["version"])
    assert set(document["info"]["contact"]) == {"name", "url", "email"}
    (server,) = document["servers"]
    assert server["url"] == "https://{dienst}/v1" and set(server["variables"]) == {"dienst"}


def test_paths_and_query_keys(document: dict[str, Any]) -> None:
    assert {"/ranglijsten/{doel}/adressen", "/adressen/{id}", "/modelkaarten/{doel}"} <= set(document["paths"])
    assert all(re.fullmatch(r"(/_?[a-z-]+|/\{[a-zA-Z]+\})+", path) for path in document["paths"])
    for operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert parameter["in"] == "header" or re.fullmatch(r"[a-z][a-zA-Z]*", parameter["name"])


def test_every_answer_names_its_version_and_every_error_is_a_problem(document: dict[str, Any]) -> None:
    for operation in operations(document):
        assert "422" not in operation["responses"]
        assert "400" in operation["responses"] or not operation.get("parameters")
        assert operation["x-permission"] and {"401", "403", "429", "503"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"]
            if status >= "400":
                assert set(response["content"]) == {"application/problem+json"}
    assert {"status", "title", "detail"} <= set(document["components"]["schemas"]["Problem"]["required"])


def test_what_changes_something_asks_for_the_token_and_for_json(document: dict[str, Any], client: httpx.Client) -> None:
    for item in document["paths"].values():
        for method, operation in item.items():
            asked = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"}
            assert asked == (set() if method == "get" else {"X-CSRF-Token"})
            assert ("415" in operation["responses"]) == (method != "get")


def test_another_kind_of_body_is_refused(served: Served) -> None:
    with served.client(Role.PRIVACY) as privacy:
        answer = privacy.post("/v1/inzageverzoeken", content="<x/>", headers={"Content-Type": "text/xml"})
    assert (answer.status_code, answer.json()["status"]) == (415, 415)


def test_links_lead_to_operations_that_exist(document: dict[str, Any]) -> None:
    ids = {operation["operationId"] for operation in operations(document)}
    for operation in operations(document):
        for response in operation["responses"].values():
            assert {link["operationId"] for link in response.get("links", {}).values()} <= ids


def test_what_is_answered_is_what_is_described(document: dict[str, Any], client: httpx.Client) -> None:
    row = document["components"]["schemas"]["RankedList"]["properties"]
    assert set(client.get("/v1/ranglijsten/spookbewoning/adressen").json()) == set(row)
