"""From the store's records to the API's schemas, and what every API route shares."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request

from service.api.geometry import point
from service.manifest import Manifest, Stop
from service.records import Address, Ranked, Reason, Standing
from service.schemas import AddressOut, Crs, Problem, RankedOut, ReasonOut, StandingOut, StopOut
from service.store import Publications

WITH_BODY = {"POST", "PUT", "PATCH"}
JSON_TYPES = ("application/json", "application/*", "*/*")
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words}
    for status, words in (
        (400, "De vraag klopt niet; alle fouten staan erin."),
        (401, "Niemand is ingelogd."),
        (403, "Wie is ingelogd mag dit niet, of het verzoek komt niet van onze eigen pagina."),
        (404, "Niet gevonden."),
        (406, "Alleen application/json wordt gegeven."),
        (409, "Het kan nu niet: een ander was eerder, of de stap is hier niet toegestaan."),
        (410, "De run van deze cursor bestaat niet meer."),
        (415, "Alleen application/json wordt aangenomen."),
        (429, "In korte tijd is te veel opgevraagd; Retry-After zegt wanneer het weer kan."),
        (503, "Er is nog geen publicatie, of de opslag antwoordt niet."),
    )
}


def publications(request: Request) -> Publications:
    """The store that `create_app` made."""
    store: Publications = request.app.state.publications
    return store


def sends_json(request: Request) -> None:
    """Raises 415 when the client sends something else than JSON."""
    sent = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if request.method in WITH_BODY and sent not in ("", "application/json"):
        raise HTTPException(415)


async def accepts_json(request: Request) -> None:  # async: on the event loop, without a thread's detour
    """Raises 406 when the client takes no JSON, 415 when it sends something else."""
    sends_json(request)
    accept = request.headers.get("accept", "*/*")
    wanted = [part.split(";")[0].strip() for part in accept.split(",")]
    if not any(kind in JSON_TYPES for kind in wanted):
        raise HTTPException(406)


Store = Annotated[Publications, Depends(publications)]


def reason_out(reason: Reason) -> ReasonOut:
    """As published."""
    return ReasonOut(**vars(reason))


def standing_out(standing: Standing) -> StandingOut:
    """As published."""
    return StandingOut(**vars(standing))


def address_out(address: Address, crs: Crs) -> AddressOut:
    """As published, its place as a GeoJSON point in `crs`."""
    about = {name: value for name, value in vars(address).items() if name not in {"identificatie", "x", "y"}}
    return AddressOut(
        **about,
        adresseerbaarobject_identificatie=address.identificatie,
        geometrie=point(address.x, address.y, crs),
    )


def stop_out(manifest: Manifest) -> StopOut | None:
    """The stop of a publication, None while its model is in use."""
    return stop_standing(manifest.stop)


def stop_standing(stop: Stop | None) -> StopOut | None:
    """A stop as the API tells it."""
    return None if stop is None else StopOut(sinds=stop.sinds, reden=list(stop.redenen))


def ranked_out(row: Ranked, crs: Crs) -> RankedOut:
    """One row of a list."""
    return RankedOut(
        adres=address_out(row.adres, crs),
        stand=None if row.stand is None else standing_out(row.stand),
        redenen=[reason_out(reason) for reason in row.redenen],
    )
