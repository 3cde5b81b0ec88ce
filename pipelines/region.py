"""`schijnwerper share` and `join`: gemeenten learn from each other's tables; no person and no address travels.

A round: every gemeente shares (from the region of the last round, where there is one), one of them joins the shares,
and all put the joined files in the folder that the setting `regio` names. Two or three rounds are enough.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from features.columns import Doel
from features.errors import Refusal
from features.register import admitted
from models.examples import Examples
from models.fitting import enough
from models.region import Region, Share, join
from models.region_document import region_from_json, region_to_json, share_from_json, share_to_json
from models.region_start import others
from models.sharing import shared
from models.tables import Term
from pipelines.landings import Landed, land
from pipelines.outcomes import gathered, population, too_few
from pipelines.places import folder_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Shared:
    """The files that were written, and the targets that had too few labels, with why."""

    files: tuple[Path, ...]
    shares: tuple[Share, ...]
    skipped: tuple[tuple[Doel, str], ...]


@dataclass(frozen=True, kw_only=True)
class Joined:
    """The regions that were written."""

    files: tuple[Path, ...]
    regions: tuple[Region, ...]


def run_share(levering: Path, peildatum: date | None, out: Path, settings: Settings, steps: Steps) -> Shared:
    """Write one file per target with what may leave the house. Raises Refusal when there is nothing to share."""
    folder_to_write(out)
    landed = land(levering, settings, steps)
    as_of = landed.day(peildatum)
    with steps.step("features of the investigated addresses"):
        outcomes = gathered(landed, as_of, settings, steps)
    town = population(landed, as_of)
    shares, skipped = [], []
    for doel in Doel:
        found = outcomes.examples.get(doel)
        if found is None or not enough(found):
            skipped.append((doel, too_few(found)))
            continue
        with steps.step(f"learn {doel.value}"):
            shares.append(_share(doel, found, town, landed, as_of, settings))
    if not shares:
        raise Refusal(
            "share",
            found="; ".join(f"{doel.value}: {why}" for doel, why in skipped),
            expected="labels enough for one target",
            do="share when more outcomes are in; you can use the region's tables meanwhile",
        )
    out.mkdir(parents=True, exist_ok=True)
    files = tuple(out / f"aandeel-{one.doel}-{one.gemeente}-ronde{one.round}.json" for one in shares)
    for file, one in zip(files, shares, strict=True):
        file.write_text(share_to_json(one), encoding="utf-8")
    return Shared(files=files, shares=tuple(shares), skipped=tuple(skipped))


def run_join(sources: Sequence[Path], out: Path) -> Joined:
    """Join share files (or folders of them) into one region per target; raises Refusal where they do not fit."""
    folder_to_write(out)
    files = [file for path in sources for file in (sorted(path.glob("aandeel-*.json")) if path.is_dir() else [path])]
    absent = [str(file) for file in files if not file.is_file()]
    if absent or not files:
        raise Refusal("join", found=", ".join(absent) or "no share", expected="share files", do="correct the paths")
    shares = [share_from_json(file.read_text(encoding="utf-8"), str(file)) for file in files]
    kinds = sorted({one.doel for one in shares})
    regions = tuple(join([one for one in shares if one.doel == doel]) for doel in kinds)
    out.mkdir(parents=True, exist_ok=True)
    written = tuple(out / file_name(region.doel) for region in regions)
    for file, region in zip(written, regions, strict=True):
        file.write_text(region_to_json(region), encoding="utf-8")
    return Joined(files=written, regions=regions)


def file_name(doel: str) -> str:
    """The file of a target's region, in the folder that the setting `regio` names."""
    return f"regio-{doel}.json"


def region_of(doel: Doel, settings: Settings, register: str) -> Region | None:
    """The region's tables for a target, where the setting `regio` names a folder that holds them.

    Raises Refusal for a folder that is not there, or tables of another version of the register.
    """
    if not settings.regio:
        return None
    folder = Path(settings.regio)
    if not folder.is_dir():
        raise Refusal("regio", found=str(folder), expected="a folder with joined tables", do="correct the setting")
    file = folder / file_name(doel.value)
    if not file.exists():
        return None
    region = region_from_json(file.read_text(encoding="utf-8"), str(file))
    if region.doel != doel.value or region.register != register:
        raise Refusal(
            str(file),
            found=f"tables for {region.doel} of register {region.register}",
            expected=f"{doel.value}, register {register}",
            do="join shares that were made with this version",
        )
    return region


def region_digest(settings: Settings) -> str:
    """What the region's files hold, as one digest; empty without a region."""
    files = sorted(Path(settings.regio).glob("regio-*.json")) if settings.regio else []
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest() if files else ""


def start(doel: Doel, landed: Landed, settings: Settings, register: str) -> tuple[Term, ...]:
    """What the other gemeenten's tables say; empty without a region."""
    return others(region_of(doel, settings, register), tuple(landed.report.gemeenten))


def _share(doel: Doel, found: Examples, town: pd.DataFrame, landed: Landed, as_of: date, settings: Settings) -> Share:
    features = tuple(f for f in admitted(doel, landed.report.grants) if f.name in found.X)
    return shared(
        doel,
        found,
        town[[feature.name for feature in features]],
        features,
        gemeente="-".join(landed.report.gemeenten),
        peildatum=as_of.isoformat(),
        region=region_of(doel, settings, found.register),
        seed=settings.zaad,
    )
