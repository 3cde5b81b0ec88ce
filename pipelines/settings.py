"""Settings of the batch edge: one TOML plus environment. The only file of this room that reads the environment.

`schijnwerper.toml` (or the file named by SCHIJNWERPER_INSTELLINGEN):

    [pipeline]
    werkmap = "data"            # landing, feature cache, key: everything we keep between runs
    mlflow = ""                 # tracking URI; empty = MLFLOW_TRACKING_URI, else sqlite in the werkmap
    modelnaam = "schijnwerper"  # start of the registered models' names, for a server that several gemeenten share
    taken = 2                   # parallel processes, one gemeente each
    zaad = 20261001             # seed of everything that draws
    regio = ""                  # folder with the joined tables of other gemeenten (see region.py); empty = none
    capaciteit = 0              # investigations the team can do per half year and target; 0 = as many as last year

    [poorten]                   # bounds of promotion, see models/gates.py
    positieven = 10
    ece = 0.05

    [bewaking]                  # the stop rule, see models/stop_rule.py
    [organisatie]               # who answers for it, see models/accountability/organisation.py

and a table [eerlijkheid], see fairness_settings.py. Each setting of [pipeline] can be overridden by
SCHIJNWERPER_WERKMAP, SCHIJNWERPER_MLFLOW, SCHIJNWERPER_TAKEN and so on. The key of
the pseudonyms and the tie-breaks comes from SCHIJNWERPER_SLEUTEL (>= 32 characters) or from a file in the werkmap, made
on first use and readable by its owner alone; it is never in the TOML, a log or a publication.
"""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from features.errors import Refusal
from models.accountability.organisation import Organisation
from models.fairness_bounds import FairnessBounds
from models.gates import Bounds
from models.stop_rule import StopRule
from pipelines.fairness_settings import bounds_of
from pipelines.places import folder_to_write
from pipelines.settings_tables import table

DEFAULT_FILE = "schijnwerper.toml"
KNOWN = {"werkmap": str, "mlflow": str, "modelnaam": str, "taken": int, "zaad": int, "capaciteit": int, "regio": str}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
MLFLOW_DEFAULT = re.compile(r"(sqlite:.*/mlflow\.db|(file:.*/|\./)?mlruns/?)")  # in whatever folder it was started


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the pipeline needs to know of its surroundings."""

    werkmap: Path
    mlflow: str
    taken: int
    zaad: int
    key: bytes
    modelnaam: str = "schijnwerper"
    capaciteit: int = 0
    regio: str = ""
    poorten: Bounds = field(default_factory=Bounds)
    eerlijkheid: FairnessBounds = field(default_factory=FairnessBounds)
    bewaking: StopRule = field(default_factory=StopRule)
    organisatie: Organisation = field(default_factory=Organisation)

    @property
    def landing_root(self) -> Path:
        """Where deliveries land."""
        return self.werkmap / "landing"


def load() -> Settings:
    """Read TOML and environment once; raises Refusal on an unknown or impossible setting."""
    file = Path(os.environ.get("SCHIJNWERPER_INSTELLINGEN", DEFAULT_FILE))
    given = _from_toml(file)
    values = {name: _setting(name, kind, given, file) for name, kind in KNOWN.items()}
    werkmap = folder_to_write(Path(values["werkmap"] or "data").resolve(), "werkmap")
    taken = int(values["taken"] or min(os.cpu_count() or 1, 8))
    if taken < 1:
        raise Refusal(f"{file}, taken", found=str(taken), expected="at least 1", do="set how many processes may run")
    return Settings(
        werkmap=werkmap,
        mlflow=values["mlflow"] or _tracking_uri() or f"sqlite:///{werkmap / 'mlflow.db'}",
        taken=taken,
        zaad=int(values["zaad"] or 20261001),
        key=_key(werkmap),
        modelnaam=_model_name(values["modelnaam"] or "schijnwerper", file),
        capaciteit=max(int(values["capaciteit"] or 0), 0),
        regio=values["regio"],
        poorten=_bounds(file),
        eerlijkheid=bounds_of(file),
        bewaking=table(file, "bewaking", StopRule),
        organisatie=table(file, "organisatie", Organisation),
    )


def _bounds(file: Path) -> Bounds:
    """The table [poorten]; what is not given keeps its default."""
    given = tomllib.loads(file.read_text(encoding="utf-8")).get("poorten", {}) if file.exists() else {}
    known = {field.name for field in fields(Bounds)}
    for name, value in given.items():
        if name not in known or isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise Refusal(
                f"{file}, [poorten], {name}",
                found=repr(value),
                expected=f"a number of 0 or more for one of {', '.join(sorted(known))}",
                do="correct it",
            )
    return Bounds(**given)


def _tracking_uri() -> str:
    """MLFLOW_TRACKING_URI, unless it is the default that `mlflow run` hands to what it starts: nobody chose that.

    So `mlflow run . -e train` and `schijnwerper promote` after it speak of the same store.
    """
    uri = os.environ.get("MLFLOW_TRACKING_URI", "").strip()
    return "" if "MLFLOW_RUN_ID" in os.environ and MLFLOW_DEFAULT.fullmatch(uri) else uri


def _model_name(name: str, file: Path) -> str:
    if not NAME.fullmatch(name):
        raise Refusal(
            f"{file}, modelnaam", found=repr(name), expected="letters, digits, - and _ (at most 60)", do="correct it"
        )
    return name


def _from_toml(file: Path) -> dict[str, object]:
    if not file.exists():
        if "SCHIJNWERPER_INSTELLINGEN" in os.environ:
            raise Refusal(
                "SCHIJNWERPER_INSTELLINGEN",
                found=f"{file}, which does not exist",
                expected="a TOML file",
                do="correct the path",
            )
        return {}
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("pipeline", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refusal(str(file), found=str(fault), expected="TOML in UTF-8", do="correct the file") from fault
    for name in table:
        if name not in KNOWN:
            raise Refusal(
                f"{file}, [pipeline]", found=f"setting {name!r}", expected=", ".join(KNOWN), do="remove or rename it"
            )
    return dict(table)


def _setting(name: str, kind: type, given: dict[str, object], file: Path) -> str:
    variable = f"SCHIJNWERPER_{name.upper()}"
    text = str(os.environ.get(variable, given.get(name, "")))
    if kind is int and text and not text.lstrip("-").isdigit():
        place = variable if variable in os.environ else f"{file}, {name}"
        raise Refusal(place, found=repr(text), expected="a whole number", do="correct it")
    return text


def _key(werkmap: Path) -> bytes:
    text = os.environ.get("SCHIJNWERPER_SLEUTEL", "")
    if text:
        if len(text) < 32:
            raise Refusal(
                "SCHIJNWERPER_SLEUTEL",
                found=f"{len(text)} characters",
                expected="at least 32",
                do="make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'",
            )
        return text.encode()
    file = werkmap / "sleutel"
    if not file.exists():
        werkmap.mkdir(parents=True, exist_ok=True)
        aside = werkmap / f".sleutel-{os.getpid()}"
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_hex(32))
        try:
            os.link(aside, file)  # whole or not at all; the first of two starters wins
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return file.read_bytes().strip()
