"""Declarations of the group verloop: comings and goings."""

from __future__ import annotations

from features.columns import Feature
from features.papers import papers

MOBILE = "Young people, tenants and migrants move more: fairness is measured by age group and tenure at every stage."
GROUPS = "Labour migrants and students move in groups lawfully; the reason names the pattern, never the people."
NOWHERE = "People in debt or without a home leave to unknown places; only the address is ranked, not the person."
SOURCES = ("bag", "brp")


def _flow(kind: str, months: int, direction: int) -> Feature:
    """Arrivals or departures within a window."""
    came = kind == "aankomsten"
    words = "kwamen er {waarde} wonen" if came else "vertrokken er {waarde}"
    sentence = f"In {months} maanden {words}; bij vergelijkbare woningen {{vergelijking}}."
    return Feature(
        name=f"{kind}_{months}",
        group="verloop",
        label=f"{kind.capitalize()} in {months} maanden",
        unit="personen",
        description=f"{'Arrivals, births' if came else 'Departures, deaths'} left out, in {months} months.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=direction,
        persons=True,
        sentence_for=sentence,
        sentence_against=sentence,
        papers=papers(
            "brp", proxy=MOBILE, substantive="LAA signals veelverhuizers and doorgangsadres: many passing through."
        ),
    )


FLOWS = tuple(_flow(kind, m, int(m >= 12)) for kind in ("aankomsten", "vertrekken") for m in (3, 12, 24, 36))
VERLOOP: tuple[Feature, ...] = (
    *FLOWS,
    Feature(
        name="personen_36",
        group="verloop",
        label="Personen in 36 maanden",
        unit="personen",
        persons=True,
        description="Different persons registered at any time in the last 36 months.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In drie jaar stonden er {waarde} ingeschreven; bij vergelijkbare woningen {vergelijking}.",
        sentence_against="In drie jaar stonden er {waarde} ingeschreven; bij vergelijkbare woningen {vergelijking}.",
        papers=papers("brp", proxy=MOBILE, substantive="LAA signal doorgangsadres: more persons than a home can hold."),
    ),
    Feature(
        name="mediaan_verblijf",
        group="verloop",
        label="Middelste verblijfsduur",
        unit="maanden",
        persons=True,
        description="Median length of the stays of the last 36 months, running ones until now, at most 240.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=-1,
        sentence_for="De helft van de verblijven duurt korter dan {waarde}; bij vergelijkbare woningen {vergelijking}.",
        sentence_against="De helft van de verblijven duurt langer dan {waarde}; bij vergelijkbare woningen "
        "{vergelijking}.",
        papers=papers(
            "brp", proxy=MOBILE, substantive="Short stays one after another mark an address used to pass through."
        ),
    ),
    Feature(
        name="korte_verblijven",
        group="verloop",
        label="Korte verblijven",
        unit="verblijven",
        persons=True,
        description="Adults who left within 36 months after a stay of under 6 months.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In drie jaar waren er {waarde} van minder dan een half jaar.",
        sentence_against="Er waren in drie jaar {waarde} van minder dan een half jaar.",
        papers=papers("brp", age=True, proxy=MOBILE, substantive="LAA signal doorgangsadres."),
    ),
    Feature(
        name="maanden_sinds_aankomst",
        group="verloop",
        label="Maanden sinds de laatste aankomst",
        unit="maanden",
        persons=True,
        description="Months since the last arrival (births out) of those registered within 36 months, at most 240.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=0,
        sentence_for="De laatste aankomst is {waarde} geleden; bij vergelijkbare woningen {vergelijking}.",
        sentence_against="De laatste aankomst is {waarde} geleden; bij vergelijkbare woningen {vergelijking}.",
        papers=papers("brp", proxy=MOBILE, substantive="Paper registrations are found soonest after they were made."),
    ),
    Feature(
        name="vertrek_onbekend_24",
        group="verloop",
        label="Vertrokken naar onbekend",
        unit="personen",
        persons=True,
        description="Residents who left to an unknown place (VOW) in 24 months.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In twee jaar vertrokken hier {waarde} naar een onbekend adres.",
        sentence_against="In twee jaar vertrokken hier {waarde} naar een onbekend adres.",
        papers=papers("brp", proxy=NOWHERE, substantive="LAA signal VOW-adres: where one left unseen, others did too."),
    ),
    Feature(
        name="emigratie_24",
        group="verloop",
        label="Vertrokken naar het buitenland",
        unit="personen",
        persons=True,
        description="Residents who left for abroad in 24 months.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=0,
        sentence_for="In twee jaar vertrokken {waarde} naar het buitenland.",
        sentence_against="In twee jaar vertrokken {waarde} naar het buitenland.",
        papers=papers(
            "brp",
            proxy="Emigration goes with migrant background: no direction is declared and it is watched.",
            substantive="Those who stay behind on paper often belong to a household that left.",
        ),
    ),
    Feature(
        name="herinschrijvingen_24",
        group="verloop",
        label="Herinschrijvingen",
        unit="personen",
        persons=True,
        description="Arrivals in 24 months of persons whose residence before it ended in VOW (departure unknown).",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In twee jaar werden {waarde} hier opnieuw ingeschreven na vertrek naar een onbekend adres.",
        sentence_against="In twee jaar werden {waarde} hier opnieuw ingeschreven na vertrek naar een onbekend adres.",
        papers=papers("brp", proxy=NOWHERE, substantive="LAA signal herinschrijvingen: going back and forth to VOW."),
    ),
    Feature(
        name="laat_vastgelegd_36",
        group="verloop",
        label="Laat vastgelegde aankomsten",
        unit="personen",
        persons=True,
        description="Residences begun in 36 months and recorded (08.86.10) over 28 days after their latest begin day.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=0,
        sentence_for="In drie jaar werd de komst van {waarde} meer dan vier weken later vastgelegd.",
        sentence_against="In drie jaar werd de komst van {waarde} meer dan vier weken later vastgelegd.",
        papers=papers(
            "brp",
            proxy="Late recording is often the office's own backlog: no direction is declared.",
            substantive="A residence recorded afterwards was wrong till then: the register is followed less here.",
        ),
    ),
    Feature(
        name="groepsaankomst_12",
        group="verloop",
        label="Groep op één dag (12 maanden)",
        unit="volwassenen",
        persons=True,
        description="In the largest one-day arrival of 12 months: adults beyond a couple who can be nobody's child.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In een jaar kwam een groep op één dag, met {waarde} buiten een mogelijk gezin.",
        sentence_against="Van wie in een jaar samen aankwam, waren er {waarde} buiten een mogelijk gezin.",
        papers=papers("brp", age=True, proxy=GROUPS, substantive="Sham registration of a group is done in one go."),
    ),
    Feature(
        name="groepsaankomst_36",
        group="verloop",
        label="Groep op één dag (36 maanden)",
        unit="volwassenen",
        persons=True,
        description="As groepsaankomst_12, over 36 months.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In drie jaar kwam een groep op één dag, met {waarde} buiten een mogelijk gezin.",
        sentence_against="Van wie in drie jaar samen aankwam, waren er {waarde} buiten een mogelijk gezin.",
        papers=papers("brp", age=True, proxy=GROUPS, substantive="Sham registration of a group is done in one go."),
    ),
    Feature(
        name="groepsverhuizingen",
        group="verloop",
        label="Groepsverhuizingen",
        unit="keer",
        persons=True,
        description="Joint moves (same two addresses, 31 days) to or from here in 36 months by 3+ adults, "
        "nobody's child.",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In drie jaar verhuisde {waarde} een groep volwassenen samen van of naar dit adres.",
        sentence_against="In drie jaar verhuisde {waarde} een groep volwassenen samen van of naar dit adres.",
        papers=papers(
            "brp", age=True, proxy=GROUPS, substantive="The carousel: a group moves on paper from address to address."
        ),
    ),
    Feature(
        name="samen_eerder_verhuisd",
        group="verloop",
        label="Vaker samen verhuisd",
        unit="personen",
        persons=True,
        description="Adults of a joint move to or from here who made another move together in 36 months (3 or "
        "more, else 0).",
        sources=SOURCES,
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="Van wie hier kwam of ging, verhuisden {waarde} in drie jaar vaker samen.",
        sentence_against="Van wie hier kwam of ging, verhuisden {waarde} in drie jaar vaker samen.",
        papers=papers(
            "brp", age=True, proxy=GROUPS, substantive="A group that keeps moving together does not move for a home."
        ),
    ),
    Feature(
        name="groepsverhuizingen_zelfde_eigenaar",
        group="verloop",
        label="Groepen tussen panden van één eigenaar",
        unit="keer",
        persons=True,
        description="Group moves whose two addresses had a private owner in common that day.",
        sources=("bag", "brp", "vastgoed"),
        spookbewoning=0,
        schijnbewoning=1,
        sentence_for="In drie jaar verhuisde {waarde} een groep tussen dit adres en een ander van dezelfde eigenaar.",
        sentence_against="In drie jaar verhuisde {waarde} een groep tussen dit adres en een ander van dezelfde "
        "eigenaar.",
        papers=papers(
            "brp", age=True, proxy=GROUPS, substantive="Who owns both ends of a carousel may be its organiser."
        ),
    ),
)
