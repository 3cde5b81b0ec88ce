"""A delivery: one folder with the registers of one or more gemeenten, and the ground on which each may be used."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from features.columns import Doel, SourceTable
from features.errors import Refusal
from features.geofile import GeoFile, layers
from features.rawfile import RawFile, csv_header, parquet_header, spelled
from features.sources.all import SOURCES, TABLES
from features.table import Grant

MANIFEST = "levering.toml"
SUFFIXES = (".csv", ".csv.gz", ".parquet")
REQUIRED = ("brp", "bag")


@dataclass(frozen=True)
class Delivery:
    """A folder opened: which files hold which table, and what may be read.

    gemeenten: 4-digit codes; empty when there is no levering.toml. grants: per source with a ground.
    files: one entry per table and file. recognised: names of files that stand in another place than FORMATS says and
    were known by their header (only without a levering.toml).
    """

    folder: Path
    gemeenten: tuple[str, ...] = ()
    peildatum: date | None = None
    grants: tuple[Grant, ...] = ()
    files: tuple[RawFile | GeoFile, ...] = ()
    recognised: tuple[str, ...] = ()
    manifest: bytes = field(default=b"", repr=False)

    @staticmethod
    def open(folder: Path) -> Delivery:
        """Open `folder`; raises Refusal when it is not there, holds no known file, or levering.toml is wrong."""
        if not folder.is_dir():
            raise Refusal(str(folder), found="no such folder", expected="a delivery folder", do="check the path")
        manifest = folder / MANIFEST
        raw = manifest.read_bytes() if manifest.exists() else b""
        gemeenten, peildatum, grants = parse_manifest(raw) if raw else ((), None, ())
        files = declared_files(folder)
        recognised: tuple[str, ...] = ()
        if not raw:
            strays = stray_files(folder, {f.path for f in files})
            files, recognised = (*files, *strays), tuple(f.name for f in strays)
        if not files:
            seen = ", ".join(sorted(p.name for p in folder.iterdir())[:8]) or "an empty folder"
            raise Refusal(
                str(folder),
                found=seen,
                expected="registers in the places of docs/data-dictionary.md",
                do="put the exports in the folder",
            )
        return Delivery(folder, gemeenten, peildatum, grants, files, recognised, raw)

    def of(self, table: SourceTable | str) -> tuple[RawFile | GeoFile, ...]:
        """The files of one table, by name."""
        name = table if isinstance(table, str) else table.name
        return tuple(f for f in self.files if f.table.name == name)

    def has(self, source: str) -> bool:
        """True when a file of the source is there."""
        return any(f.table.source == source for f in self.files)

    def grant(self, source: str) -> Grant | None:
        """The ground of a source, None = it may not be read."""
        return next((g for g in self.grants if g.source == source), None)

    def require_grounds(self) -> None:
        """Raises Refusal when BRP or BAG is absent or has no ground: nothing can be built without them."""
        if not self.manifest:
            raise Refusal(
                str(self.folder / MANIFEST),
                found="no such file",
                expected="[levering] with gemeenten and peildatum, and per source [bron.<naam>] with its grondslag",
                do="write it: a source without a ground is not read",
            )
        for source in REQUIRED:
            if not self.has(source):
                raise Refusal(
                    str(self.folder / source),
                    found="no file",
                    expected=f"{source} in the place that docs/data-dictionary.md names",
                    do=f"deliver the {source}",
                )
            if self.grant(source) is None:
                raise Refusal(
                    f"{MANIFEST}, [bron.{source}]",
                    found="no grondslag, or no doel",
                    expected="the ground on which this source may be used",
                    do="fill in grondslag and doel; without them the source may not be read",
                )

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 per file, by name."""
        return {name: digest(path) for name, path in sorted({f.name: f.path for f in self.files}.items())}


def digest(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def parse_manifest(raw: bytes) -> tuple[tuple[str, ...], date, tuple[Grant, ...]]:
    """gemeenten, peildatum and grants of levering.toml; raises Refusal that names the key at fault."""
    try:
        document = tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(MANIFEST, found=str(error), expected="TOML", do="repair that line") from error
    levering = document.get("levering", {})
    gemeenten = levering.get("gemeenten", [])
    if not gemeenten or not all(isinstance(g, str) and len(g) == 4 and g.isdigit() for g in gemeenten):
        raise Refusal(
            f"{MANIFEST}, [levering] gemeenten", found=repr(gemeenten), expected='codes as ["0175"]', do="fill in"
        )
    peildatum = levering.get("peildatum")
    if not isinstance(peildatum, date) or isinstance(peildatum, datetime):
        raise Refusal(
            f"{MANIFEST}, [levering] peildatum", found=repr(peildatum), expected="a date as 2026-10-01", do="fill in"
        )
    grants = [parse_grant(source, table) for source, table in document.get("bron", {}).items()]
    return tuple(sorted(set(gemeenten))), peildatum, tuple(g for g in grants if g.grondslag and g.doelen)


def parse_grant(source: str, table: object) -> Grant:
    """One [bron.<naam>] table; without grondslag, or without any doel, the source is not read."""
    place = f"{MANIFEST}, [bron.{source}]"
    if source not in SOURCES or not isinstance(table, dict):
        raise Refusal(place, found=f"bron.{source}", expected=f"one of {', '.join(SOURCES)}", do="correct the name")
    doelen = table.get("doel", [])
    known = {d.value for d in Doel}
    if not isinstance(doelen, list) or not set(map(str, doelen)) <= known:
        raise Refusal(
            f"{place} doel", found=repr(doelen), expected=f"a list of {', '.join(sorted(known))}", do="correct"
        )
    maanden = table.get("bewaartermijn_maanden", 0)
    if not isinstance(maanden, int) or maanden < 0:
        raise Refusal(f"{place} bewaartermijn_maanden", found=repr(maanden), expected="months, >= 0", do="correct")
    ground = str(table.get("grondslag", "")).strip()
    return Grant(source=source, grondslag=ground, doelen=tuple(Doel(d) for d in doelen), bewaartermijn_maanden=maanden)


def all_tables() -> tuple[SourceTable, ...]:
    """Every declared table, the BRP's first."""
    from features.sources.brp import PERSOONSLIJSTEN

    return (PERSOONSLIJSTEN, *TABLES)


def declared_files(folder: Path) -> tuple[RawFile | GeoFile, ...]:
    """Files in the places of FORMATS, one entry per table; a layer that a GeoPackage does not have is left out."""
    found: list[RawFile | GeoFile] = []
    for table in all_tables():
        suffixes = (".gpkg",) if table.layer else SUFFIXES
        patterns = [p if p.endswith(suffixes) else p + s for p in table.files for s in suffixes]
        paths = sorted({path for p in patterns for path in folder.glob(p) if path.is_file()})
        for path in paths:
            name = path.relative_to(folder).as_posix()
            if not table.layer:
                found.append(RawFile(path, name, table))
            elif table.layer in known_layers(path, name):
                found.append(GeoFile(path, name, table))
    return tuple(found)


def known_layers(path: Path, name: str) -> set[str]:
    """The declared layers that a GeoPackage has; raises Refusal when it has none of them."""
    held = layers(path, name)
    known = {t.layer for t in TABLES if t.layer} & set(held)
    if not known:
        raise Refusal(
            name,
            found=f"layers {', '.join(held) or 'none'}",
            expected="layers " + ", ".join(t.layer for t in TABLES if t.layer),
            do="deliver the GeoPackage as docs/data-dictionary.md describes it",
        )
    return known


def stray_files(folder: Path, known: set[Path]) -> tuple[RawFile | GeoFile, ...]:
    """Files in another place, recognised by their header: for a folder that is not (yet) a whole delivery."""
    found: list[RawFile | GeoFile] = []
    for path in sorted(folder.iterdir()):
        if path in known or not path.is_file():
            continue
        if path.name.endswith(SUFFIXES):
            table = recognise(path)
            if table is not None:
                found.append(RawFile(path, path.name, table))
        elif path.suffix == ".gpkg":
            held = layers(path, path.name)
            found += [GeoFile(path, path.name, t) for t in TABLES if t.layer and t.layer in held]
    return tuple(found)


def recognise(path: Path) -> SourceTable | None:
    """The table all of whose required headers the file has, and the most of its columns; None = none."""
    best: tuple[int, SourceTable | None] = (0, None)
    for table in all_tables():
        if table.layer:
            continue
        file = RawFile(path, path.name, table)
        try:
            header = parquet_header(file) if file.parquet else csv_header(file)[2]
        except Refusal:
            return None
        names = {spelled(h, table) for h in header}
        hits = [any(spelled(n, table) in names for n in (c.name, *c.aliases)) for c in table.columns]
        whole = all(hit or not c.required for hit, c in zip(hits, table.columns, strict=True))
        if whole and sum(hits) > best[0]:
            best = (sum(hits), table)
    return best[1]
