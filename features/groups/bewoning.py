"""Who is registered here now, in what composition, and since when nobody is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.families import heads, without_tie
from features.landing import Sources
from features.per_address import Floats, count, distinct, highest, largest_share, lowest
from features.stays import ALWAYS, MONTH, Stays, day_number, stays

LONGEST = 36.0  # months: no feature looks further back (a person with secrecy shields an address that long)
SETTLED, RECENT = 60, 24  # months: who came that long ago is settled; who came within two years is new


def bewoning(sources: Sources) -> pd.DataFrame:
    """n x k; columns that need an absent source are left out (the table fills them with NaN)."""
    known = stays(sources)
    if known is None:
        return pd.DataFrame(index=range(sources.size))
    return pd.DataFrame(_people(known, sources) | _arrival_pattern(known) | _absence(known, sources) | _doubt(known))


def _people(s: Stays, sources: Sources) -> dict[str, Floats]:
    """Numbers registered now, by age, and how they could be related."""
    now = s.current()
    adults = count(s.adres[now & s.adult()], s.size)
    people = count(s.adres[now], s.size)
    children = people - adults
    grown = now & s.adult()
    area = sources.adressen["oppervlakte"].to_numpy()
    return {
        "ingeschrevenen": people,
        "volwassenen": adults,
        "kinderen": children,
        "kinderen_zonder_volwassene": np.where(adults == 0, children, 0.0),
        "m2_per_persoon": area / np.where(people > 0, people, np.nan),
        "volwassenen_zonder_gezinsband": without_tie(s.adres[grown], s.geboortejaar[grown], s.size),
        "briefadressen": _letter_addresses(sources),
    }


def _letter_addresses(sources: Sources) -> Floats:
    """Persons with a letter address here now."""
    spells, day = sources.spells, pd.Timestamp(sources.as_of)
    letter = (spells["functie"] == "B").to_numpy()
    running = ~(spells["van_vroegst"] > day).to_numpy() & ~(spells["tot_vroegst"] <= day).to_numpy()
    return count(spells["adres"].to_numpy()[letter & running], sources.size)


def _arrival_pattern(s: Stays) -> dict[str, Floats]:
    """Whether those registered came together, one by one, and how long ago."""
    now = s.current() & ~s.geboren
    grown = now & s.adult()
    adults = count(s.adres[grown], s.size)
    together = largest_share(s.adres[grown], (s.van[grown] - ALWAYS), s.size)
    longest = highest(s.adres[now], (s.today - s.van[now]) / 365.25, s.size)
    return {
        "aandeel_zelfde_dag": 100 * together / np.where(adults >= 2, adults, np.nan),
        "aankomstdagen": distinct(s.adres[grown], s.van[grown] - ALWAYS, s.size),
        "langste_verblijf": np.minimum(longest, 50.0),
    } | _joined_alone(s)


def _joined_alone(s: Stays) -> dict[str, Floats]:
    """Adults who joined a running household on a day of their own and could be nobody's child there.

    The shape of a paper address: one grown person added to people who were already there, most of all when that is
    recent and those people are settled.
    """
    grown = s.current() & s.adult()
    adres, van, born = s.adres[grown], s.van[grown], s.geboortejaar[grown]
    first = lowest(adres, van.astype(np.float64), s.size)
    keys = (adres.astype(np.int64) << 32) | (van - ALWAYS)
    _, place, times = np.unique(keys, return_inverse=True, return_counts=True)
    alone = (van > first[adres] + 6 * MONTH) & (times[place] == 1) & heads(adres, born)
    settled = first[adres] <= s.today - SETTLED * MONTH
    recent = van > s.today - RECENT * MONTH
    return {
        "alleen_bijgekomen": count(adres[alone], s.size),
        "recent_bij_vaste_bewoners": count(adres[alone & settled & recent], s.size),
    }


def _absence(s: Stays, sources: Sources) -> dict[str, Floats]:
    """How long nobody has been registered, and whether that held on the CBS reference days."""
    empty = s.registered_on(s.today) == 0
    ended = s.ended()
    since = (s.today - highest(s.adres[ended], s.tot[ended].astype(np.float64), s.size)) / MONTH
    age = (sources.as_of.year + 0.5 - sources.adressen["bouwjaar"].to_numpy()) * 12
    never = np.clip(np.where(np.isnan(age), LONGEST, age), 1.0, LONGEST)  # a new home cannot have been empty for long
    months = np.minimum(np.where(np.isnan(since), never, since), LONGEST)
    deceased = _last_left_by_death(s)
    return {
        "maanden_zonder_inschrijving": np.where(empty, months, 0.0),
        "leeg_1_januari": empty_januaries(s, sources),
        "leeg_na_overlijden": np.where(empty & (months <= 18), deceased, 0.0),
    }


def empty_januaries(s: Stays, sources: Sources) -> Floats:
    """On how many of the two reference days nobody was registered; a home of that very year was no home yet. n."""
    built = sources.adressen["bouwjaar"].to_numpy()
    years = (sources.as_of.year, sources.as_of.year - 1)
    days = zip(years, january_firsts(sources), strict=True)
    return np.sum([(s.registered_on(day) == 0) & ~(built >= year) for year, day in days], axis=0, dtype=np.float64)


def january_firsts(sources: Sources) -> tuple[int, int]:
    """The last two 1 Januaries up to the as-of date: the reference days of the CBS method."""
    year = sources.as_of.year
    first = sources.as_of.replace(year=year, month=1, day=1)
    return day_number(first), day_number(first.replace(year=year - 1))


def _last_left_by_death(s: Stays) -> Floats:
    """1 where the last resident to leave died, 0 where not or nobody left."""
    ended = s.ended()
    last = highest(s.adres[ended], s.tot[ended].astype(np.float64), s.size, empty=0.0)
    final = ended & (s.tot == last[s.adres])
    return np.minimum(count(s.adres[final & s.overleden], s.size), 1.0)


def _doubt(s: Stays) -> dict[str, Floats]:
    """What the gemeente itself already doubts or has established about those registered."""
    now = s.current()
    established = s.niet_woonachtig & (s.ingeschreven_tot > s.today) & (s.tot <= s.today)
    return {
        "in_onderzoek": count(s.adres[now & s.onderzoek], s.size),
        "vastgesteld_niet_woonachtig": count(s.adres[established], s.size),
        "ambtshalve_ingeschreven": count(s.adres[now & s.ambtshalve & ~s.geboren], s.size),
    }
