"""What the service shows of a run's `manifest.json`: declared here, read with care, and everything else left alone.

The scoring run writes it; what is absent becomes empty and the page says "onbekend". Only `run_id` and `peildatum`
are required: without them a publication is not served.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from features.columns import Doel
from features.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class TargetModel:
    """How one target was ranked. basis: log-odds before any contribution; None in a cold start."""

    doel: Doel
    model: str
    versie: str
    digest: str
    basis: float | None
    cijfers: tuple[tuple[str, float], ...]  # name -> figure of the model's own evaluation
    getraind_tot: str = ""  # the last day whose outcomes were learned from
    kalibratie: str = ""  # on what the chance was calibrated
    kenmerken: int = 0
    goedgekeurd: bool | None = None  # by two people; None: not stated, or no model
    niet_gebruikt: tuple[str, ...] = ()  # why a model that exists does not rank this list

    @property
    def trial(self) -> bool:
        """True when two people have not approved the model: the list is there to judge it by."""
        return self.goedgekeurd is False

    @property
    def cold(self) -> bool:
        """True when there were no outcomes to learn from: no `kans`, and the order rests on declared directions."""
        return self.basis is None


@dataclass(frozen=True, kw_only=True)
class InputFile:
    """One file of the delivery as it was read."""

    naam: str
    rijen: int | None
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """One table of the delivery: rows read and used, and the part that was linked to an address (0-1)."""

    tabel: str
    gelezen: int | None
    gebruikt: int | None
    dekking: float | None


@dataclass(frozen=True, kw_only=True)
class Stop:
    """The model is stopped: nothing it said may be shown. sinds: None when the flag does not say; redenen: Dutch."""

    sinds: datetime | None
    redenen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The part of a manifest that people see."""

    run_id: str
    peildatum: date
    modellen: tuple[TargetModel, ...]
    invoer: tuple[InputFile, ...]
    gebruikt: tuple[str, ...]  # sources that were read
    weggelaten: tuple[tuple[str, str], ...]  # source -> why it was left out
    grondslagen: tuple[tuple[str, str], ...]  # source -> ground on which it was read
    dekking: tuple[Coverage, ...]
    software: tuple[tuple[str, str], ...]
    stop: Stop | None = None

    def model(self, doel: Doel) -> TargetModel:
        """The model of `doel`; an unnamed cold one when the manifest has none."""
        for model in self.modellen:
            if model.doel == doel:
                return model
        return TargetModel(doel=doel, model="", versie="", digest="", basis=None, cijfers=())


def read_manifest(path: Path) -> Manifest:
    """The manifest at `path`. Raises Refusal when it is no JSON object, or without run_id or peildatum."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(
            run_id=raw["run_id"],
            peildatum=date.fromisoformat(str(raw["peildatum"])[:10]),
            modellen=tuple(_model(Doel(doel), about) for doel, about in _mapping(raw, "doelen", "modellen").items()),
            invoer=_inputs(raw.get("invoer", [])),
            gebruikt=tuple(_sources_used(raw)),
            weggelaten=tuple(_left_out(raw)),
            grondslagen=tuple((str(k), str(v.get("grondslag", ""))) for k, v in _mapping(raw, "grondslagen").items()),
            dekking=tuple(_coverage(name, about) for name, about in _mapping(raw, "dekking").items()),
            software=tuple((str(k), str(v)) for k, v in _mapping(raw, "software").items()),
            stop=_stop(raw.get("stop")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refusal(
            str(path),
            found=f"{type(fault).__name__}: {fault}",
            expected="the manifest of a scoring run, with run_id and peildatum",
            do="score again; the last good publication stays in use",
        ) from fault


def _stop(flag: object) -> Stop | None:
    """Any flag at all stops, also one that is not as monitoring writes it: in doubt the model is out."""
    if flag is None or flag is False:
        return None
    about = flag if isinstance(flag, Mapping) else {}
    reasons = about.get("reden", ())
    try:
        moment = datetime.fromisoformat(str(about.get("sinds")))
    except ValueError:
        since = None
    else:
        since = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Stop(
        sinds=since,
        redenen=tuple(str(reason) for reason in reasons) if isinstance(reasons, list | tuple) else (str(reasons),),
    )


def _mapping(raw: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        if isinstance(raw.get(name), Mapping):
            return raw[name]
    return {}


def _model(doel: Doel, about: Mapping[str, Any]) -> TargetModel:
    figures = about.get("cijfers") or {}
    base = about.get("basis")
    return TargetModel(
        doel=doel,
        model=str(about.get("model", "")),
        versie=str(about.get("versie", "")),
        digest=str(about.get("digest", "")),
        basis=None if base is None else float(base),
        cijfers=tuple((str(k), float(v)) for k, v in figures.items() if isinstance(v, int | float)),
        getraind_tot=str(about.get("getraind_tot", "")),
        kalibratie=str(about.get("kalibratie", "")),
        kenmerken=len(about.get("kenmerken", [])),
        goedgekeurd=about.get("goedgekeurd") if isinstance(about.get("goedgekeurd"), bool) else None,
        niet_gebruikt=tuple(str(why) for why in about.get("niet_gebruikt", [])),
    )


def _coverage(name: str, about: Mapping[str, Any]) -> Coverage:
    return Coverage(
        tabel=name, gelezen=about.get("gelezen"), gebruikt=about.get("gebruikt"), dekking=about.get("dekking")
    )


def _inputs(files: Sequence[Mapping[str, Any]]) -> tuple[InputFile, ...]:
    return tuple(
        InputFile(
            naam=Path(str(file.get("bestand", file.get("naam", "")))).name,
            rijen=file.get("rijen"),
            sha256=str(file.get("sha256", "")),
        )
        for file in files
    )


def _sources_used(raw: Mapping[str, Any]) -> list[str]:
    return [str(source) for source in raw.get("bronnen", [])]


def _left_out(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(str(source), str(why)) for source, why in _mapping(raw, "weggelaten").items()]
