"""For the tests of the field: a round on the contract of service/rounds/records, a visit in it, and a photo."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image

from service import opaque
from service.cases.records import Case
from service.cases.visits import Getroffen
from service.field.visit import FieldVisit
from service.rounds.records import Adres, Ronde, Stop
from tests.service.serving import KEY

DAY = date(2026, 11, 25)


def address_id(identificatie: str) -> str:
    return opaque.opaque_id(opaque.subkey(KEY, "adres"), identificatie)


def door(case: Case, **about: Any) -> Adres:
    told: dict[str, Any] = {
        "id": address_id(case.identificatie),
        "identificatie": case.identificatie,
        "onderzoek_id": case.id,
        "gemeente": case.gemeente,
        "adres": f"Zandweg {int(case.identificatie[-4:])}",
        "postcode": "7921 AB",
        "woonplaats": "Oosterveen",
        "doel": case.doel,
        "afgeschermd": False,
        "x": 231000.0,
        "y": 517000.0,
        "redenen": ("Er staat niemand ingeschreven, maar het stroomverbruik was 2.840 kWh in een jaar.",),
        **about,
    }
    return Adres(**told)


def round_of(doors: Sequence[Sequence[Adres]], members: Sequence[str], begin: datetime, *, id: str = "ronde1") -> Ronde:
    """Twenty minutes a stop."""
    moments = [begin + timedelta(minutes=20 * i) for i in range(len(doors) + 1)]
    stops = tuple(
        Stop(
            id=f"{id}s{nr}",
            nr=nr,
            adressen=tuple(there),
            x=there[0].x,
            y=there[0].y,
            aankomst=moments[nr - 1],
            begin=moments[nr - 1],
            einde=moments[nr],
        )
        for nr, there in enumerate(doors, start=1)
    )
    return Ronde(
        id=id,
        plan_id="plan1",
        gemeente="0175",
        dag=DAY,
        team="Team Noord",
        leden=tuple(members),
        start_x=231000.0,
        start_y=517000.0,
        vertrek=begin,
        terug=moments[-1],
        stops=stops,
    )


def visit(case: Case, moment: datetime, **about: Any) -> FieldVisit:
    """Nobody home, unless said otherwise."""
    told: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "ronde_id": "ronde1",
        "adres_id": address_id(case.identificatie),
        "onderzoek_id": case.id,
        "versie": case.versie,
        "moment": moment,
        "geen_band": True,
        "getroffen": Getroffen.NIEMAND,
        **about,
    }
    return FieldVisit(**told)


def jpeg(width: int = 640, height: int = 480, *, exif: bool = False, comment: bytes = b"") -> bytes:
    """A photo; with `exif` one that tells where it was made and lies on its side."""
    image = Image.new("RGB", (width, height), (200, 60, 20))
    image.paste((20, 60, 200), (0, 0, width // 4, height // 4))
    out = io.BytesIO()
    if not exif:
        image.save(out, "JPEG", comment=comment)
        return out.getvalue()
    about = Image.Exif()
    about[0x0112] = 6  # turned
    about[0x010F] = "Kanarie Camera"
    about.get_ifd(0x8825)[1] = "N"
    image.save(out, "JPEG", exif=about, comment=comment)
    return out.getvalue()
