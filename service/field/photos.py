"""Photos: taken in one by one, each once, and made anew, so that nothing but the picture is left of the file."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from fastapi import HTTPException
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from service.db.database import Unit
from service.faults import Conflict, InputFault
from service.field.kept import one
from service.field.policy import Veld
from service.field.send import Different
from service.field.tables import veldfotos
from service.logs.entry import Entry
from service.people import Person
from service.web.teksten import text

KINDS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"
PIXELS = 40_000_000  # more is no photo of a phone's page, and would fill the memory
QUALITY = 82


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture made anew: JPEG without any metadata. Sides in pixels."""

    inhoud: bytes
    breedte: int
    hoogte: int


def picture(sent: bytes, veld: Veld) -> Picture:
    """Make the picture anew. Raises InputFault on what is no picture, or too large."""
    if len(sent) > veld.foto_bytes:
        raise InputFault("foto", text("veld_fout.foto_te_groot"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(sent), formats=KINDS) as opened:
                if opened.width * opened.height > PIXELS:
                    raise InputFault("foto", text("veld_fout.foto_te_groot"))
                upright = ImageOps.exif_transpose(opened).convert("RGB")  # the turn is in the EXIF, which goes
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        raise InputFault("foto", text("veld_fout.geen_foto")) from None
    upright.thumbnail((veld.foto_zijde, veld.foto_zijde))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)  # pixels alone: what hung on the old picture stays behind
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(inhoud=out.getvalue(), breedte=bare.width, hoogte=bare.height)


def check_digest(sent: bytes, declared: str) -> str:
    """The SHA-256 of what came, in hex. Raises InputFault when it is not what was declared: something was lost."""
    digest = hashlib.sha256(sent).hexdigest()
    if digest != declared:
        raise InputFault("foto", text("veld_fout.foto_beschadigd"))
    return digest


def declared(connection: Connection, person: Person, visit_id: str, photo_id: str) -> str:
    """The SHA-256 that the visit gave for this photo. Raises 404 when it is not of a visit of theirs."""
    kept = one(connection, visit_id)
    if kept is None or kept.persoon != person.id:
        raise HTTPException(404)
    found = next((photo.sha256 for photo in kept.bezoek.fotos if photo.id == photo_id), None)
    if found is None:
        raise HTTPException(404)
    return found


def take(unit: Unit, person: Person, visit_id: str, photo_id: str, digest: str, made: Picture) -> bool:
    """Write it down; False when it was there already. digest: of what was sent. Raises 404, Different on another
    photo under this number, Conflict when it came twice at once.
    """
    expected = declared(unit.connection, person, visit_id, photo_id)
    if digest != expected:
        raise Different(text("veld_fout.andere_foto"))
    kept = one(unit.connection, visit_id)
    address = (kept.identificatie,) if kept else ()
    there = kept is not None and photo_id in kept.fotos
    unit.log(
        Entry(
            handeling="veld.foto" if not there else "veld.herhaald",
            object_soort="veldbezoek",
            object_id=visit_id,
            adressen=address,
            bijzonderheden=(("foto", photo_id),),
        )
    )
    if there:
        return False
    row = {"veldbezoek_id": visit_id, "id": photo_id, "sha256": digest, "ontvangen": unit.now, **vars(made)}
    try:
        unit.connection.execute(insert(veldfotos), row)
    except IntegrityError as fault:
        raise Conflict(text("onderzoek_fout.ander_was_eerst")) from fault
    return True


def content(connection: Connection, visit_id: str, photo_id: str) -> bytes | None:
    """The JPEG; None when it is not there. Whether one may see it is for the caller."""
    found = connection.execute(
        select(veldfotos.c.inhoud).where(veldfotos.c.veldbezoek_id == visit_id, veldfotos.c.id == photo_id)
    ).scalar_one_or_none()
    return bytes(found) if found is not None else None
