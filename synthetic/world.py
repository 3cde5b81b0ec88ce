"""The made-up gemeente as tables: what the rooms of `synthetic` hand to each other. The contract.

Order of making: `town` -> `lives` (with `schemes` acting in it) -> `truth`; then, each on the finished `World`:
`property.simulate(world)`, `energy.simulate(world)`, `practice.simulate(world, ...)`, and the writers
`write(world, <own result>, levering: Path, suffix: str)`; `suffix` is "" for one gemeente and "-0175" for several.

An ADDRESS is the position (int32) of a row in `town.adressen`, a PAND that in `town.panden`, a PERSON that in
`lives.persons`; -1 = none. A DAY is an int32, days since 1970-01-01 (`np.datetime64(day, "D")`); `FOREVER` = open end;
ends are exclusive. A MONTH is a column j of the n x M arrays: j = 0 is the first observed month, j = M - 1 the last
month before the peildatum; its calendar month is `params.first_month + j` (year * 12 + month - 1). The state of a
month is that of its 15th day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.params import Params

FOREVER = 2**31 - 1

Days = npt.NDArray[np.int32]
Flags = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]

DWELLING_TYPES = (
    "vrijstaand",
    "twee_onder_een_kap",
    "hoekwoning",
    "tussenwoning",
    "appartement",
    "recreatiewoning",
    "boerderij",
    "woonboot",
    "stacaravan",
    "bedrijfswoning",
    "geen",
)
ZONES = ("kern", "dorp", "buitengebied", "recreatiepark", "jachthaven", "bedrijventerrein")
TENURES = ("koop", "particuliere_huur", "corporatie")
HEATING = ("gas", "warmtenet", "warmtepomp", "overig")  # overig: oil, LPG, wood, electric


class Use(IntEnum):
    """What an address is used for apart from people living in it, per month (`Lives.use`)."""

    NONE = 0
    STORAGE = 1  # spook: storage or workshop in a house that is empty on paper; low, irregular electricity
    HEMP = 2  # spook: hemp on the meter; very high, flat electricity
    HEMP_TAMPERED = 3  # spook: hemp past the meter; the meter shows little or nothing
    LODGING = 4  # spook: unregistered lodging (changing guests; occupants say how many)
    COVER = 5  # spook: a meeting place or cover address; used at odd hours, little
    OFFICE = 6  # lawful: practice, shop or office beside or instead of living
    HOLIDAY = 7  # lawful: second or holiday home in use this month (occupants is 0: nobody lives there)
    WORKS = 8  # lawful: renovation or new building under way (tools, dryers)


class Lookalike(IntFlag):
    """Lawful circumstances that resemble a scheme, per address and month (`Lives.lookalike`, a bit mask)."""

    NONE = 0
    SECOND_HOME = 1
    RENOVATION = 2
    SOLD = 4  # between two owners
    DIED = 8  # the last resident died; estate not yet settled
    HOSPITAL = 16  # long stay in hospital, rehabilitation or detention: registered, lawfully absent
    CARE_HOME = 32  # moved to a care home, own home kept for a while
    MIGRANT_TRANSIT = 64  # labour migrants, here under four months: not in the BRP, lawfully
    DIPLOMAT = 128  # lives here, exempt from registration
    NEW_BUILD = 256  # just finished, not or just moved in
    BAG_BRP_MISMATCH = 512  # registered under a neighbouring id (split, renumbered): this one looks empty or full
    STUDENT_HOUSE = 1024  # many adults, lawfully, quick turnover
    INSTITUTION = 2048  # care home, shelter, convent: many persons on one address
    SHARED_CONNECTION = 4096  # its energy runs over another address's meter, or it carries several
    LONG_TRAVEL = 8192  # away under eight months (Wet BRP art. 2.43): registered, lawfully absent
    LARGE_FAMILY = 16384  # many persons, all really living there
    DISTRICT_HEATING = 32768  # no gas, lawfully
    SHORT_LET = 65536  # allowed holiday let of a recreation home


@dataclass(frozen=True, kw_only=True)
class Town:
    """The built gemeente.

    adressen, position = address: identificatie, soort (verblijfsobject | ligplaats | standplaats), gebruiksdoel
    (comma-joined), oppervlakte (m2, 0 for lig- and standplaats), bouwjaar, status, straat, huisnummer (int),
    huisletter, toevoeging, postcode, woonplaats, woonplaats_identificatie, nummeraanduiding, openbare_ruimte,
    pand (-1 = none), x, y (RD, m), type (DWELLING_TYPES; "geen" = no dwelling), zone (ZONES), eigendomsvorm (TENURES),
    woning (bool: people may live here: woonfunctie, or a lig- or standplaats), gescoord (bool: what FORMATS.md has
    scored), recreatief (bool: a home in a holiday park), verwarming (HEATING), zonnepanelen (kWp, 0 = none),
    aansluiting (address whose meter serves this one; itself as a rule; -1 = no meter), complex (int: block of homes
    built together), straatnummer (int: street within the gemeente), instelling (bool: care home, shelter), kamers
    (int: households that live there apart, 1 as a rule), gereed (day on which it was finished; 0 = long ago).
    panden, GeoDataFrame: identificatie, bouwjaar, status, gebruiksdoel, aantal_verblijfsobjecten, geometry. Sheds and
    barns without an address stand among them.
    woonplaatsen, GeoDataFrame: identificatie, woonplaats, geometry.
    lagen: the layers of omgeving.gpkg by name (bebouwde_kom, recreatiepark, bedrijventerrein, jachthaven,
    agrarisch_erf with status, hoofdweg, landsgrens).
    """

    adressen: pd.DataFrame
    panden: gpd.GeoDataFrame
    woonplaatsen: gpd.GeoDataFrame
    lagen: dict[str, gpd.GeoDataFrame]

    @property
    def size(self) -> int:
        """The number of addresses, n."""
        return len(self.adressen)


@dataclass(frozen=True, kw_only=True)
class Lives:
    """The people: where they truly live, and what the register says. Two processes that drift apart.

    persons, position = person: geboorte (day), huishouden (int: the last household), overleden (day), vertrokken (day
    of true departure abroad), geheim (bool). FOREVER = not.
    stays: true residence; person, address (-1 = outside the gemeente), van, tot.
    registrations: what the BRP says, per person in order; person, address (-1 = elsewhere), functie ("W" | "B" | ""),
    van (08.10.30), tot (where the next begins, or FOREVER), bekend (08.86.10: recorded), aangifte (08.72.10), soort
    ("inschrijving" | "geboorte" | "verhuizing" | "vestiging" | "vertrek" | "vow" | "elders" | "overleden"), group (who
    was declared together), onderzoek, onderzoek_van, onderzoek_tot (08.83), misplaced (address where the person truly
    lives when entered next door; -1), einde_bekend (day on which the end was recorded).
    adresonderzoek: investigations that the register itself shows, so that practice can tell the same story: address,
    person, begin, besluit (day of the decision; FOREVER = running), uitkomst ("vow" | "verhuisd" | "in_orde").
    occupants: int16 n x M, persons truly living there (lawfully or not; lodgers and transit included, holiday guests
    not; those lawfully away for months are taken off).
    registered: int16 n x M, persons registered there with function W on facts recorded up to the month's end.
    registered_present: int16 n x M, those of them who truly live there.
    use: int8 n x M, `Use`. lookalike: uint32 n x M, `Lookalike` bits.
    """

    persons: pd.DataFrame
    stays: pd.DataFrame
    registrations: pd.DataFrame
    adresonderzoek: pd.DataFrame
    occupants: npt.NDArray[np.int16]
    registered: npt.NDArray[np.int16]
    registered_present: npt.NDArray[np.int16]
    use: npt.NDArray[np.int8]
    lookalike: Flags


@dataclass(frozen=True, kw_only=True)
class Schemes:
    """The hidden truth: what really goes on, by address and by month.

    table, one row per scheme and address: scheme (int), soort (see `schemes.SOORTEN`), address, van, tot (days),
    intensiteit (0-1: how much of it there is to be seen), personen (how many are in it), netwerk (int: the same
    organiser or owner behind several addresses; -1 = alone), bemeterd (bool: hemp on the meter).
    spook, schijn: bool n x M, the two targets. soort: int8 n x M, position in `schemes.SOORTEN`, 0 = nothing.
    exact: bool n x M, registered exactly right (CBS's measure), short delays counted as wrong.
    """

    table: pd.DataFrame
    spook: Mask
    schijn: Mask
    soort: npt.NDArray[np.int8]
    exact: Mask


@dataclass(frozen=True, kw_only=True)
class World:
    """One finished gemeente."""

    params: Params
    town: Town
    lives: Lives
    schemes: Schemes
