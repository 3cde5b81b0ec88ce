"""Where one can go from an answer, in the document: OpenAPI links from an id in an answer to the operation it opens.

A client, or a test that walks, follows the work as a person does: list, address, judgement, investigation, step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Link:
    """From `operation`'s `status` to `to`; id: where in the answer the path parameter `id` of `to` stands.

    body: what `to` asks for, with runtime expressions where the answer holds it.
    """

    operation: str
    status: str
    to: str
    id: str
    body: Mapping[str, Any] | None = None


JUDGEMENT = {
    "oordeel": "in_onderzoek",
    "motivering": "De meterstand loopt op terwijl niemand is ingeschreven.",
    "versie": "$response.body#/versie",
    "getoond": "$response.body#/getoond",
}
STEP = {
    "stap": "$response.body#/mogelijk/0/stap",
    "versie": "$response.body#/onderzoek/versie",
    "sleutel": "$response.body#/onderzoek/id",
    "motivering": "Uit het dossier blijkt gerede twijfel.",
}
LINKS: Sequence[Link] = (
    Link(operation="ranglijstAdressen", status="200", to="adres", id="/rijen/0/adres/id"),
    Link(operation="werkvoorraad", status="200", to="werkitem", id="/open/0/id"),
    Link(operation="werkitem", status="200", to="oordeel", id="/id", body=JUDGEMENT),
    Link(operation="oordeel", status="201", to="onderzoeken", id=""),
    Link(operation="onderzoeken", status="200", to="onderzoek", id="/rijen/0/id"),
    Link(operation="onderzoek", status="200", to="onderzoekStap", id="/onderzoek/id", body=STEP),
    Link(operation="vraagInzage", status="201", to="inzageGegevens", id="/id"),
    Link(operation="inzageTeBevestigen", status="200", to="beslisInzage", id="/verzoeken/0/id"),
    Link(operation="inzageverzoeken", status="200", to="inzageGegevens", id="/verzoeken/0/id"),
)


def links(document: dict[str, Any]) -> None:
    """Add to `document` every link of which both ends are in it."""
    operations = {
        operation["operationId"]: operation for item in document["paths"].values() for operation in item.values()
    }
    for link in LINKS:
        answer = operations.get(link.operation, {}).get("responses", {}).get(link.status)
        if answer is not None and link.to in operations:
            made: dict[str, Any] = {"operationId": link.to}
            if link.id:
                made["parameters"] = {"id": f"$response.body#{link.id}"}
            if link.body:
                made["requestBody"] = dict(link.body)
            answer.setdefault("links", {})[link.to] = made
