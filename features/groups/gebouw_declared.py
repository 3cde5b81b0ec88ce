"""The declarations of the building features."""

from __future__ import annotations

from features.columns import Feature
from features.papers import papers

BAG = ("bag",)
JA_NEE = ((0.0, "nee"), (1.0, "ja"))
TYPEN = (
    (0.0, "vrijstaande woning"), (1.0, "hoekwoning of twee onder een kap"), (2.0, "tussenwoning"),
    (3.0, "woning in een klein gebouw"), (4.0, "appartement"), (5.0, "recreatiewoning"), (6.0, "woonboot"),
    (7.0, "standplaats"), (8.0, "ander gebouw"),
)  # fmt: skip
WONING = "The kind of home goes with income and age; it has no direction and serves to compare like with like."


def _feature(
    name: str,
    label: str,
    unit: str,
    spook: int,
    schijn: int,
    description: str,
    sentence: str,
    proxy: str,
    substantive: str,
    named: tuple[tuple[float, str], ...] = (),
) -> Feature:
    return Feature(
        name=name,
        group="gebouw",
        label=label,
        description=description,
        sources=BAG,
        unit=unit,
        spookbewoning=spook,
        schijnbewoning=schijn,
        sentence_for=sentence,
        sentence_against=sentence,
        named_values=named,
        papers=papers("bag", proxy=proxy, substantive=substantive),
    )


GEBOUW: tuple[Feature, ...] = (
    _feature("woningtype", "Soort woning", "", 0, 0, "Kind of dwelling, derived from use, neighbours and energy label.",
             "Dit is een {waarde}.", WONING, "What is usual differs by kind of home.", TYPEN),
    _feature("logies", "Recreatiewoning", "", 0, 0, "1 where the use on paper is lodging (holiday home).",
             "Recreatiewoning (logiesfunctie): {waarde}.", "People without another home live there more often; no direction.",
             "Living there is mostly not allowed, so people do not register.", JA_NEE),
    _feature("gemengd_gebruik", "Meer dan een gebruiksdoel", "", 0, 0, "1 where the object has more than one use on paper.",
             "Het adres heeft meer dan een gebruiksdoel: {waarde}.", "Shops with a flat: entrepreneurs; no direction.",
             "Use by a business explains energy without residents.", JA_NEE),
    _feature("oppervlakte", "Oppervlakte", "m2", 0, 0, "Floor area; unknown where the BAG has a filler.",
             "De oppervlakte is {waarde}; bij vergelijkbare adressen {vergelijking}.", WONING,
             "Size sets what use and how many people are ordinary."),
    _feature("leeftijd", "Leeftijd van het gebouw", "jaar", 0, 0, "Years since it was built.",
             "Het gebouw is {waarde} oud; vergelijkbare adressen {vergelijking}.", WONING,
             "Age sets what heating is ordinary."),
    _feature("in_verbouwing", "In verbouwing", "", -1, 0, "1 where the BAG status tells of renovation.",
             "In verbouwing volgens de BAG: {waarde}.", "None known: permits are given to all kinds of people.",
             "Works explain use without residents.", JA_NEE),
    _feature("nog_niet_in_gebruik", "Nog niet in gebruik", "", -1, 0, "1 where the BAG says the object is not yet in use.",
             "Nog niet in gebruik volgens de BAG: {waarde}.", "None known.", "New homes are empty before they are lived in.",
             JA_NEE),
    _feature("woningen_in_pand", "Woningen in het gebouw", "woningen", 0, 0, "Scored addresses in the same pand.",
             "In het gebouw zijn {waarde}; bij vergelijkbare adressen {vergelijking}.", WONING,
             "In large buildings people are overlooked more easily, and meters are shared."),
    _feature("gebouwen_zonder_adres", "Gebouwen zonder adres in de buurt", "gebouwen", 0, 0,
             "Buildings without any address within fifty metres.",
             "Binnen vijftig meter staan {waarde} zonder eigen adres.", "Goes with farming; no direction is declared.",
             "Sheds and barns can hold dwellings that nobody registered."),
)  # fmt: skip
