"""Property (FORMATS 4): WOZ values, ownership (BRK), business establishments (HR), energy labels (EP-online)."""

from __future__ import annotations

import pandas as pd

from features import landing
from features.columns import ID16, Column, Constraint, Kind, SourceTable
from features.intake import Checks, Intake, codes

AMOUNT = Constraint(at_least=0, at_most=1e10)
PERSON_KIND = Constraint(one_of=("natuurlijk_persoon", "niet_natuurlijk_persoon"))
OBJECT = Column(
    name="adresseerbaarobject_identificatie",
    kind=Kind.TEXT,
    nullable=False,
    constraint=ID16,
    description="Identification of the adresseerbaar object in the BAG.",
)

WOZ = SourceTable(
    name="woz",
    source="vastgoed",
    files=("vastgoed/woz*",),
    description="4a: values under the Wet WOZ per object and reference date.",
    owner="gemeente; landelijke voorziening Kadaster",
    law="Wet waardering onroerende zaken, art. 37a-37h; use by the gemeente needs the ground in levering.toml",
    refresh="yearly, decision within eight weeks of the year",
    known_faults=(
        "a WOZ object may cover several adresseerbare objecten, and an adresseerbaar object several WOZ objects",
        "the user is who got the assessment, which follows the BRP: no independent sign of living there",
    ),
    key=("wozobjectnummer", "adresseerbaarobject_identificatie", "waardepeildatum"),
    columns=(
        Column(
            name="wozobjectnummer",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(pattern=r"\d{12}"),
            description="WOZ object number: gemeente (4) and number (8).",
        ),
        OBJECT,
        Column(
            name="gebruikscode",
            kind=Kind.TEXT,
            constraint=Constraint(pattern=r"\d{2}"),
            description="Use: 10 main residence, 11 with practice, 12 recreation, 2x other dwelling, 3x none.",
        ),
        Column(name="waardepeildatum", kind=Kind.DATE, nullable=False, description="Reference date of the value."),
        Column(
            name="vastgestelde_waarde",
            kind=Kind.FLOAT,
            field="waarde",
            unit="EUR",
            constraint=AMOUNT,
            description="Established value.",
        ),
        Column(
            name="eigenaar_type", kind=Kind.TEXT, required=False, constraint=PERSON_KIND, description="Kind of owner."
        ),
        Column(
            name="gebruiker_type",
            kind=Kind.TEXT,
            required=False,
            constraint=PERSON_KIND,
            description="Kind of user; empty = none.",
        ),
    ),
)

EIGENDOM = SourceTable(
    name="eigendom",
    source="vastgoed",
    files=("vastgoed/eigendom*",),
    description="4b: shares of ownership per period. One row per share and period.",
    owner="Kadaster (BRK)",
    law="Kadasterwet art. 2a and 73a; use needs the ground in levering.toml",
    refresh="monthly or per delivery",
    known_faults=(
        "shares with the same datum_van are one transfer",
        "koopsom is that of the whole deed, which may cover more objects",
        "economic ownership and straw men are not in the register",
    ),
    key=("adresseerbaarobject_identificatie", "gerechtigde", "zakelijk_recht", "van"),
    columns=(
        OBJECT,
        Column(name="gerechtigde", kind=Kind.TEXT, nullable=False, description="Pseudonym of the titleholder."),
        Column(
            name="gerechtigde_type",
            kind=Kind.TEXT,
            constraint=Constraint(one_of=("natuurlijk_persoon", "rechtspersoon", "woningcorporatie", "overheid")),
            description="Kind of titleholder.",
        ),
        Column(
            name="zakelijk_recht", kind=Kind.TEXT, description="Right held, e.g. eigendom, erfpacht, vruchtgebruik."
        ),
        Column(
            name="aandeel_teller",
            kind=Kind.FLOAT,
            constraint=Constraint(at_least=0, at_most=1e9),
            description="Share: numerator.",
        ),
        Column(
            name="aandeel_noemer",
            kind=Kind.FLOAT,
            constraint=Constraint(at_least=1, at_most=1e9),
            description="Share: denominator.",
        ),
        Column(
            name="woont_op_adres",
            kind=Kind.YES_NO,
            description="Whether the titleholder is registered at the address; empty = unknown.",
        ),
        Column(name="datum_van", kind=Kind.DATE, field="van", nullable=False, description="Begin of the right."),
        Column(name="datum_tot", kind=Kind.DATE, field="tot", description="End of the right, exclusive; empty = now."),
        Column(
            name="koopsom", kind=Kind.FLOAT, unit="EUR", constraint=AMOUNT, description="Price paid at the transfer."
        ),
        Column(
            name="tijdstip_ondertekening",
            kind=Kind.DATE,
            required=False,
            description="Signing of the deed; known from then.",
        ),
    ),
)

VESTIGINGEN = SourceTable(
    name="vestigingen",
    source="vastgoed",
    files=("vastgoed/vestigingen*",),
    description="4c: business establishments.",
    owner="Kamer van Koophandel (HR)",
    law="Handelsregisterwet 2007, art. 21-22; use needs the ground in levering.toml",
    refresh="weekly or per delivery",
    known_faults=("people in business for themselves register at home", "closed firms are signed off late"),
    key=("vestigingsnummer", "adresseerbaarobject_identificatie", "datum_aanvang"),
    columns=(
        Column(
            name="kvknummer",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(pattern=r"\d{8}"),
            description="Number of the enterprise.",
        ),
        Column(
            name="vestigingsnummer",
            kind=Kind.TEXT,
            nullable=False,
            constraint=Constraint(pattern=r"\d{12}"),
            description="Number of the establishment.",
        ),
        OBJECT,
        Column(
            name="sbi",
            kind=Kind.TEXT,
            constraint=Constraint(pattern=r"[\d.]{2,10}"),
            description="Main activity (SBI 2008).",
        ),
        Column(name="datum_aanvang", kind=Kind.DATE, nullable=False, description="Begin at this address."),
        Column(name="datum_einde", kind=Kind.DATE, description="End at this address; empty = still there."),
    ),
)

ENERGIELABELS = SourceTable(
    name="energielabels",
    source="vastgoed",
    files=("vastgoed/energielabels*",),
    preamble=2,
    description="4d: registered energy labels, the header of EP-online.",
    owner="Rijksdienst voor Ondernemend Nederland (EP-online)",
    law="Besluit bouwwerken leefomgeving, afd. 6.4; open data",
    refresh="monthly",
    known_faults=("two lines may stand before the header", "labels of before 2015 rest on few particulars"),
    key=("verblijfsobject", "ligplaats", "standplaats", "bekend"),
    columns=(
        Column(
            name="Pand_bagverblijfsobjectid",
            kind=Kind.TEXT,
            field="verblijfsobject",
            constraint=ID16,
            description="Identification of the verblijfsobject.",
        ),
        Column(
            name="Pand_bagligplaatsid",
            kind=Kind.TEXT,
            field="ligplaats",
            required=False,
            constraint=ID16,
            description="Identification of the ligplaats.",
        ),
        Column(
            name="Pand_bagstandplaatsid",
            kind=Kind.TEXT,
            field="standplaats",
            required=False,
            constraint=ID16,
            description="Identification of the standplaats.",
        ),
        Column(name="Pand_gebouwtype", kind=Kind.TEXT, field="gebouwtype", description="Type of building."),
        Column(
            name="Pand_gebouwsubtype", kind=Kind.TEXT, field="gebouwsubtype", required=False, description="Subtype."
        ),
        Column(
            name="Pand_energieklasse",
            kind=Kind.TEXT,
            field="klasse",
            nullable=False,
            constraint=Constraint(pattern=r"A\+{0,5}|[B-G]"),
            description="Label class, A+++++ to G.",
        ),
        Column(
            name="Pand_registratiedatum",
            kind=Kind.DATE,
            field="bekend",
            nullable=False,
            description="Day of registration; the row is known from it.",
        ),
        Column(
            name="Pand_gebruiksoppervlakte",
            kind=Kind.FLOAT,
            field="oppervlakte",
            required=False,
            unit="m2",
            constraint=Constraint(at_least=0),
            aliases=("Pand_gebruiksoppervlakte_thermische_zone",),
            description="Floor area according to the adviser.",
        ),
    ),
)
TABLES = (WOZ, EIGENDOM, VESTIGINGEN, ENERGIELABELS)


def _land_woz(rows: pd.DataFrame) -> pd.DataFrame:
    """A value is known 14 months after its reference date: the year begins 12 months later, the term is 8 weeks."""
    months = rows["waardepeildatum"].astype("datetime64[s]")
    return rows.assign(bekend=(months + pd.DateOffset(months=14)).astype("datetime64[s]"))


def _ownership(frame: pd.DataFrame) -> Checks:
    """A right ends after it begins, and nobody holds more than the whole."""
    backwards = (frame["tot"] < frame["van"]).to_numpy()
    too_much = (frame["aandeel_teller"] > frame["aandeel_noemer"]).to_numpy()
    return [("datum_tot voor datum_van", "datum_tot", backwards), ("aandeel groter dan 1", "aandeel_teller", too_much)]


def _land_eigendom(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares as fractions; a transfer is known from its deed, or from the day it takes effect where that is later."""
    signed = rows["tijdstip_ondertekening"]
    return rows.assign(
        gerechtigde=codes(rows["gerechtigde"]),
        aandeel=rows["aandeel_teller"] / rows["aandeel_noemer"],
        bekend=rows["van"].where(~(signed > rows["van"]), signed),
    )


def _establishments(frame: pd.DataFrame) -> Checks:
    """An establishment ends after it begins."""
    backwards = (frame["datum_einde"] < frame["datum_aanvang"]).to_numpy()
    return [("datum_einde voor datum_aanvang", "datum_einde", backwards)]


def _land_vestigingen(rows: pd.DataFrame) -> pd.DataFrame:
    """Known from its begin: the duty to register is within a week (Handelsregisterwet art. 19)."""
    return rows.assign(
        onderneming=codes(rows["kvknummer"]),
        van=rows["datum_aanvang"],
        tot=rows["datum_einde"],
        bekend=rows["datum_aanvang"],
    )


def _label_object(frame: pd.DataFrame) -> pd.DataFrame:
    """A label belongs to a verblijfsobject, a ligplaats or a standplaats: one id."""
    of = frame["verblijfsobject"].fillna(frame["ligplaats"]).fillna(frame["standplaats"])
    return frame.assign(adresseerbaarobject_identificatie=of)


def _has_object(frame: pd.DataFrame) -> Checks:
    """A label without any object cannot be placed."""
    none = frame[["verblijfsobject", "ligplaats", "standplaats"]].isna().all(axis=1).to_numpy()
    return [("geen adresseerbaar object", "Pand_bagverblijfsobjectid", none)]


INTAKES = (
    Intake(table=WOZ, target=landing.WOZ, land=_land_woz),
    Intake(table=EIGENDOM, target=landing.EIGENDOM, checks=_ownership, land=_land_eigendom),
    Intake(table=VESTIGINGEN, target=landing.VESTIGINGEN, checks=_establishments, land=_land_vestigingen),
    Intake(table=ENERGIELABELS, target=landing.ENERGIELABELS, checks=_has_object, slim=_label_object),
)
