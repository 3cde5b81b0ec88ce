"""The declarations of the energy features. Signs follow the CBS energy method; where nobody can say, there is none."""

from __future__ import annotations

from features.columns import Feature
from features.papers import papers

ALLEEN = ("energie",)
MET_BRP = ("energie", "brp")
JA_NEE = ((0.0, "nee"), (1.0, "ja"))
HUISHOUDEN = "Low use goes with small, thrifty or poor households: only the place among homes of the same kind is used."
REIZEN = "People who are often away (travel, care, work elsewhere) look alike; the page says so beside the reason."
TECHNIEK = "Panels and heat pumps go with income; feed-in is corrected for, and gas counts only where gas is used."
ZONDER = (
    "Labour migrants and people without papers live unregistered more often; fairness is measured by area and kind."
)
SCHULD = "Disconnection for debt goes with poverty: the care signal is an exit of every investigation."


def _feature(
    name: str,
    label: str,
    unit: str,
    decimals: int,
    spook: int,
    schijn: int,
    sources: tuple[str, ...],
    persons: bool,
    description: str,
    for_: str,
    against: str,
    proxy: str,
    substantive: str,
    named: tuple[tuple[float, str], ...] = (),
) -> Feature:
    return Feature(
        name=name,
        group="energie",
        label=label,
        description=description,
        sources=sources,
        unit=unit,
        spookbewoning=spook,
        schijnbewoning=schijn,
        sentence_for=for_,
        sentence_against=against,
        decimals=decimals,
        persons=persons,
        named_values=named,
        papers=papers("energie", proxy=proxy, substantive=substantive),
    )


ENERGIE: tuple[Feature, ...] = (
    _feature("stroom_postcode", "Stroomverbruik in de buurt", "kWh per jaar", 0, 0, 0, ALLEEN, False,
             "Mean electricity use of the postcode range (open data): a reference, no signal of one address.",
             "In dit postcodegebied is het stroomverbruik gemiddeld {waarde}.",
             "In dit postcodegebied is het stroomverbruik gemiddeld {waarde}.",
             "It describes a street and goes with its income; it has no declared direction.",
             "It tells what is ordinary where no use per address may be read."),
    _feature("stroom_tegen_postcode", "Stroom tegenover de buurt", "keer", 2, 0, 0, ALLEEN, False,
             "Own electricity use divided by the mean of the postcode range, at most 10.",
             "Het stroomverbruik is {waarde} dat van de buurt.",
             "Het stroomverbruik is {waarde} dat van de buurt.",
             HUISHOUDEN, "Use far below the street's fits a home nobody lives in."),
    _feature("stroom_percentiel", "Stroom tegenover vergelijkbare woningen", "%", 0, 0, 0, MET_BRP, False,
             "Place (0-100) of the electricity use among comparable inhabited dwellings.",
             "Van de vergelijkbare bewoonde woningen gebruikt {waarde} minder stroom dan dit adres.",
             "Van de vergelijkbare bewoonde woningen gebruikt {waarde} minder stroom dan dit adres.",
             HUISHOUDEN, "CBS energy method: use against comparable inhabited homes."),
    _feature("gas_percentiel", "Gas tegenover vergelijkbare woningen", "%", 0, 0, 0, MET_BRP, False,
             "Place (0-100) of the gas use among comparable inhabited dwellings.",
             "Van de vergelijkbare bewoonde woningen gebruikt {waarde} minder gas dan dit adres.",
             "Van de vergelijkbare bewoonde woningen gebruikt {waarde} minder gas dan dit adres.",
             TECHNIEK, "CBS energy method, for heat."),
    _feature("stroom_verhouding", "Stroom gedeeld door wat gewoon is", "keer", 2, 0, 0, MET_BRP, False,
             "Electricity use divided by the median of comparable inhabited dwellings, at most 10.",
             "Het stroomverbruik is {waarde} dat van vergelijkbare bewoonde woningen.",
             "Het stroomverbruik is {waarde} dat van vergelijkbare bewoonde woningen.",
             HUISHOUDEN, "How far the use is from what is ordinary, not only its place."),
    _feature("stroom_min_gas", "Verschil tussen stroom en gas", "", 0, 0, 0, MET_BRP, False,
             "Place of the electricity use less place of the gas use (-100 to 100).",
             "Verschil in plaats tussen stroom en gas: {waarde} (0 is gelijk, boven 0 is meer stroom).",
             "Verschil in plaats tussen stroom en gas: {waarde} (0 is gelijk, boven 0 is meer stroom).",
             TECHNIEK, "Much power and little heat fits storage or machines better than living."),
    _feature("stroom_afgesloten", "Stroomaansluiting uit bedrijf", "", 0, 0, 0, ALLEEN, False,
             "1 where the electricity connections of the address are out of service.",
             "Stroomaansluiting uit bedrijf: {waarde}.", "Stroomaansluiting uit bedrijf: {waarde}.",
             SCHULD, "Without power a home is hardly lived in.", JA_NEE),
    _feature("gas_afgesloten", "Gasaansluiting uit bedrijf", "", 0, 0, 0, ALLEEN, False,
             "1 where the gas connections of the address are out of service.",
             "Gasaansluiting uit bedrijf: {waarde}.", "Gasaansluiting uit bedrijf: {waarde}.",
             TECHNIEK, "Leaving gas is common; it only explains why gas is absent.", JA_NEE),
    _feature("stroom_ontbreekt", "Geen stroomaansluiting bekend", "", 0, 0, 0, ALLEEN, False,
             "1 where no electricity connection could be linked to the address.",
             "Er is geen stroomaansluiting bij dit adres gevonden: {waarde}.",
             "Er is geen stroomaansluiting bij dit adres gevonden: {waarde}.",
             "Addresses in shared buildings share meters: no direction is declared.",
             "It says that energy can tell nothing here.", JA_NEE),
    _feature("teruglevering", "Teruggeleverde stroom", "kWh per jaar", 0, 0, 0, ALLEEN, False,
             "Electricity fed in over a year.",
             "Het adres levert {waarde} terug aan het net.", "Het adres levert {waarde} terug aan het net.",
             TECHNIEK, "Panels hide part of the use; the reader must know that they are there."),
    _feature("basislast", "Laagste maand", "kWh per maand", 0, 0, 0, ALLEEN, False,
             "The lowest measured electricity use of a month in the last year.",
             "In de laagste maand was het stroomverbruik {waarde}; bij vergelijkbare adressen {vergelijking}.",
             "In de laagste maand was het stroomverbruik {waarde}; bij vergelijkbare adressen {vergelijking}.",
             "Medical equipment and home businesses raise it; no direction is declared.",
             "What runs on when nobody is there: machines, or only a fridge."),
    _feature("laatste_3_maanden", "Laatste drie maanden tegenover een jaar eerder", "keer", 2, 0, 0, ALLEEN, False,
             "Electricity use of the last three months divided by that of the same months a year before.",
             "In de laatste drie maanden was het stroomverbruik {waarde} dat van een jaar eerder.",
             "In de laatste drie maanden was het stroomverbruik {waarde} dat van een jaar eerder.",
             REIZEN, "Use falls when people leave."),
    _feature("lege_maanden", "Maanden bijna zonder stroom", "maanden", 0, -1, 0, MET_BRP, False,
             "Measured months of the last year with under a fifth of the use that is usual in that month.",
             "In {waarde} van het laatste jaar werd bijna geen stroom gebruikt.",
             "In {waarde} van het laatste jaar werd bijna geen stroom gebruikt.",
             REIZEN, "Empty months speak against use."),
    _feature("sprong", "Grootste blijvende verandering in het verbruik", "", 2, 0, 0, MET_BRP, False,
             "Largest lasting change of electricity use against comparable homes in the months known (log; + = up).",
             "Grootste verandering in het stroomverbruik: getal {waarde} (boven 0 is omhoog, onder 0 is omlaag).",
             "Grootste verandering in het stroomverbruik: getal {waarde} (boven 0 is omhoog, onder 0 is omlaag).",
             "Births, separations and new appliances look alike; no direction is declared.",
             "A change of people or of use shows as a step."),
    _feature("schommeling", "Schommeling van het verbruik", "", 2, 0, 0, MET_BRP, False,
             "Standard deviation of the log of monthly use against comparable homes.",
             "Schommeling van het stroomverbruik: getal {waarde}; bij vergelijkbare adressen {vergelijking}.",
             "Schommeling van het stroomverbruik: getal {waarde}; bij vergelijkbare adressen {vergelijking}.",
             REIZEN, "Changing guests or occasional use make it swing; machines make it flat."),
    _feature("gas_antwoord_op_kou", "Gas volgt de kou", "", 2, 0, 0, MET_BRP, False,
             "How strongly monthly gas follows that of comparable homes: 1 = as strongly, 0 = not at all.",
             "Het gasverbruik volgt de kou met {waarde} (1 is als bij vergelijkbare woningen).",
             "Het gasverbruik volgt de kou met {waarde} (1 is als bij vergelijkbare woningen).",
             TECHNIEK, "Who is at home turns the heating on when it is cold."),
)  # fmt: skip
