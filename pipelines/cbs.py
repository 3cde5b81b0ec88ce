"""The hand-over to CBS: who was ranked, picked, visited and confirmed, as pseudonyms, for tables by origin.

A gemeente may not make such tables itself: it does not read origin. CBS links the pseudonyms to its own registers and
gives back counts per group, for statistics alone and under an agreement. The pseudonyms are keyed for this purpose
only: they cannot be linked to a publication or to the landing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import numpy as np
import pandas as pd

from features.columns import Doel
from features.errors import Refusal
from features.landing import Landing
from features.stays import stays
from models.fairness import STAGES
from models.tables import Codes
from models.wording import dutch_number
from pipelines.audit import PER_GEMEENTE
from pipelines.fairness import practised
from pipelines.landings import land
from pipelines.places import file_to_write
from pipelines.progress import Steps
from pipelines.ranked import Ranking, published, scored
from pipelines.settings import Settings

README = """Dit bestand hoort bij {name}.

Wat is dit? Een lijst van gepseudonimiseerde {many}, met per doel en stap een 1 of een 0: gerangschikt (in band A, B of
C), uitgekozen (niet door de aselecte steekproef), bezocht, bevestigd. Peildatum {as_of}. Er staan {rows} regels in en
geen andere gegevens.

Waarvoor? Alleen voor tabellen naar herkomst door het CBS, zodat te zien is of groepen gelijk worden behandeld. De
gemeente mag die tabellen niet zelf maken. Stuur het bestand alleen via de beveiligde uitwisseling van het CBS, onder de
overeenkomst die daarvoor is gesloten, en verwijder het daarna.

Kolommen: pseudoniem; per doel en stap een kolom "doel_stap". Leeg = deze stap is niet gemeten (er is geen ranglijst).
{told}

Hoe is een pseudoniem gemaakt? HMAC-SHA256 van {what}, met een sleutel die voor dit doel
("{purpose}") uit de sleutel van de gemeente is afgeleid. Zonder die sleutel is er niets mee te beginnen. Voor de
koppeling maakt de gemeente met dezelfde sleutel een koppeltabel en levert die langs een andere weg; Schijnwerper
bewaart er geen.
"""
PURPOSE = "cbs-eerlijkheid"


class Per(StrEnum):
    """What a row stands for: the purpose decides. Origin is of persons."""

    ADRES = "adres"
    PERSOON = "persoon"


WORDS = {
    Per.ADRES: ("adressen", "de identificatie van het adresseerbaar object", "Een regel is een adres."),
    Per.PERSOON: (
        "personen",
        "het interne pseudoniem van de persoon",
        "Een regel is iemand die op de peildatum op het adres stond ingeschreven; wie geheimhouding heeft, ontbreekt.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What was written: the file, its README beside it, and the number of rows."""

    path: Path
    readme: Path
    rows: int


def run(levering: Path, publicaties: Path | None, path: Path, per: str, settings: Settings, steps: Steps) -> HandOver:
    """Write the file and its README. Rows are in order of pseudonym, so that no order of a register shows."""
    if per not in set(Per):
        raise Refusal("--per", found=repr(per), expected=" or ".join(Per), do="choose what a row stands for")
    file_to_write(path, "--cbs")
    landed = land(levering, settings, steps)
    ranking = scored(landed) if publicaties is None else published(landed, publicaties)
    months = settings.eerlijkheid.maanden
    practice = {doel: practised(landed, ranking.as_of, doel, months) for doel in ranking.ahead}
    flags = stage_flags(ranking, practice)
    if per == Per.PERSOON:
        flags = _of_persons(flags, ranking, landed.landings)
    path.parent.mkdir(parents=True, exist_ok=True)
    return _written(flags, path, Per(per), ranking.as_of, settings.key)


def _written(flags: pd.DataFrame, path: Path, per: Per, as_of: date, key: bytes) -> HandOver:
    own = hmac.new(key, f"{PURPOSE}-{per}".encode(), hashlib.sha256).digest()
    pseudonyms = [hmac.new(own, str(name).encode(), hashlib.sha256).hexdigest() for name in flags.index]
    flags.set_axis(pd.Index(pseudonyms, name="pseudoniem")).sort_index().to_csv(path, sep=";", lineterminator="\n")
    readme = path.with_name(path.name + ".LEESMIJ.txt")
    many, what, told = WORDS[per]
    rows = dutch_number(float(len(flags)), 0)
    text = README.format(name=path.name, many=many, as_of=as_of, rows=rows, told=told, what=what, purpose=PURPOSE)
    readme.write_text(text, encoding="utf-8")
    return HandOver(path=path, readme=readme, rows=len(flags))


def stage_flags(ranking: Ranking, practice: Mapping[Doel, pd.DataFrame]) -> pd.DataFrame:
    """n rows (index: identificatie), a column "doel_stap" of 0/1 per target and stage; empty = not measured."""
    columns: dict[str, pd.Series] = {}
    place = pd.Index(ranking.address)
    for doel, ahead in ranking.ahead.items():
        found = practice[doel]
        picked = found["picked"].to_numpy(dtype=bool)
        visited = picked & found["visited"].to_numpy(dtype=bool)
        masks = (picked, visited, visited & (found["y"] == 1).to_numpy())
        later = [_marked(place, found["address"].to_numpy()[mask]) for mask in masks]
        ranked = None if ahead is None else ahead.astype(np.int64)
        for stage, values in zip(STAGES, (ranked, *later), strict=True):
            columns[f"{doel.value}_{stage}"] = pd.Series(values, index=range(len(place)), dtype="Int64")
    return pd.DataFrame(columns).set_axis(pd.Index(ranking.identificatie))


def _marked(place: pd.Index, address: Codes) -> Codes:
    rows = place.get_indexer(pd.Index(address))
    marks = np.zeros(len(place), dtype=np.int64)
    marks[rows[rows >= 0]] = 1
    return marks


def _of_persons(flags: pd.DataFrame, ranking: Ranking, landings: Sequence[Landing]) -> pd.DataFrame:
    """The flags of each person's address: who is registered there on the day of the ranking, secrecy left out."""
    place = pd.Index(ranking.address)
    names: list[pd.Series] = []
    rows: list[Codes] = []
    for landing in landings:
        persons, address = _registered(landing, ranking.as_of)
        at = place.get_indexer(pd.Index(address))
        names.append(persons[at >= 0])
        rows.append(at[at >= 0])
    index = pd.Index(pd.concat(names)) if names else pd.Index([], dtype="str")
    return flags.iloc[np.concatenate(rows) if rows else []].set_axis(index)


def _registered(landing: Landing, as_of: date) -> tuple[pd.Series, Codes]:
    """(pseudonym, address code) of everybody registered with a residence, without those who have secrecy."""
    sources = landing.at(as_of)
    known = stays(sources)
    if known is None or sources.personen is None:
        return pd.Series([], dtype="str"), np.empty(0, dtype=np.int64)
    secret = sources.personen["geheim"].to_numpy(dtype=bool)
    now = known.current() & ~secret[known.persoon]
    codes = int(landing.gemeente) * PER_GEMEENTE + known.adres[now].astype(np.int64)
    return sources.personen["pseudoniem"].iloc[known.persoon[now]].reset_index(drop=True), codes
