"""What each address is: purpose, size, age, tenure. One row per address, vectorised."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic import installations, plan
from synthetic.params import Params

TENURE = {  # owner-occupied, private rent, housing association; per block
    "vrijstaand": (0.94, 0.06, 0.0),
    "twee_onder_een_kap": (0.83, 0.07, 0.10),
    "rij": (0.54, 0.09, 0.37),
    "appartement": (0.30, 0.28, 0.42),
    "boven_winkel": (0.22, 0.74, 0.04),
    "boerderij": (0.90, 0.10, 0.0),
    "bedrijfswoning": (0.92, 0.08, 0.0),
    "recreatiewoning": (0.74, 0.26, 0.0),
    "stacaravan": (0.62, 0.38, 0.0),
    "woonboot": (0.90, 0.10, 0.0),
    "winkel": (0.4, 0.6, 0.0),
    "bedrijf": (0.5, 0.5, 0.0),
}
SHOPS = (
    "winkelfunctie",
    "kantoorfunctie",
    "bijeenkomstfunctie",
    "gezondheidszorgfunctie",
    "onderwijsfunctie",
    "winkelfunctie,woonfunctie",
)
FIRMS = (
    "industriefunctie",
    "kantoorfunctie",
    "sportfunctie",
    "overige gebruiksfunctie",
    "industriefunctie,kantoorfunctie",
)
STATUS = (
    "Verblijfsobject in gebruik",
    "Verblijfsobject in gebruik (niet ingemeten)",
    "Verbouwing verblijfsobject",
    "Verblijfsobject buiten gebruik",
    "Verblijfsobject ingetrokken",
    "Niet gerealiseerd verblijfsobject",
    "Verblijfsobject ten onrechte opgevoerd",
)
STATUS_SHARE = (0.972, 0.010, 0.005, 0.003, 0.007, 0.0025, 0.0005)
WITHDRAWN = (
    "Verblijfsobject ingetrokken",
    "Niet gerealiseerd verblijfsobject",
    "Verblijfsobject ten onrechte opgevoerd",
    "Plaats ingetrokken",
)


def describe(
    layout: pd.DataFrame, places: list[plan.Settlement], params: Params, rng: np.random.Generator
) -> pd.DataFrame:
    """The attributes of every address that do not depend on where exactly it stands."""
    kinds = np.array([b.kind for b in plan.BLOCKS])
    kind, block = kinds[layout["kind"]], layout["block"].to_numpy()
    zone = np.array([p.zone for p in places])[layout["place"]]
    out = pd.DataFrame({"x": layout["x"], "y": layout["y"], "zone": zone, "complex": block.astype(np.int32)})
    out["type"] = _types(kind, layout)
    out["soort"] = np.where(
        kind == "woonboot", "ligplaats", np.where(kind == "stacaravan", "standplaats", "verblijfsobject")
    )
    out["gebruiksdoel"] = _purposes(kind, rng)
    out["oppervlakte"] = np.where(out["soort"] == "verblijfsobject", layout["area"], 0)
    out["bouwjaar"] = _years(kind, block, params, rng)
    out["eigendomsvorm"] = _tenures(kind, block, rng)
    _special(out, rng)
    out["gereed"] = _ready(out, params, rng)
    out["status"] = _status(out, params, rng)
    alive = ~out["status"].isin(WITHDRAWN)
    park = (out["type"] == "recreatiewoning") | ((out["type"] == "stacaravan") & (zone == "recreatiepark"))
    living = out["gebruiksdoel"].str.contains("woonfunctie")
    out["recreatief"] = park
    out["woning"] = alive & (living | out["type"].isin(["woonboot", "stacaravan"])) & ~park
    out["gescoord"] = alive & (
        living | out["gebruiksdoel"].str.contains("logiesfunctie") | (out["soort"] != "verblijfsobject")
    )
    out["verwarming"] = installations.heating(out, layout, rng)
    out["zonnepanelen"] = installations.panels(out, rng)
    out["aansluiting"] = installations.meters(out, kind, layout, rng)
    return out


def _types(kind: npt.NDArray[np.str_], layout: pd.DataFrame) -> npt.NDArray[np.str_]:
    rank, size = layout["rank"].to_numpy(), layout["size"].to_numpy()
    corner = (rank == 0) | (rank == size - 1)
    out = np.where(kind == "rij", np.where(corner, "hoekwoning", "tussenwoning"), kind)
    out = np.where(kind == "boven_winkel", "appartement", out)
    return np.where((kind == "winkel") | (kind == "bedrijf"), "geen", out)


def _purposes(kind: npt.NDArray[np.str_], rng: np.random.Generator) -> npt.NDArray[np.str_]:
    n, draw = len(kind), rng.random(len(kind))
    out = np.full(n, "woonfunctie", dtype="<U40")
    out = np.where(kind == "winkel", np.array(SHOPS)[rng.choice(6, n, p=[0.42, 0.22, 0.15, 0.08, 0.05, 0.08])], out)
    out = np.where(kind == "bedrijf", np.array(FIRMS)[rng.choice(5, n, p=[0.6, 0.14, 0.04, 0.12, 0.10])], out)
    out = np.where((kind == "bedrijfswoning") & (draw < 0.6), "woonfunctie,industriefunctie", out)
    out = np.where((kind == "boerderij") & (draw < 0.22), "woonfunctie,industriefunctie", out)
    out = np.where((kind == "boerderij") & (draw > 0.96), "woonfunctie,logiesfunctie", out)
    out = np.where((kind == "vrijstaand") & (draw > 0.985), "woonfunctie,kantoorfunctie", out)
    out = np.where((kind == "recreatiewoning"), np.where(draw < 0.9, "logiesfunctie", "woonfunctie"), out)
    return np.where((kind == "woonboot") | (kind == "stacaravan"), "", out)


def _years(
    kind: npt.NDArray[np.str_], block: npt.NDArray[np.int32], params: Params, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Building year: waves of building, the same within a block."""
    waves = np.array([1905, 1932, 1956, 1968, 1977, 1988, 1999, 2010, 2020])
    blocks = block.max() + 1
    year = waves[rng.choice(9, blocks, p=[0.08, 0.10, 0.12, 0.17, 0.18, 0.12, 0.11, 0.07, 0.05])] + rng.integers(
        -6, 7, blocks
    )
    out = np.minimum(year, params.peildatum.year - 3)[block]
    old = np.isin(kind, ["boerderij"])
    out = np.where(old & (rng.random(len(kind)) < 0.7), rng.integers(1820, 1950, len(kind)), out)
    return np.where(np.isin(kind, ["recreatiewoning"]), np.maximum(out, 1962), out)


def _tenures(
    kind: npt.NDArray[np.str_], block: npt.NDArray[np.int32], rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    shares = np.cumsum(np.array([TENURE[b.kind] for b in plan.BLOCKS]), axis=1)
    kinds, code = np.unique(kind, return_inverse=True)
    order = [b.kind for b in plan.BLOCKS]
    which = np.array([order.index(k) for k in kinds])[code]
    draw = np.where(rng.random(len(kind)) < 0.85, rng.random(block.max() + 1)[block], rng.random(len(kind)))
    pick = (draw[:, None] > shares[which]).sum(axis=1)
    return np.array(["koop", "particuliere_huur", "corporatie", "corporatie"])[pick]


def _special(out: pd.DataFrame, rng: np.random.Generator) -> None:
    """Care homes and shelters (instelling), and houses let by the room (kamers: how many; 1 = an ordinary home)."""
    n = len(out)
    out["instelling"] = False
    out["kamers"] = 1
    shops = np.flatnonzero((out["type"] == "geen") & out["zone"].isin(["kern", "dorp"]))
    picked = rng.choice(shops, size=min(len(shops), max(1, round(n / 2600))), replace=False)
    out.loc[picked, "instelling"] = True
    out.loc[picked, "gebruiksdoel"] = "woonfunctie,gezondheidszorgfunctie"
    out.loc[picked, "oppervlakte"] = rng.integers(1400, 5200, len(picked))
    out.loc[picked, "kamers"] = rng.integers(14, 60, len(picked))
    rooms = np.flatnonzero(
        (out["eigendomsvorm"] == "particuliere_huur")
        & (out["zone"] == "kern")
        & (out["type"] != "geen")
        & (out["oppervlakte"] > 85)
    )
    picked = rng.choice(rooms, size=min(len(rooms), round(n / 420)), replace=False)
    out.loc[picked, "kamers"] = rng.integers(3, 9, len(picked))


def _ready(out: pd.DataFrame, params: Params, rng: np.random.Generator) -> npt.NDArray[np.int32]:
    """The day a home was finished: long ago, but for the blocks built in these years."""
    blocks = int(out["complex"].max()) + 1
    span = (params.months + params.burn_in) * 30
    new = rng.random(blocks) < 0.011 * (params.months + params.burn_in) / 12 * 0.6
    day = np.where(new, params.today - rng.integers(0, span, blocks), 0)[out["complex"].to_numpy()]
    day = np.where(out["zone"].isin(["kern", "dorp"]) & (out["type"] != "geen") & (out["kamers"] == 1), day, 0).astype(
        np.int32
    )
    year = day.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    out["bouwjaar"] = np.where(day > 0, year, out["bouwjaar"])
    return day


def _status(out: pd.DataFrame, params: Params, rng: np.random.Generator) -> npt.NDArray[np.str_]:
    status = np.array(STATUS)[rng.choice(len(STATUS), size=len(out), p=STATUS_SHARE)]
    status = np.where((out["gereed"] > params.today - 60), "Verblijfsobject gevormd", status)
    status = np.where((out["instelling"]) | (out["kamers"] > 1), STATUS[0], status)
    place = np.where(rng.random(len(out)) < 0.01, "Plaats ingetrokken", "Plaats aangewezen")
    return np.where(out["soort"] == "verblijfsobject", status, place)
