"""A synthetic gemeente as the stage of a closed loop: made once, kept on disk, opened by every policy that plays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel
from features.landing import Landing
from features.table import FeatureTable
from models.labels import labels, month_end_before
from models.loop_world import Answers
from pipelines.landings import land
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.tables import kept
from synthetic.answers import answers, truth
from synthetic.params import Params, month_start
from synthetic.synthesize import make, synthesize
from synthetic.world import FOREVER
from synthetic.world import World as Town

AFTER = 6  # months the world goes on after the loop, so that the last outcomes come in
ANSWERS, READY = "antwoorden.parquet", ".gereed"
DAY = "datetime64[s]"


@dataclass(frozen=True, kw_only=True)
class Play:
    """A gemeente and its loop: `before` months of past practice, then `months` of the loop."""

    addresses: int = 20_000
    seed: int = 1
    before: int = 36
    months: int = 24

    @property
    def params(self) -> Params:
        """The parameters of its world."""
        return Params(addresses=self.addresses, seed=self.seed, months=self.before + self.months + AFTER)

    @property
    def starts(self) -> tuple[date, ...]:
        """The first day of each month of the loop."""
        days = month_start(self.params.first_month + self.before + np.arange(self.months))
        return tuple(day.date() for day in pd.to_datetime(days, unit="D"))

    @property
    def name(self) -> str:
        """Of its folder."""
        return f"{self.addresses}-{self.seed}-{self.before}-{self.months}"


@dataclass(frozen=True)
class Stage:
    """The World (models/loop_world.py) of one gemeente."""

    play: Play
    landing: Landing
    found: pd.DataFrame  # month by month, target by target, n rows each: see `_answers`

    @property
    def starts(self) -> Sequence[date]:
        """The first day of each month of the loop."""
        return self.play.starts

    @cached_property
    def end(self) -> date:
        """The last day of the world."""
        return self.play.params.peildatum

    def table(self, as_of: date) -> FeatureTable:
        """Features as known on `as_of`."""
        return kept(self.landing, as_of)

    def before(self) -> pd.DataFrame:
        """The investigations of past practice, also those that were still running when the loop began."""
        return _before(self.landing, self.play)

    def labels(self, investigations: pd.DataFrame, as_of: date, doel: Doel) -> pd.DataFrame:
        """By the production code, as if these were the delivery's investigations."""
        return labels(replace(self.landing.at(as_of), onderzoeken=investigations), doel)

    def answers(self, month: int, doel: Doel) -> Answers:
        """The potential outcomes of a month."""
        rows = self._rows(month, doel)
        marks = {name: rows[name].to_numpy(dtype=bool) for name in ("confirmed", "other", "silent", "true")}
        return Answers(found=rows.drop(columns=[*marks, "holds"]).reset_index(drop=True), **marks)

    def truth(self, month: int, doel: Doel) -> NDArray[np.bool_]:
        """Whether the target holds in a month."""
        return self._rows(month, doel)["holds"].to_numpy(dtype=bool)

    def _rows(self, month: int, doel: Doel) -> pd.DataFrame:
        n = len(self.found) // (len(self.starts) * len(Doel))
        first = (month * len(Doel) + list(Doel).index(doel)) * n
        return self.found.iloc[first : first + n]


def stage(play: Play, folder: Path, settings: Settings) -> Stage:
    """Make (once) and open the stage of `play` below `folder`: delivery, landing, month-ends and answers."""
    place, steps = folder / play.name, Steps(quiet=True)
    levering, ready = place / "levering", place / READY
    if not ready.exists():
        place.mkdir(parents=True, exist_ok=True)
        synthesize(play.params, levering)
    landed = land(levering, replace(settings, werkmap=place / "werk"), steps)
    landing = landed.landings[0]
    if not ready.exists():
        needed = month_end_before(_before(landing, play)["bekend"]).unique()
        eves = month_end_before(pd.Series(pd.to_datetime(list(play.starts))))
        days = sorted({pd.Timestamp(day).date() for day in (*needed, *eves)})
        for day in days:
            table = kept(landing, day)
        _answers(play, landing, table).to_parquet(place / ANSWERS, index=False)
        ready.touch()
    return Stage(play=play, landing=landing, found=pd.read_parquet(place / ANSWERS))


def _before(landing: Landing, play: Play) -> pd.DataFrame:
    found = landing.at(play.params.peildatum).onderzoeken
    if found is None:
        raise ValueError("Expected a delivery with investigations.")
    found = found[(found["bekend"] < pd.Timestamp(play.starts[0])) & (found["adres"] >= 0)]
    texts = {name: found[name].astype("str") for name in ("doel", "aanleiding", "uitkomst", "behandelaar")}
    return found.assign(**texts).reset_index(drop=True)


def _answers(play: Play, landing: Landing, table: FeatureTable) -> pd.DataFrame:
    """All potential outcomes: the columns of Answers.found, its marks, and `holds`: the target holds in the month."""
    town = make(play.params)
    parts = [_month(play, landing, table, town, month, doel) for month in range(play.months) for doel in Doel]
    frame = pd.concat(parts, ignore_index=True)
    return frame.astype({"uitkomst": "category", "behandelaar": "category"})


def _month(play: Play, landing: Landing, table: FeatureTable, town: Town, month: int, doel: Doel) -> pd.DataFrame:
    rows = pd.Index(town.town.adressen["identificatie"]).get_indexer(table.identificatie)
    if (rows < 0).any():
        raise ValueError("Expected every scored address in the town.")
    said = answers(town, play.before + month, doel).iloc[rows]
    adres = table.adres.to_numpy()
    frame = pd.DataFrame(
        {
            "onderzoek_id": pd.Series(adres).map(f"S{month:03d}-{doel.value[:2]}-{{:06d}}".format).to_numpy(),
            "adres": adres,
            "bekend": _days(said["start"]),
            "bezoekpogingen": said["attempts"].to_numpy(dtype=np.float64),
            "afgerond": _days(said["finished"]),
            "uitkomst": said["outcome"].to_numpy(),
            "behandelaar": np.char.add("s-", said["handler"].to_numpy(dtype=np.int64).astype("U3")),
        }
    )
    asked = frame.assign(doel=doel.value, aanleiding="", selectiekans=np.nan)
    known = replace(landing.at(play.params.peildatum), onderzoeken=asked)
    mine, other = (
        labels(known, one).set_index("adres")["y"].reindex(adres).to_numpy()
        for one in (doel, *(d for d in Doel if d is not doel))
    )
    return frame.assign(
        confirmed=mine == 1,
        other=other == 1,
        silent=np.isnan(mine),
        true=said["true"].to_numpy(dtype=bool),
        holds=truth(town, play.before + month, doel)[rows],
    )


def _days(day: pd.Series) -> NDArray[np.datetime64]:
    number = day.to_numpy(dtype=np.int64)
    return np.where(number == FOREVER, np.datetime64("NaT", "D"), number.astype("datetime64[D]")).astype(DAY)
