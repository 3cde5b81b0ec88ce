"""The declarations of the surroundings. Places have no guilt: hardly any has a direction of its own."""

from __future__ import annotations

from features.columns import Feature
from features.papers import papers

JA_NEE = ((0.0, "nee"), (1.0, "ja"))
PLEK = "A place goes with who can afford to live there; no direction is declared, and fairness is measured by area."
AFSTAND = "Distance to a layer stands for a neighbourhood; no direction is declared."


def _feature(
    name: str,
    label: str,
    unit: str,
    spook: int,
    description: str,
    sentence: str,
    proxy: str,
    substantive: str,
    named: tuple[tuple[float, str], ...] = (),
    sources: tuple[str, ...] = ("bag", "omgeving"),
) -> Feature:
    return Feature(
        name=name,
        group="omgeving",
        label=label,
        description=description,
        sources=sources,
        unit=unit,
        spookbewoning=spook,
        schijnbewoning=0,
        sentence_for=sentence,
        sentence_against=sentence,
        named_values=named,
        papers=papers("omgeving", proxy=proxy, substantive=substantive),
    )


def _distance(name: str, what: str, english: str, substantive: str) -> Feature:
    return _feature(
        f"afstand_{name}", f"Afstand tot {what}", "meter", 0, f"Metres to the nearest {english}.",
        f"De afstand tot {what} is {{waarde}}; bij vergelijkbare adressen {{vergelijking}}.", AFSTAND, substantive,
    )  # fmt: skip


OMGEVING: tuple[Feature, ...] = (
    _feature("buitengebied", "Buitengebied", "", 0, "1 outside every built-up area.",
             "Het adres ligt in het buitengebied: {waarde}.", PLEK,
             "Fewer eyes, more buildings: what is out of sight lasts longer.", JA_NEE),
    _distance("kom", "de bebouwde kom", "built-up area", "Far from the village fewer people notice."),
    _feature("recreatiepark", "Op een recreatiepark", "", 0, "1 within a recreation park.",
             "Het adres ligt op een recreatiepark: {waarde}.",
             "People without another home live there more often; the care signal is an exit.",
             "Living there is mostly not allowed, so people do not register.", JA_NEE),
    _feature("bedrijventerrein", "Op een bedrijventerrein", "", 0, "1 within a business park.",
             "Het adres ligt op een bedrijventerrein: {waarde}.", PLEK,
             "Homes among businesses are used for other purposes more easily.", JA_NEE),
    _distance("recreatiepark", "een recreatiepark", "recreation park", "Parks draw short stays."),
    _distance("bedrijventerrein", "een bedrijventerrein", "business park", "Businesses lodge workers nearby."),
    _distance("jachthaven", "een jachthaven", "marina", "Boats are lived on without a berth in the BAG."),
    _distance("hoofdweg", "een hoofdweg", "main road", "Access matters for storage and transit."),
    _distance("landsgrens", "de landsgrens", "national border", "Across a border registration differs and people commute."),
    _feature("vrijgekomen_erf", "Vrijgekomen boerenerf", "", 1, "1 on a farmyard that is no longer a farm.",
             "Het adres ligt op een vrijgekomen boerenerf: {waarde}.",
             "Goes with older owners who stopped farming; confirmed harm is rare, so its weight is small.",
             "Empty barns are let without questions (ondermijning in the buitengebied).", JA_NEE),
    _feature("agrarisch_erf", "Boerenerf in gebruik", "", 0, "1 on a farmyard in use.",
             "Het adres ligt op een boerenerf dat in gebruik is: {waarde}.", PLEK,
             "Seasonal workers are lodged on farms, often lawfully.", JA_NEE),
    _feature("buren_100", "Adressen binnen 100 meter", "adressen", 0, "Addresses within 100 metres.",
             "Binnen 100 meter zijn {waarde}; bij vergelijkbare adressen {vergelijking}.", PLEK,
             "Neighbours see and report.", sources=("bag",)),
    _feature("buren_500", "Adressen binnen 500 meter", "adressen", 0, "Addresses within 500 metres.",
             "Binnen 500 meter zijn {waarde}; bij vergelijkbare adressen {vergelijking}.", PLEK,
             "Neighbours see and report.", sources=("bag",)),
)  # fmt: skip
