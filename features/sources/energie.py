"""Energy (FORMATS 3): per connection and year, per connection and month, and the open file per postcode range."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features import landing
from features.columns import Column, Constraint, Kind, SourceTable
from features.intake import Intake, LinkBy, codes

EAN = Constraint(pattern=r"\d{18}")
PRODUCTS = ("ELK", "GAS")
PRODUCT = Constraint(one_of=PRODUCTS)
MONTHS = 12 * 10_000  # more than any year * 12 + month
USE = Constraint(at_least=0, at_most=1e8)
PERCENT = Constraint(at_least=0, at_most=100)
POSTCODE = Constraint(pattern=r"\d{4} ?[A-Za-z]{2}")
OWNER = "regional grid operator (netbeheerder)"
LAW = "Energiewet art. 4.1 and the agreement named in levering.toml; no general legal route exists"

JAARAFNAME = SourceTable(
    name="jaarafname",
    source="energie",
    files=("energie/jaarafname*",),
    description="3a: standard yearly use of each connection on a reference day.",
    owner=OWNER,
    law=LAW,
    refresh="once a year, or per delivery agreed",
    known_faults=(
        "the address is typed by another register: link it",
        "one connection may serve several dwellings, and one dwelling may have several connections",
        "standard use lags: it is the average of the last years where no reading came in",
        "district heating has no gas connection; a tampered meter shows normal use",
    ),
    key=("ean", "peildatum"),
    columns=(
        Column(name="ean", kind=Kind.TEXT, nullable=False, constraint=EAN, description="EAN code of the connection."),
        Column(
            name="product",
            kind=Kind.TEXT,
            nullable=False,
            constraint=PRODUCT,
            description="ELK electricity (kWh) or GAS (m3).",
        ),
        Column(name="postcode", kind=Kind.TEXT, nullable=False, constraint=POSTCODE, description="Postcode."),
        Column(
            name="huisnummer",
            kind=Kind.INT,
            nullable=False,
            constraint=Constraint(at_least=1, at_most=99999),
            description="House number.",
        ),
        Column(name="huisletter", kind=Kind.TEXT, description="House letter."),
        Column(name="huisnummertoevoeging", kind=Kind.TEXT, field="toevoeging", description="Addition, as typed."),
        Column(
            name="peildatum", kind=Kind.DATE, nullable=False, description="Reference day; the row is known from it."
        ),
        Column(
            name="sja_normaal",
            kind=Kind.FLOAT,
            unit="kWh or m3",
            constraint=USE,
            description="Standard yearly use, normal tariff; empty = 0.",
        ),
        Column(
            name="sja_laag",
            kind=Kind.FLOAT,
            unit="kWh or m3",
            constraint=USE,
            description="Standard yearly use, low tariff; empty = 0.",
        ),
        Column(
            name="sji",
            kind=Kind.FLOAT,
            unit="kWh",
            required=False,
            constraint=USE,
            description="Standard yearly feed-in.",
        ),
        Column(
            name="fysieke_status",
            kind=Kind.TEXT,
            constraint=Constraint(one_of=("in bedrijf", "uit bedrijf")),
            description="Whether the connection is switched on.",
        ),
        Column(name="profielcategorie", kind=Kind.TEXT, required=False, description="Use profile, e.g. E1A."),
        Column(
            name="slimme_meter", kind=Kind.YES_NO, required=False, description="J when the meter is read from afar."
        ),
    ),
)

MAANDAFNAME = SourceTable(
    name="maandafname",
    source="energie",
    files=("energie/maandafname*",),
    description="3b: use of each connection per month; needs 3a for the address of an EAN.",
    owner=OWNER,
    law=LAW,
    refresh="monthly; known on the 15th of the next month",
    known_faults=(
        "an estimated month (S) follows the profile, not the people",
        "a month that is not in the file is unknown, not zero",
    ),
    key=("ean", "maand"),
    columns=(
        Column(name="ean", kind=Kind.TEXT, nullable=False, constraint=EAN, description="EAN code of the connection."),
        Column(
            name="product",
            kind=Kind.TEXT,
            nullable=False,
            constraint=PRODUCT,
            description="ELK electricity (kWh) or GAS (m3).",
        ),
        Column(name="maand", kind=Kind.MONTH, nullable=False, description="Month of use."),
        Column(
            name="afname",
            kind=Kind.FLOAT,
            unit="kWh or m3",
            nullable=False,
            constraint=USE,
            description="Drawn from the grid.",
        ),
        Column(
            name="invoeding", kind=Kind.FLOAT, unit="kWh", constraint=USE, description="Fed into the grid; empty = 0."
        ),
        Column(
            name="kwaliteit",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(one_of=("G", "S")),
            description="G measured, S estimated.",
        ),
    ),
)

KLEINVERBRUIK = SourceTable(
    name="kleinverbruik",
    source="energie",
    files=("energie/kleinverbruik*",),
    separator="\t",
    other_separators=(",", ";"),
    loose=True,
    description="3c: the grid operator's open file, a reference per postcode range, not the signal of one address.",
    owner=OWNER,
    law="open data, published by the grid operators",
    refresh="once a year, on 1 January",
    known_faults=(
        "decimal comma or point, tab or comma between fields, Dutch or English headers",
        "in the English renaming the product is only in the file's name",
        "postcode_van is missing in some rows; the range is then read as postcode_tot alone",
    ),
    key=("postcode_van", "postcode_tot", "product", "jaar", "straat"),
    columns=(
        Column(
            name="POSTCODE_VAN",
            kind=Kind.TEXT,
            field="postcode_van",
            constraint=POSTCODE,
            aliases=("zipcode_from",),
            description="First postcode of the range.",
        ),
        Column(
            name="POSTCODE_TOT",
            kind=Kind.TEXT,
            field="postcode_tot",
            nullable=False,
            constraint=POSTCODE,
            aliases=("zipcode_to",),
            description="Last postcode of the range.",
        ),
        Column(
            name="STRAATNAAM",
            kind=Kind.TEXT,
            field="straat",
            required=False,
            aliases=("street",),
            description="Street; only tells rows of one range apart.",
        ),
        Column(
            name="PRODUCTSOORT",
            kind=Kind.TEXT,
            field="product",
            required=False,
            constraint=PRODUCT,
            aliases=("product",),
            description="ELK or GAS; without this column the file's name must tell.",
        ),
        Column(
            name="AANSLUITINGEN_AANTAL",
            kind=Kind.FLOAT,
            field="aansluitingen",
            constraint=Constraint(at_least=0),
            aliases=("num_connections", "AANTAL_AANSLUITINGEN"),
            description="Number of connections in the range.",
        ),
        Column(
            name="LEVERINGSRICHTING_PERC",
            kind=Kind.FLOAT,
            field="leveringsrichting",
            required=False,
            unit="%",
            constraint=PERCENT,
            aliases=("delivery_perc",),
            description="Share of connections with net delivery to the home: 100 less the share with net feed-in.",
        ),
        Column(
            name="SJV_GEMIDDELD",
            kind=Kind.FLOAT,
            field="verbruik",
            unit="kWh or m3 a year",
            constraint=USE,
            aliases=("SJA_GEMIDDELD", "annual_consume"),
            description="Mean standard yearly use.",
        ),
        Column(
            name="SLIMME_METER_PERC",
            kind=Kind.FLOAT,
            field="slimme_meter",
            required=False,
            unit="%",
            constraint=PERCENT,
            aliases=("smartmeter_perc",),
            description="Share of connections with a smart meter.",
        ),
    ),
)
TABLES = (JAARAFNAME, MAANDAFNAME, KLEINVERBRUIK)


def _slim_jaar(frame: pd.DataFrame) -> pd.DataFrame:
    """An EAN is 18 digits: kept as a number, of an eighth of the size. Use of a year = both tariffs, empty = 0."""
    used = frame["sja_normaal"].fillna(0) + frame["sja_laag"].fillna(0)
    nothing = frame["sja_normaal"].isna() & frame["sja_laag"].isna()
    return frame.assign(
        ean=frame["ean"].astype("int64"),
        verbruik=used.mask(nothing),
        in_bedrijf=(frame["fysieke_status"] == "in bedrijf").to_numpy(dtype=bool),
    ).drop(columns=["sja_normaal", "sja_laag", "fysieke_status"])


def _land_jaar(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per connection and reference day."""
    return rows.assign(aansluiting=codes(rows["ean"]), bekend=rows["peildatum"], invoeding=rows["sji"])


def _slim_maand(frame: pd.DataFrame) -> pd.DataFrame:
    """What is kept of a month until its gemeente is complete: there are tens of millions of them."""
    return frame.assign(
        ean=frame["ean"].astype("int64"),
        maand=frame["maand"].astype("int32"),
        afname=frame["afname"].astype("float32"),
        invoeding=frame["invoeding"].fillna(0).astype("float32"),
        gemeten=(frame["kwaliteit"] == "G").to_numpy(dtype=bool),
    ).drop(columns=["kwaliteit"])


def _land_maand(rows: pd.DataFrame) -> pd.DataFrame:
    """Summed over the connections of one product at one address; measured when all of them were."""
    place = rows["adres"].to_numpy("int64") * len(PRODUCTS) + rows["product"].cat.codes.to_numpy()
    key = place * MONTHS + rows["maand"].to_numpy()
    order = np.lexsort((rows["ean"], key))  # by EAN too: the order of a sum is that of its rows' contents
    rows, key = rows.take(order), key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    summed = rows[["adres", "product", "maand"]].take(starts).reset_index(drop=True)
    for name, kind in (("afname", "float32"), ("invoeding", "float32"), ("gemeten", "bool")):
        combine = np.logical_and if kind == "bool" else np.add
        values = rows[name].to_numpy(kind if kind == "bool" else "float64")
        summed[name] = combine.reduceat(values, starts).astype(kind) if len(starts) else np.zeros(0, kind)
    return summed.assign(bekend=_known(summed["maand"].to_numpy()))


def _known(maand: np.ndarray) -> np.ndarray:
    """A month's use is known on the 15th of the next."""
    following = (maand.astype("int64") + 1 - 1970 * 12).astype("datetime64[M]")
    return (following.astype("datetime64[D]") + np.timedelta64(14, "D")).astype("datetime64[s]")


INTAKES = (
    Intake(table=JAARAFNAME, target=landing.ENERGIE_JAAR, link=LinkBy.ADDRESS, slim=_slim_jaar, land=_land_jaar),
    Intake(
        table=MAANDAFNAME,
        target=landing.ENERGIE_MAAND,
        link=LinkBy.EAN,
        slim=_slim_maand,
        land=_land_maand,
        by_address=True,
    ),
)
