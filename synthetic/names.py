"""Names of streets and places, all made up of ordinary words."""

from __future__ import annotations

import numpy as np

WOONPLAATSEN = (
    "Eskerveen",
    "Oosterwolde aan de Aa",
    "Lindelo",
    "Barkhorst",
    "Hemmerzijl",
    "Nieuw-Dalem aan de Vaart",
    "Vossebeek",
    "Rietmolen Haar",
    "Stuifzande",
    "Wilgenoord",
    "Kloosterberg",
    "Haarmeer",
    "Zandhuizen",
    "Olterveld",
    "Brinkheurne",
    "Gasselterdijk",
    "Meerkamp",
    "Ternaard aan Zee",
)
BASES = (
    "Dorps",
    "Kerk",
    "School",
    "Molen",
    "Beuken",
    "Eiken",
    "Linden",
    "Kastanje",
    "Berken",
    "Elzen",
    "Wilgen",
    "Meidoorn",
    "Vlier",
    "Hazelaar",
    "Merel",
    "Lijster",
    "Vink",
    "Mus",
    "Zwaluw",
    "Koekoek",
    "Reiger",
    "Kievit",
    "Grutto",
    "Wulp",
    "Roos",
    "Tulp",
    "Anjer",
    "Dahlia",
    "Iris",
    "Juliana",
    "Wilhelmina",
    "Beatrix",
    "Oranje",
    "Nassau",
    "Raadhuis",
    "Markt",
    "Haven",
    "Brug",
    "Sluis",
    "Vaart",
    "Kanaal",
    "Stations",
    "Noorder",
    "Zuider",
    "Ooster",
    "Wester",
    "Hoge",
    "Lage",
    "Nieuwe",
    "Oude",
    "Korte",
    "Lange",
    "Smids",
    "Bakkers",
    "Wevers",
    "Schippers",
    "Boeren",
    "Herder",
    "Heide",
    "Bos",
    "Veld",
    "Akker",
    "Es",
    "Brink",
    "Tuin",
    "Boomgaard",
    "Appel",
    "Peren",
    "Kersen",
    "Pruimen",
    "Rembrandt",
    "Vermeer",
    "Mozart",
    "Bach",
    "Zonnebloem",
    "Maan",
    "Ster",
    "Orion",
    "Tromp",
    "Ruyter",
    "Heyn",
    "Barentsz",
    "Tasman",
    "Erasmus",
    "Huygens",
)
INSIDE = ("straat", "laan", "weg", "hof", "plein", "pad", "singel", "kade", "dreef", "straatje", "plantsoen", "erf")
OUTSIDE = ("weg", "dijk", "steeg", "laan", "veldweg", "dwarsweg", "binnenweg", "esweg")


def streets(count: int, outside: bool, rng: np.random.Generator) -> list[str]:
    """`count` different street names of one woonplaats, inside or outside the built-up area."""
    ends = OUTSIDE if outside else INSIDE
    total = len(BASES) * len(ends)
    picks = rng.permutation(total)
    return [_name(int(picks[i % total]), ends, i // total) for i in range(count)]


def _name(pick: int, ends: tuple[str, ...], again: int) -> str:
    base, end = BASES[pick // len(ends)], ends[pick % len(ends)]
    return f"{base}{end}" + (f" {again + 1}e" if again else "")
