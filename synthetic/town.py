"""The built gemeente: places, streets, homes, farms, parks and a marina, as `Town`. Nobody lives in it yet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic import homes, names, plan, surroundings
from synthetic.params import Params
from synthetic.world import Town

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
LETTERS = "ABCDEGHJKLMNPRSTVWXZ"  # no letters in a postcode that are read amiss
STREET = {
    "kern": 320.0,
    "dorp": 300.0,
    "buitengebied": 1800.0,
    "recreatiepark": 250.0,
    "jachthaven": 200.0,
    "bedrijventerrein": 400.0,
}


def build(params: Params) -> Town:
    """The gemeente of `params`: everything that stands still."""
    rng = params.rng("town")
    side = 130.0 * np.sqrt(params.addresses) + 1500.0
    where = params.place
    west, south = 262_000.0 - 36_000.0 * (where % 6) - side, 400_000.0 + 36_000.0 * (where // 6)
    places = plan.settlements(params.addresses, rng, west, south, side)
    layout = plan.blocks(places, rng)
    _streets(layout, places)
    _coordinates(layout, places, rng)
    adressen = homes.describe(layout, places, params, rng)
    _numbers(adressen, layout, places, params, where, rng)
    panden = surroundings.panden(adressen, layout, params, rng)
    frame = surroundings.frame_of(places, west, south, side)
    return Town(
        adressen=adressen,
        panden=panden,
        woonplaatsen=surroundings.woonplaatsen(places, frame, adressen),
        lagen=surroundings.layers(places, adressen, frame, rng),
    )


def _streets(layout: pd.DataFrame, places: list[plan.Settlement]) -> None:
    """Add street (number within the gemeente), side (0 or 1) and along (metres from its beginning); in place."""
    front = np.array([b.front for b in plan.BLOCKS])[layout["kind"]]
    length = np.array([STREET[p.zone] for p in places])[layout["place"]]
    start = np.cumsum(front) - front
    first = layout.drop_duplicates("place").index
    start = start - np.repeat(start[first], layout.groupby("place", sort=False).size().to_numpy())
    begin = pd.Series(start).groupby(layout["block"].to_numpy()).transform("first").to_numpy()
    strip = np.floor(begin / length).astype(int)  # a strip is one side of one street
    layout["side"] = strip % 2
    layout["along"] = np.minimum(begin - strip * length + (start - begin), length * 1.15)
    layout["local"] = strip // 2
    layout["street"] = layout.groupby(["place", "local"], sort=False).ngroup()


def _coordinates(layout: pd.DataFrame, places: list[plan.Settlement], rng: np.random.Generator) -> None:
    """Add x and y: streets lie in rows within the square of their place; the outskirts around it."""
    place = layout["place"].to_numpy()
    radius = np.array([p.radius for p in places])[place]
    length = np.array([STREET[p.zone] for p in places])[place]
    across = np.maximum(1, np.floor(2 * radius / (length + 15))).astype(int)
    total = layout.groupby("place", sort=False)["local"].transform("max").to_numpy() + 1
    rows = np.ceil(total / across)
    local = layout["local"].to_numpy()
    pitch = 2 * radius / rows
    outside = np.array([p.zone == "buitengebied" for p in places])[place]
    setback = np.where(outside, rng.uniform(25, 70, len(layout)), 11.0)
    dx = (
        -radius
        + (local % across) * (2 * radius / across)
        + layout["along"].to_numpy() * 2 * radius / across / (length + 15)
    )
    dy = -radius + (local // across + 0.5) * pitch + np.where(layout["side"] == 0, setback, -setback)
    dx, dy = _around(dx, dy, radius, outside, np.array([p.woonplaats for p in places])[place], places)
    layout["x"] = np.round(np.array([p.x for p in places])[place] + dx, 1)
    layout["y"] = np.round(np.array([p.y for p in places])[place] + dy, 1)


def _around(
    dx: Floats, dy: Floats, reach: Floats, outside: npt.NDArray[np.bool_], village: Ints, places: list[plan.Settlement]
) -> tuple[Floats, Floats]:
    """Push the outskirts out of the village that they surround."""
    inner = np.array([p.radius for p in places])[village] + 200.0
    inner = np.minimum(inner, reach * 0.8)
    far = np.maximum(np.maximum(np.abs(dx), np.abs(dy)), 1.0)
    scale = np.where(outside, (inner + far * (reach - inner) / reach) / far, 1.0)
    return dx * scale, dy * scale


def _numbers(
    adressen: pd.DataFrame,
    layout: pd.DataFrame,
    places: list[plan.Settlement],
    params: Params,
    where: int,
    rng: np.random.Generator,
) -> None:
    """Add street names, house numbers, letters, additions, postcodes, towns and identifications; in place."""
    place, street = layout["place"].to_numpy(), layout["street"].to_numpy()
    woonplaats = np.array([p.woonplaats for p in places])[place]
    outside = np.array([p.zone == "buitengebied" for p in places])[place]
    adressen["straat"] = _street_names(street, woonplaats, outside, rng)
    towns = [names.WOONPLAATSEN[(where * 5 + i) % len(names.WOONPLAATSEN)] for i in range(woonplaats.max() + 1)]
    adressen["woonplaats"] = np.array(towns)[woonplaats]
    adressen["woonplaats_identificatie"] = np.array([f"{1000 + where * 12 + i:04d}" for i in range(len(towns))])[
        woonplaats
    ]
    number, letter, addition = _house_numbers(layout, rng)
    adressen["huisnummer"], adressen["huisletter"], adressen["toevoeging"] = number, letter, addition
    strip = pd.factorize(street * 2 + layout["side"].to_numpy())[0]
    base = 3000 + where * 200
    code = base + woonplaats * 20 + strip // (len(LETTERS) ** 2) % 20
    pair = strip % (len(LETTERS) ** 2)
    letters = np.array([a + b for a in LETTERS for b in LETTERS])
    adressen["postcode"] = np.char.add(code.astype(str), letters[pair])
    serial = 10_000 + rng.permutation(len(layout) * 3)[: len(layout)]
    kind = adressen["soort"].map({"verblijfsobject": "01", "ligplaats": "02", "standplaats": "03"}).to_numpy(dtype=str)
    adressen["identificatie"] = identifications(params.gemeente, kind, serial)
    adressen["nummeraanduiding"] = identifications(params.gemeente, np.full(len(layout), "20"), serial + 7)
    adressen["openbare_ruimte"] = identifications(params.gemeente, np.full(len(layout), "30"), street + 100)
    adressen["straatnummer"] = street.astype(np.int32)


def identifications(gemeente: str, kind: npt.NDArray[np.str_], serial: Ints) -> npt.NDArray[np.str_]:
    """16-digit BAG identifications: gemeente, type and number."""
    return np.char.add(np.char.add(gemeente, kind), np.char.zfill(serial.astype(str), 10))


def _street_names(
    street: Ints, woonplaats: Ints, outside: npt.NDArray[np.bool_], rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    one = pd.DataFrame({"street": street, "woonplaats": woonplaats, "outside": outside}).drop_duplicates("street")
    one["name"] = ""
    for _, group in one.groupby("woonplaats"):
        inside, out = group[~group["outside"]], group[group["outside"]]
        made = names.streets(len(inside), False, rng)
        taken = set(made)
        rural = [n for n in names.streets(len(out) + len(made) + 8, True, rng) if n not in taken][: len(out)]
        one.loc[inside.index, "name"] = made
        one.loc[out.index, "name"] = rural
    return one.set_index("street")["name"].loc[street].to_numpy(dtype=str)


def _house_numbers(
    layout: pd.DataFrame, rng: np.random.Generator
) -> tuple[Ints, npt.NDArray[np.str_], npt.NDArray[np.str_]]:
    """Odd on one side, even on the other; infill takes a letter, some flats one number with additions."""
    n = len(layout)
    flat = layout["size"].to_numpy() * (
        layout["kind"].map(lambda k: plan.BLOCKS[k].kind in ("appartement", "boven_winkel")).to_numpy()
    )
    shared_block = rng.random(layout["block"].max() + 1) < 0.35
    shared = (flat > 0) & shared_block[layout["block"].to_numpy()] & (layout["rank"].to_numpy() > 0)
    infill = (~shared) & (flat == 0) & (rng.random(n) < 0.02)
    first = ~pd.Series(layout["street"] * 2 + layout["side"]).duplicated().to_numpy()
    fresh = ~(shared | infill) | first
    strip = (layout["street"] * 2 + layout["side"]).to_numpy()
    rank = pd.Series(fresh.astype(int)).groupby(strip).cumsum().to_numpy()
    number = rank * 2 - 1 + layout["side"].to_numpy()
    same = pd.Series(np.ones(n, dtype=int)).groupby([strip, rank]).cumsum().to_numpy() - 1
    alphabet = np.array(["", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
    in_flat = flat > 0
    style = rng.integers(0, 3, layout["block"].max() + 1)[layout["block"].to_numpy()]
    letter = np.where((same > 0) & ~in_flat, alphabet[np.minimum(same, 26)], "")
    use_letter = in_flat & (style == 0) & (same > 0) & shared
    letter = np.where(use_letter & (same <= 25), alphabet[np.minimum(same, 26)], letter)
    floor = np.array(["", "1", "2", "3", "4"])
    named = np.where(
        style == 1, np.char.mod("%d", same), np.where(same < 5, floor[np.minimum(same, 4)], np.char.mod("%d", same))
    )
    addition = np.where(in_flat & (same > 0) & ~(use_letter & (same <= 25)), named, "")
    return number.astype(np.int64), letter.astype(str), addition.astype(str)
