"""Property: what it is worth, whose it is, how often it changed hands, and what business is registered there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.groups.eigendom import Owners, owners, portfolio
from features.groups.verloop import group_arrival
from features.landing import Sources
from features.per_address import Bools, Floats, count
from features.stays import MONTH, Stays, stays

CLASSES = ("A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")  # energy label, best first


def vastgoed(sources: Sources) -> pd.DataFrame:
    """n x k; columns that need an absent source are left out (the table fills them with NaN)."""
    columns: dict[str, Floats] = {}
    known = stays(sources)
    if sources.woz is not None:
        columns |= _woz(sources, sources.woz)
    if sources.eigendom is not None:
        found = owners(sources, sources.eigendom)
        columns |= _ownership(found)
        empty = None if known is None else known.registered_on(known.today) == 0
        columns |= portfolio(sources, sources.eigendom, empty)
        if known is not None and empty is not None:
            columns |= _with_registration(found, known, empty)
    if sources.vestigingen is not None:
        columns |= _business(sources, sources.vestigingen)
    if sources.energielabels is not None:
        columns["energielabel"] = _label(sources, sources.energielabels)
    return pd.DataFrame(columns, index=range(sources.size))


def _woz(sources: Sources, woz: pd.DataFrame) -> dict[str, Floats]:
    """Value per m2 against the neighbourhood, and what the tax assessor says the object is used as."""
    rows = woz[(woz["adres"] >= 0).to_numpy()].sort_values(["waardepeildatum", "waarde"])
    rows = rows.drop_duplicates("adres", keep="last")
    adres = rows["adres"].to_numpy()

    def spread(values: Bools | Floats) -> Floats:
        wide = np.full(sources.size, np.nan)
        wide[adres] = values
        return wide

    code = rows["gebruikscode"].astype("str")
    other = code.fillna("").ne("") & ~code.isin(("10", "11", "12"))
    user = rows["gebruiker_type"].astype("str")
    area = sources.adressen["oppervlakte"].to_numpy()
    per_m2 = spread(rows["waarde"].to_numpy()) / np.where(area > 0, area, np.nan)
    return {
        "woz_m2_tegen_buurt": per_m2 / neighbourhood_median(per_m2, sources.adressen["postcode"]),
        "woz_recreatie": spread((code == "12").to_numpy(dtype=bool)),
        "woz_geen_woning": spread(other.to_numpy(dtype=bool)),
        "woz_gebruiker_bedrijf": spread((user == "niet_natuurlijk_persoon").to_numpy(dtype=bool)),
    }


def neighbourhood_median(values: Floats, postcode: pd.Series) -> Floats:
    """Median over the first five characters of the postcode, with fewer than ten known values over the first four."""
    result = np.full(len(values), np.nan)
    series = pd.Series(values)
    text = postcode.astype("category")
    for length, fewest in ((4, 1), (5, 10)):
        short = text.cat.categories.astype("str").str.slice(0, length)
        area = np.append(pd.factorize(short)[0], -1)[text.cat.codes.to_numpy()]
        grouped = series.groupby(area)
        usual, times = grouped.transform("median").to_numpy(), grouped.transform("count").to_numpy()
        result = np.where((times >= fewest) & (area >= 0), usual, result)
    return np.where(result > 0, result, np.nan)


def _ownership(o: Owners) -> dict[str, Floats]:
    """Who owns it now and how it came to them."""
    return {
        "eigenaar_woont_er": o.lives_here,
        "particuliere_verhuur": o.private_rental,
        "eigenaar_rechtspersoon": o.company,
        "jaren_sinds_overdracht": o.years_since,
        "overdrachten_36": o.transfers_36,
        "eigenaren_60": o.owners_60,
        "prijssprong": o.price_jump,
    }


def _with_registration(o: Owners, s: Stays, empty: Bools) -> dict[str, Floats]:
    """Interactions: group arrival in a private rental, a chain of owners while nobody is registered."""
    return {
        "verhuur_groepsaankomst": np.where(np.isnan(o.private_rental), np.nan, o.private_rental * group_arrival(s, 24)),
        "overdrachten_zonder_inschrijving": np.where(empty, o.transfers_36, 0.0),
    }


def _business(sources: Sources, rows: pd.DataFrame) -> dict[str, Floats]:
    """Businesses registered here now, and how many came or went in 36 months."""
    day = pd.Timestamp(sources.as_of)
    since = day - pd.Timedelta(days=36 * MONTH)
    adres = rows["adres"].to_numpy()
    begun, ended = (rows["van"] <= day).to_numpy(), (rows["tot"] <= day).to_numpy()
    came = begun & (rows["van"] > since).to_numpy()
    went = ended & (rows["tot"] > since).to_numpy()
    return {
        "vestigingen": count(adres[~ended & ~(rows["van"] > day).to_numpy()], sources.size),
        "vestigingen_wissel_36": count(adres[came], sources.size) + count(adres[went], sources.size),
    }


def _label(sources: Sources, rows: pd.DataFrame) -> Floats:
    """The latest energy label as a number: A++++ = 0 … G = 10; NaN without."""
    classes = rows["klasse"].astype("str").to_numpy(dtype=object)
    number = pd.Index(CLASSES).get_indexer(classes)
    chosen = (number >= 0) & (rows["adres"] >= 0).to_numpy()
    day = rows["bekend"].to_numpy().astype("datetime64[D]").astype(np.int64)[chosen]
    adres, number = rows["adres"].to_numpy()[chosen], number[chosen]
    order = np.lexsort((number, day))
    result = np.full(sources.size, np.nan)
    result[adres[order]] = number[order]
    return result
