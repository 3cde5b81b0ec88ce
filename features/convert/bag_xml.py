"""The objects of a Kadaster BAG 2.0 extract, one by one: nested zips are read as a stream, nothing is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

import shapely

from features.convert.gml import shape
from features.errors import Refusal

# Of every object one part file: 0221VBO15092020-000001.xml. Inactive, under investigation and non-BAG parts are others.
PART = re.compile(r"(?:^|/)\d{4}(VBO|PND|NUM|OPR|WPL|LIG|STA)\d{8}.*\.(?:zip|xml)$")
RELATION = re.compile(r"(?:^|/)GEM-WPL-RELATIE.*\.(?:zip|xml)$")


@dataclass(frozen=True)
class BagObject:
    """One occurrence of an object: kind (VBO, PND, …), its texts by element name, references, and shape."""

    kind: str
    identificatie: str
    number: int  # voorkomenidentificatie
    begin: str
    end: str  # eindGeldigheid, empty = it goes on
    closed: bool  # eindRegistratie or tijdstipInactief is filled: no longer what the register says
    texts: dict[str, tuple[str, ...]]
    geometry: shapely.Geometry | None

    def text(self, name: str) -> str | None:
        """The first text of an element, None when absent."""
        return self.texts.get(name, (None,))[0]


def parts(source: Path) -> Iterator[tuple[str, str, IO[bytes]]]:
    """(kind, name, stream) of every part file of a zip, a zip of zips, or a folder of them; kind GWR = the relation of
    gemeente and woonplaats. Raises Refusal on what is no zip."""
    files = sorted(source.glob("*.zip")) + sorted(source.glob("*.xml")) if source.is_dir() else [source]
    for path in files:
        if not path.exists():
            raise Refusal(str(path), found="no such file", expected="a BAG extract (zip)", do="check the path")
        with path.open("rb") as stream:
            yield from _unfold(path.name, stream)


def _unfold(name: str, stream: IO[bytes]) -> Iterator[tuple[str, str, IO[bytes]]]:
    if "__MACOSX" in name:
        return
    if name.endswith(".zip"):
        try:
            with zipfile.ZipFile(stream) as archive:
                for inner in archive.namelist():
                    if inner.endswith(".xml") or PART.search(inner) or RELATION.search(inner):
                        with archive.open(inner) as part:
                            yield from _unfold(inner, io.BytesIO(part.read()) if inner.endswith(".zip") else part)
        except (zipfile.BadZipFile, EOFError) as error:
            raise Refusal(
                name, found=f"a damaged zip ({error})", expected="a whole zip", do="fetch it again"
            ) from error
    elif found := PART.search(name):
        yield found.group(1), name, stream
    elif RELATION.search(name):
        yield "GWR", name, stream


def objects(kind: str, name: str, stream: IO[bytes]) -> Iterator[BagObject]:
    """Every occurrence in one part file; raises Refusal when it is not well-formed."""
    try:
        parent: Element | None = None
        for event, element in iterparse(stream, events=("start", "end")):
            tag = local(element.tag)
            if event == "start" and tag == "stand":
                parent = element
            elif event == "end" and tag == "bagObject":
                yield _read(kind, element[0])
                if parent is not None:
                    parent.clear()
    except ParseError as error:
        raise Refusal(
            name, found=f"damaged XML ({error})", expected="a BAG 2.0 extract", do="fetch it again"
        ) from error


def _read(kind: str, element: Element) -> BagObject:
    texts: dict[str, tuple[str, ...]] = {}
    geometry = None
    for child in element:
        tag = local(child.tag)
        if tag == "geometrie":
            geometry = shape(child)
        elif tag == "voorkomen":
            texts |= {local(e.tag): (e.text.strip(),) for e in child.iter() if e.text and e.text.strip()}
        elif len(child):
            texts[tag] = tuple(e.text.strip() for e in child.iter() if e is not child and e.text and e.text.strip())
        elif child.text:
            texts[tag] = (*texts.get(tag, ()), child.text.strip())
    return BagObject(
        kind=kind,
        identificatie=texts["identificatie"][0],
        number=int(texts.get("voorkomenidentificatie", ("0",))[0]),
        begin=texts.get("beginGeldigheid", ("",))[0],
        end=texts.get("eindGeldigheid", ("",))[0],
        closed="eindRegistratie" in texts or "tijdstipInactief" in texts,
        texts=texts,
        geometry=geometry,
    )


def towns(stream: IO[bytes]) -> dict[str, str]:
    """woonplaats -> gemeente, of the relations that go on."""
    found: dict[str, str] = {}
    for _, element in iterparse(stream):
        if local(element.tag) == "GemeenteWoonplaatsRelatie":
            texts = [e.text or "" for e in element.iter() if local(e.tag) == "identificatie"]
            ended = any(local(e.tag) == "einddatumTijdvakGeldigheid" for e in element.iter())
            if len(texts) == 2 and not ended:
                found[texts[0]] = texts[1]
            element.clear()
    return found


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]
