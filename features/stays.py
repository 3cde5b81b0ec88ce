"""Residence spells as plain arrays: who was registered where, on which days, as known on the as-of date.

Days are whole numbers since 1970. Where a register date is partial, its earliest day is taken for beginnings and ends
alike: then the end of one stay and the beginning of the next stay meet, and nobody lives at two addresses at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.landing import Sources
from features.per_address import Bools, Floats, Ints, count

ALWAYS = np.int64(-1_000_000)  # a beginning that nobody knows
RUNNING = np.int64(1_000_000)  # an end that has not come
MONTH = 365.25 / 12  # days
ADULT = 18  # years


@dataclass(frozen=True, eq=False)
class Stays:
    """m residence spells (functie W, linked to an address) as arrays of length m; `today` is the as-of day.

    van, tot: day numbers, tot exclusive; ingeschreven_tot: as tot, but a person of whom it is established that they
    do not live there (089999) stays registered. geboortejaar: NaN = unknown. geboren: the spell begins in the year
    of birth, so it is no move.
    The reasons say why a spell ended (all False while it runs); ambtshalve: registered ex officio (08.72.10 = A).
    """

    size: int
    today: int
    persoon: Ints
    adres: Ints
    van: Ints
    tot: Ints
    ingeschreven_tot: Ints
    onbekend_vertrokken: Bools
    geemigreerd: Bools
    overleden: Bools
    niet_woonachtig: Bools
    ambtshalve: Bools
    onderzoek: Bools
    geboortejaar: Floats
    geboren: Bools

    def current(self) -> Bools:
        """Stays that run on the as-of date."""
        return (self.van <= self.today) & (self.tot > self.today)

    def present_on(self, day: int) -> Bools:
        """Stays that ran on `day`."""
        return (self.van <= day) & (self.tot > day)

    def registered_on(self, day: int) -> Floats:
        """Residents per address on `day`: length n."""
        return count(self.adres[self.present_on(day)], self.size)

    def adult(self) -> Bools:
        """Persons of 18 or older in the as-of year; an unknown age counts as adult."""
        year = 1970 + int(np.floor(self.today / 365.2425))
        return ~(self.geboortejaar > year - ADULT)

    def ended(self) -> Bools:
        """Stays that ended on or before the as-of date."""
        return self.tot <= self.today


def day_number(on: date) -> int:
    """Days since 1970-01-01."""
    return int(np.datetime64(on, "D").astype(np.int64))


def day_numbers(dates: pd.Series, empty: np.int64) -> npt.NDArray[np.int64]:
    """A datetime Series as days since 1970-01-01, `empty` where it is NaT."""
    days = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), empty, days.astype(np.int64))


def stays(sources: Sources) -> Stays | None:
    """The residence spells of `sources` (letter addresses apart, unlinked ones out); None without a BRP."""
    if sources.verblijf is None or sources.personen is None:
        return None
    spells = sources.spells
    spells = spells[(spells["functie"] == "W").to_numpy() & (spells["adres"] >= 0).to_numpy()]
    persoon = spells["persoon"].to_numpy()
    van = day_numbers(spells["van_vroegst"], ALWAYS)
    tot = day_numbers(spells["tot_vroegst"], RUNNING)
    geboortejaar = sources.personen["geboortejaar"].to_numpy()[persoon]
    begin = (van.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970).astype(np.float64)
    return Stays(
        size=sources.size,
        today=day_number(sources.as_of),
        persoon=persoon,
        adres=spells["adres"].to_numpy(),
        van=van,
        tot=tot,
        ingeschreven_tot=np.maximum(tot, day_numbers(spells["ingeschreven_tot"], RUNNING)),
        onbekend_vertrokken=(spells["einde_reden"] == "vertrokken_onbekend_waarheen").to_numpy(),
        geemigreerd=(spells["einde_reden"] == "emigratie").to_numpy(),
        overleden=(spells["einde_reden"] == "overleden").to_numpy(),
        niet_woonachtig=(spells["einde_reden"] == "niet_woonachtig").to_numpy(),
        ambtshalve=(spells["aangifte"] == "A").to_numpy(),
        onderzoek=spells["onderzoek"].to_numpy(dtype=bool),
        geboortejaar=geboortejaar,
        geboren=begin == geboortejaar,
    )
