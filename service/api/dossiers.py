"""One address as JSON, put together in one go: `DossierOut` (service/schemas.py) and `StandingHistory`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from service.api.answers import stop_out
from service.api.geometry import point
from service.manifest import Manifest
from service.publication import Publication
from service.records import Address, Dossier, MonthOfUse, Reason, Standing, Stay
from service.schemas import Crs

Json = dict[str, Any]


def as_dossier(publication: Publication, found: Dossier, crs: Crs) -> bytes:
    """`DossierOut`."""
    manifest = publication.manifest
    stop = stop_out(manifest)
    return _json(
        {
            "runId": manifest.run_id,
            "peildatum": manifest.peildatum.isoformat(),
            "adres": address(found.adres, crs),
            "stop": None if stop is None else stop.model_dump(mode="json", by_alias=True),
            "doelen": [
                {
                    "stand": standing(stand),
                    "basis": manifest.model(stand.doel).basis,
                    "redenen": [reason(one) for one in found.redenen_voor(stand.doel)],
                }
                for stand in found.standen
            ],
            "tijdlijn": [stay(one) for one in found.tijdlijn],
            "energie": [month(one) for one in found.energie],
        }
    )


def as_history(id: str, told: Sequence[tuple[Manifest, Sequence[Standing]]]) -> bytes:
    """`StandingHistory`."""
    return _json(
        {
            "id": id,
            "publicaties": [
                {
                    "runId": manifest.run_id,
                    "peildatum": manifest.peildatum.isoformat(),
                    "standen": [standing(stand) for stand in standings],
                }
                for manifest, standings in told
            ],
        }
    )


def address(about: Address, crs: Crs) -> Json:
    """`AddressOut`."""
    place = point(about.x, about.y, crs)
    return {
        "id": about.id,
        "adresseerbaarobjectIdentificatie": about.identificatie,
        "gemeente": about.gemeente,
        "adres": about.adres,
        "postcode": about.postcode,
        "woonplaats": about.woonplaats,
        "buitengebied": about.buitengebied,
        "soort": about.soort,
        "gebruiksdoel": about.gebruiksdoel,
        "oppervlakte": about.oppervlakte,
        "bouwjaar": about.bouwjaar,
        "ingeschrevenen": about.ingeschrevenen,
        "afgeschermd": about.afgeschermd,
        "geometrie": None if place is None else {"type": "Point", "coordinates": place.coordinates},
    }


def standing(stand: Standing) -> Json:
    """`StandingOut`."""
    return vars(stand)


def reason(one: Reason) -> Json:
    """`ReasonOut`."""
    return vars(one)


def stay(one: Stay) -> Json:
    """`StayOut`."""
    return {
        "persoon": one.persoon,
        "functie": one.functie,
        "van": _day(one.van),
        "tot": _day(one.tot),
        "eindeReden": one.einde_reden,
    }


def month(one: MonthOfUse) -> Json:
    """`MonthOut`."""
    return vars(one)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _json(told: Json) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
