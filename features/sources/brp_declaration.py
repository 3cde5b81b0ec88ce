"""The BRP as it is delivered (FORMATS 1): persoonslijsten in LO-GBA columns. Only these rubrieken are ever read."""

from __future__ import annotations

from features.columns import Column, Kind, SourceTable


def _text(rubriek: str, field: str, description: str, *, required: bool = True) -> Column:
    return Column(name=rubriek, kind=Kind.TEXT, field=field, description=description, required=required)


def _date(rubriek: str, field: str, description: str, *, required: bool = True) -> Column:
    return Column(name=rubriek, kind=Kind.PARTIAL_DATE, field=field, description=description, required=required)


# No column carries a constraint: a row that fell out while being typed would hand the rows after it to the person
# before it. Rows and dates are judged by `brp_lists.py`, when it is known whose they are.
PERSOONSLIJSTEN = SourceTable(
    name="persoonslijsten",
    source="brp",
    files=("brp/persoonslijsten*",),
    description=(
        "Persoonslijsten in the columns of the LO GBA 4.x (the layout of RvIG's test set). One list is a run of rows: "
        "the first holds the person and the current residence, the rows after it the residences before, newest first."
    ),
    owner="college van burgemeester en wethouders (BRP); Rijksdienst voor Identiteitsgegevens (stelsel)",
    law="Wet BRP art. 2.7 (gegevens), art. 2.34 and 3.2 (onderzoek en verstrekking); Besluit BRP; LO BRP/GBA 4.x",
    refresh="every day at the gemeente; a delivery is one day's state",
    known_faults=(
        "ids of the BAG stand only on rows recorded since about 2009; older rows have the address as text",
        "a date may be partly or wholly unknown (00 parts), or impossible (seven digits): then it is read as unknown",
        "a row of category 08 without a kind of address and without a departure says nothing: rejected",
        "two lists may carry the same BSN: never merged, counted",
        "the date the residence began may be empty: then the row is dated by 08.85.10, 08.14.20 or 08.09.20",
        "a supplier may leave the unnamed first column out: then a list begins where A-nummer and BSN both change",
        "the row's recording date says when it came in; corrections on paper before 1994 all carry 1994",
    ),
    columns=(
        _text("", "lijst", "Unnamed; filled on the first row of a persoonslijst.", required=False),
        _text("01.01.10", "a_nummer", "A-nummer: tells persons apart; never stored."),
        _text("01.01.20", "bsn", "Burgerservicenummer: tells persons apart; never stored."),
        _date("01.03.10", "geboortedatum", "Birth date: only the year goes on.", required=False),
        _date("07.67.10", "opgeschort_van", "Date of suspension."),
        _text("07.67.20", "opgeschort", "Reason of suspension: O died, E emigrated, M, R (RNI), F error, W."),
        _text("07.70.10", "geheim", "Secrecy: anything but empty or 0 means never shown in any form."),
        _text("08.09.10", "gemeente", "Gemeente of registration, 4 digits; 1999 = RNI."),
        _date("08.09.20", "gemeente_van", "Registered in that gemeente since.", required=False),
        _text("08.10.10", "functie", "W residential, B letter address; empty abroad."),
        _date("08.10.30", "aanvang", "The residence began."),
        _text("08.11.20", "huisnummer", "House number."),
        _text("08.11.30", "huisletter", "House letter.", required=False),
        _text("08.11.40", "toevoeging", "Addition.", required=False),
        _text("08.11.50", "aanduiding", "to (opposite) or by (near) the house number: no address to link by.",
              required=False),
        _text("08.11.60", "postcode", "Postcode."),
        _text("08.11.80", "adresseerbaarobject", "Identification of the adresseerbaar object.", required=False),
        _text("08.11.90", "nummeraanduiding", "Identification of the nummeraanduiding.", required=False),
        _text("08.13.10", "vertrek_land", "Country of departure; 0000 = unknown: left for an unknown place (VOW)."),
        _date("08.13.20", "vertrek_van", "Date of departure."),
        _text("08.14.10", "vestiging_land", "Country moved from.", required=False),
        _date("08.14.20", "vestiging_van", "Moved here on; repeated on every later row.", required=False),
        _text("08.72.10", "aangifte", "Kind of declaration: A ex officio, I self, …; T and W technical: no move."),
        _text("08.83.10", "onderzoek", "Data under investigation; 089999/589999: does not live there, established."),
        _date("08.83.20", "onderzoek_van", "Under investigation since."),
        _date("08.83.30", "onderzoek_tot", "Under investigation until.", required=False),
        _text("08.84.10", "onjuist", "O = incorrect row: begins and ends nothing."),
        _date("08.85.10", "geldig_van", "Valid from.", required=False),
        _date("08.86.10", "opgenomen", "Recorded on: from then on the row is known."),
    ),
)  # fmt: skip
BRP = PERSOONSLIJSTEN
PERSON = tuple(c.target for c in PERSOONSLIJSTEN.columns if c.name.startswith(("01.", "07.")))
VERBLIJF = tuple(c.target for c in PERSOONSLIJSTEN.columns if c.name.startswith("08."))
