"""Rows of category 08 judged: what is usable, when it began, when it became known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.address import identificaties
from features.job import FILE, ROW
from features.partial_date import UNKNOWN, Intervals, intervals
from features.sources.brp_declaration import PERSOONSLIJSTEN, VERBLIJF

NO_KIND = "geen functie adres (W of B) en geen vertrek: de rij zegt niets over een verblijf"
REMARKS = "datum bestaat niet: gelezen als onbekend"
DATES = ("aanvang", "vertrek_van", "onderzoek_van", "onderzoek_tot", "opgenomen")


@dataclass(frozen=True)
class Judged:
    """rijen: see `judge`. onjuist, zonder_verblijf: numbers of rows. afgekeurd, opmerkingen: as in Chunk."""

    rijen: pd.DataFrame
    onjuist: int
    zonder_verblijf: int
    afgekeurd: pd.DataFrame
    opmerkingen: pd.DataFrame


def judge(rows: pd.DataFrame) -> Judged:
    """`rows` of whole lists (newest first, `lijst_nr` >= 0) -> the usable rows of category 08.

    Columns: lijst, gemeente, functie, datum_aanvang, van_vroegst, van_laatst, bekend, aangifte, vertrek_land,
    vertrek_van, vertrek_vroegst, vertrek_laatst, vestiging_land, onderzoek, onderzoek_van, onderzoek_tot, and the
    address as registered (adresseerbaarobject, nummeraanduiding, postcode, huisnummer, huisletter, toevoeging).
    """
    filled = np.zeros(len(rows), dtype=bool)
    for name in VERBLIJF:
        filled |= (rows[name] != "").to_numpy()
    incorrect = filled & (rows["onjuist"] == "O").to_numpy()
    left = ((rows["vertrek_land"] != "") | (rows["vertrek_van"] != "")).to_numpy()
    here = rows["functie"].isin(["W", "B"]).to_numpy()
    silent = filled & ~incorrect & ~left & ~here
    usable = filled & ~incorrect & ~silent
    good = rows[usable].reset_index(drop=True)
    dated, remarks = _dated(good, left[usable])
    return Judged(
        rijen=dated,
        onjuist=int(incorrect.sum()),
        zonder_verblijf=int((~filled).sum()),
        afgekeurd=listed(rows[silent], "08.10.10", NO_KIND, "functie"),
        opmerkingen=remarks,
    )


def _dated(good: pd.DataFrame, left: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    dates = {name: intervals(good[name]) for name in (*DATES, "geldig_van", "vestiging_van", "gemeente_van")}
    began = _first_filled(dates, ("aanvang", "geldig_van", "vestiging_van", "gemeente_van"))
    went = _first_filled(dates, ("vertrek_van", "geldig_van", "gemeente_van"))
    known = dates["opgenomen"].laatst.fillna(dates["geldig_van"].laatst)
    known = known.fillna(went.laatst.where(left, began.laatst))
    investigated = good["onderzoek"] != ""
    since = dates["onderzoek_van"].laatst.fillna(known).where(investigated)
    frame = pd.DataFrame(
        {
            "lijst": good["lijst_nr"],
            "gemeente": good["gemeente"],
            "functie": good["functie"].where(~left, ""),
            "datum_aanvang": began.text.where(~left, ""),
            "van_vroegst": began.vroegst.where(~left),
            "van_laatst": began.laatst.where(~left),
            "bekend": known,
            "aangifte": good["aangifte"],
            "vertrek_land": good["vertrek_land"].where(~left | (good["vertrek_land"] != ""), "0000"),
            "vertrek_van": went.text.where(left, ""),
            "vertrek_vroegst": went.vroegst.where(left),
            "vertrek_laatst": went.laatst.where(left),
            "vestiging_land": good["vestiging_land"],
            "onderzoek": good["onderzoek"],
            "onderzoek_van": since,
            "onderzoek_tot": dates["onderzoek_tot"].laatst.where(investigated),
            **_address(good),
        }
    )
    remarks = [listed(good[~dates[name].leesbaar], PERSOONSLIJSTEN.column(name).name, REMARKS, name) for name in DATES]
    return frame, pd.concat(remarks, ignore_index=True)


def _address(good: pd.DataFrame) -> dict[str, pd.Series]:
    """What a row can be linked by; `by` or `to` a number (08.11.50) is not the address of that number."""
    near = good["aanduiding"] != ""
    return {
        "adresseerbaarobject": identificaties(good["adresseerbaarobject"]),
        "nummeraanduiding": identificaties(good["nummeraanduiding"]),
        "postcode": good["postcode"].where(~near, ""),
        "huisnummer": good["huisnummer"].where(~near, ""),
        "huisletter": good["huisletter"],
        "toevoeging": good["toevoeging"],
    }


def _first_filled(dates: dict[str, Intervals], order: tuple[str, ...]) -> Intervals:
    """The first date of `order` that is filled in; a substitute counts only where its year is known.

    08.10.30 that is filled with zeros is registered as unknown and stays so. The order: 08.85.10 (valid from) is the
    day of this very row; 08.14.20 and 08.09.20 are repeated on later rows, so they are the last resort.
    """
    first = dates[order[0]]
    text, vroegst, laatst = first.text, first.vroegst, first.laatst
    empty = text == ""
    for name in order[1:]:
        other = dates[name]
        use = empty & other.vroegst.notna()
        text, vroegst, laatst = (
            text.where(~use, other.text),
            vroegst.where(~use, other.vroegst),
            laatst.where(~use, other.laatst),
        )
        empty &= ~use
    return Intervals(text.where(~empty, UNKNOWN), vroegst, laatst, first.leesbaar)


def listed(rows: pd.DataFrame, rubriek: str, reason: str, field: str = "") -> pd.DataFrame:
    """Lines for `afgekeurd.csv`: where the rows stand, what was wrong; `field` = the column whose value is shown."""
    values = rows[field] if field else pd.Series("", index=rows.index, dtype="str")
    return pd.DataFrame({FILE: rows[FILE], ROW: rows[ROW], "kolom": rubriek, "waarde": values, "reden": reason}).astype(
        {"kolom": "str", "waarde": "str", "reden": "str"}
    )
