"""Registrations -> the rows of category 08 of persoonslijsten, with what clerks and conversions leave behind.

Earlier residences in other gemeenten, technical rows of 2010-2011 that lend the ids of the BAG to older rows, incorrect
rows, dates of which a part is unknown, rows without ids: as in the official test set.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthetic.params import Params
from synthetic.world import FOREVER, Lives

IDS_SINCE = int(np.datetime64("2009-11-01", "D").astype(int))
FULL, NO_DAY, NO_MONTH, NOTHING = 0, 1, 2, 3  # how much of a date is unknown
BOTH, ONLY_NUMMERAANDUIDING, TEXT = 0, 1, 2  # which ids a row carries
SECOND, YEAR = 1, 365.25


def rows(lives: Lives, params: Params) -> pd.DataFrame:
    """All category 08 rows, per person the newest first.

    person, address (-1 = not ours), elders (number of an address elsewhere; -1 = none), functie, van, precies, bekend,
    aangifte, vertrek (land; "" = none), vestiging (land), onderzoek, onderzoek_van, onderzoek_tot, onjuist, ids,
    gemeente_van, vestiging_van.
    """
    rng = params.rng("lists")
    said = lives.registrations
    table = _base(said[said["soort"] != "overleden"], rng)
    table = pd.concat([_before(table, lives, rng), table], ignore_index=True)
    table["precies"] = _precision(table, rng)
    table = pd.concat([table, _technical(table, rng, params), _incorrect(table, rng)], ignore_index=True)
    table = table.sort_values(["person", "bekend", "rang", "van"], kind="stable", ignore_index=True)
    _since(table)
    table["ids"] = _ids(table, rng)
    return table.iloc[::-1].sort_values("person", kind="stable", ignore_index=True)


def _base(said: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """What was registered in our years. rang: order among rows recorded on one day."""
    out = said[
        ["person", "address", "functie", "van", "bekend", "aangifte", "onderzoek", "onderzoek_van", "onderzoek_tot"]
    ].copy()
    soort, group = said["soort"].to_numpy(), said["group"].to_numpy()
    land = np.char.zfill(rng.integers(5001, 7099, int(group.max()) + 1).astype(str), 4)
    out["elders"] = np.where(soort == "elders", group, -1)
    out["functie"] = np.where(soort == "elders", "W", out["functie"])
    out["vertrek"] = np.where(soort == "vow", "0000", np.where(soort == "vertrek", land[group], ""))
    out["vestiging"] = np.where(soort == "vestiging", land[group], "")
    out["onjuist"], out["rang"], out["techniek"] = "", 1, False
    return out.reset_index(drop=True)


def _before(table: pd.DataFrame, lives: Lives, rng: np.random.Generator) -> pd.DataFrame:
    """One earlier residence of those who came from elsewhere in the Netherlands, or had a life before our history."""
    first = table.drop_duplicates("person").copy()
    birth = lives.persons["geboorte"].to_numpy()[first["person"]]
    soort = (
        lives.registrations.drop_duplicates("person").set_index("person")["soort"].reindex(first["person"]).to_numpy()
    )
    back = (first["vestiging"].to_numpy() != "") & (rng.random(len(first)) < 0.3)  # lived here before, came back
    chosen = (soort == "inschrijving") & (first["van"].to_numpy() - birth > 200) | back
    first, birth, back = first[chosen], birth[chosen], back[chosen]
    span = first["van"].to_numpy() - birth
    van = birth + np.floor(span * rng.uniform(0, 0.85, len(first)) * (rng.random(len(first)) < 0.75)).astype(np.int64)
    home = first.assign(
        address=-1,
        elders=1_000_000_000 + first["person"],
        functie="W",
        van=van,
        bekend=van + rng.integers(0, 6, len(first)),
        vertrek="",
        vestiging="",
        onderzoek="",
        onderzoek_van=0,
        onderzoek_tot=0,
        aangifte=np.where(van == birth, "A", "I"),
    )
    gone = home[back].assign(elders=-1, functie="", vertrek=first["vestiging"].to_numpy()[back], aangifte="I")
    gone["van"] = (
        home["van"].to_numpy()[back] + (first["van"].to_numpy()[back] - home["van"].to_numpy()[back]) * 0.8
    ).astype(np.int64)
    gone["bekend"] = gone["van"] + 3
    gone = gone[(gone["van"] > home["van"].to_numpy()[back]) & (gone["bekend"] < first["bekend"].to_numpy()[back])]
    return pd.concat([home, gone], ignore_index=True)


def _precision(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Older dates are now and then partly unknown."""
    old = table["van"].to_numpy() < 8800  # before 1994
    draw = rng.random(len(table))
    part = np.where(draw < 0.02, NO_DAY, np.where(draw < 0.035, NO_MONTH, np.where(draw < 0.04, NOTHING, FULL)))
    recent = np.where(draw < 0.0008, NO_DAY, FULL)
    return np.where(old, part, recent)


def _technical(table: pd.DataFrame, rng: np.random.Generator, params: Params) -> pd.DataFrame:
    """T rows: the conversion of 2010-2011 gave every running residence its ids; later a few renumberings (W)."""
    following = np.r_[table["person"].to_numpy()[1:] == table["person"].to_numpy()[:-1], False]
    until = np.where(following, np.r_[table["bekend"].to_numpy()[1:], 0], FOREVER)
    ours = (table["address"] >= 0).to_numpy()
    moment = IDS_SINCE + rng.integers(0, 600, len(table))
    old = ours & (table["bekend"].to_numpy() < IDS_SINCE) & (until > moment)
    late = np.maximum(table["bekend"].to_numpy(), IDS_SINCE + 600) + rng.integers(40, 1500, len(table))
    odd = ours & ~old & (rng.random(len(table)) < 0.012) & (late < until) & (late < params.today)
    conversion = table[old].assign(aangifte="T", bekend=moment[old], techniek=True)
    renumbered = table[odd].assign(aangifte="W", bekend=late[odd], techniek=True)
    return pd.concat([conversion, renumbered], ignore_index=True).assign(rang=2)


def _incorrect(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """O rows: recorded by mistake at the house next door, and put right within days."""
    ours = table[(table["address"] > 0).to_numpy() & (rng.random(len(table)) < 0.006)]
    return ours.assign(
        address=ours["address"] - 1, onjuist="O", bekend=ours["bekend"] - rng.integers(0, 4, len(ours)), rang=0
    )


def _since(table: pd.DataFrame) -> None:
    """gemeente_van: since when in that gemeente; vestiging_van: day of the last arrival from abroad; in place."""
    person = table["person"].to_numpy()
    where = np.where(table["address"] >= 0, -2, table["elders"].to_numpy())
    fresh = np.r_[True, (person[1:] != person[:-1]) | (where[1:] != where[:-1])]
    start = np.maximum.accumulate(np.where(fresh, np.arange(len(table)), 0))
    table["gemeente_van"] = table["van"].to_numpy()[start]
    abroad = np.where(table["vestiging"] != "", np.arange(len(table)), -1)
    block = np.maximum.accumulate(np.where(np.r_[True, person[1:] != person[:-1]], np.arange(len(table)), 0))
    last = np.maximum.accumulate(abroad)
    holds = (last >= block) & (table["vertrek"] == "").to_numpy()
    table["vestiging"] = np.where(holds, table["vestiging"].to_numpy()[np.maximum(last, 0)], "")
    table["vestiging_van"] = np.where(holds, table["van"].to_numpy()[np.maximum(last, 0)], FOREVER)


def _ids(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Before the BAG there were no ids; since, a few rows still have none."""
    draw = rng.random(len(table))
    modern = np.where(draw < 0.012, TEXT, np.where(draw < 0.022, ONLY_NUMMERAANDUIDING, BOTH))
    return np.where(table["bekend"].to_numpy() < IDS_SINCE, TEXT, modern)
