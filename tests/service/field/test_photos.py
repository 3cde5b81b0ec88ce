"""Photos: what is stored is the picture and nothing else."""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib

import pytest
from fastapi import HTTPException
from PIL import Image

from service.faults import InputFault
from service.field import photos
from service.field.policy import Veld
from service.field.visit import Photo
from service.logs.entry import Trace
from tests.service.field.at_door import jpeg
from tests.service.field.conftest import Field


def test_nothing_but_the_picture_is_left_and_it_stands_upright() -> None:
    made = photos.picture(jpeg(2400, 1200, exif=True, comment=b"Kanarie Kommentaar"), Veld())
    assert b"Kanarie" not in made.inhoud and b"Exif" not in made.inhoud
    with Image.open(io.BytesIO(made.inhoud)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (800, 1600))  # turned, and not larger than it may be
        assert "comment" not in seen.info and not seen.getexif()


@pytest.mark.parametrize(
    "sent",
    [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"x" * 50, jpeg()[:400], b"\xff\xd8\xff\xe0" + b"\0" * 500],
)
def test_what_is_no_picture_is_refused(sent: bytes) -> None:
    with pytest.raises(InputFault):
        photos.picture(sent, Veld())


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(InputFault):
        photos.picture(b"x" * 3_000_001, Veld())
    head = b"\x89PNG\r\n\x1a\n"
    size = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    chunk = b"IHDR" + size
    bomb = head + len(size).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    with pytest.raises(InputFault):
        photos.picture(bomb + b"\0\0\0\0IEND\xaeB`\x82", Veld())


def test_each_photo_once_and_only_of_ones_own_visit(field: Field) -> None:
    sent, id = jpeg(), str(uuid.uuid4())
    visit = field.visit(fotos=(Photo(id=id, sha256=hashlib.sha256(sent).hexdigest()),))
    assert field.send(visit).fotos == ()
    person = field.work.people["p-veerle"]
    with field.work.database.looking() as read, pytest.raises(HTTPException):
        photos.declared(read, field.work.people["p-vera"], visit.id, id)
    with pytest.raises(InputFault, match="niet heel"):
        photos.check_digest(sent[:-1], visit.fotos[0].sha256)
    made = photos.picture(sent, Veld())
    taken = []
    for _ in range(2):
        with field.work.database.unit(person, Trace()) as unit:
            taken.append(photos.take(unit, person, visit.id, id, visit.fotos[0].sha256, made))
    assert taken == [True, False] and field.send(visit).fotos == (id,)
    with field.work.database.looking() as read:
        assert photos.content(read, visit.id, id) == made.inhoud
