"""The level of use against CBS 81528NED (2024): inhabited dwellings by type, the whole country."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from synthetic import energy, town
from synthetic.params import Params
from tests.synthetic.handmade import world

TABLE = "cbs_energie_woningen/81528NED_full_data.csv"
TYPES = {  # keys of CBS
    "ZW25810": "appartement", "ZW25805": "tussenwoning", "ZW25806": "hoekwoning", "ZW10300": "twee_onder_een_kap",
    "ZW10320": "vrijstaand",
}  # fmt: skip
TOLERANCE = 0.15
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def cbs() -> pd.DataFrame:
    """Mean m3 and kWh of 2024 per dwelling type."""
    path = Path(os.environ.get("SCHIJNWERPER_OFFICIAL_DATA", ROOT.parent / "shared" / "data")) / TABLE
    if not path.exists():
        pytest.skip(f"{TABLE} is absent: set SCHIJNWERPER_OFFICIAL_DATA")
    rows = pd.read_csv(path, dtype=str)
    rows = rows[(rows["RegioS"].str.strip() == "NL01") & (rows["Perioden"] == "2024JJ00")]
    rows = rows[rows["Woningkenmerken"].isin(list(TYPES))]
    means = rows.set_index(rows["Woningkenmerken"].map(TYPES))[
        ["GemiddeldAardgasverbruik_1", "GemiddeldeElektriciteitslevering_2"]
    ].astype(float)
    return means.set_axis(["m3", "kwh"], axis=1)


@pytest.fixture(scope="module")
def town_of_ours() -> pd.DataFrame:
    """type, m3 and kWh of 2025 of every inhabited home of a made-up town with a meter of its own."""
    params = Params(addresses=8000, seed=4)
    homes = town.build(params).adressen
    rng = np.random.default_rng(1)
    # household sizes of CBS by floor area: 1.6 in a flat of 78 m2, 2.4 in a detached house of 170 m2
    people = np.clip(1 + rng.poisson(np.clip(homes["oppervlakte"] / 100 - 0.15, 0.2, 1.8)), 1, 7)
    seen = energy.simulate(world(homes, occupants=np.where(homes["woning"], people, 0), params=params))
    meter = homes["aansluiting"].to_numpy()
    alone = np.bincount(meter[meter >= 0], minlength=len(homes)) == 1
    found = pd.DataFrame({"type": homes["type"], "m3": 0.0, "kwh": np.nan})
    for product, name in (("GAS", "m3"), ("ELK", "kwh")):
        rows = (seen.connections["product"] == product).to_numpy()
        at = found.index[seen.connections["address"].to_numpy()[rows]]
        found.loc[at, name] = seen.afname[rows, 15:27].sum(axis=1, dtype=float)
    return found[alone & (meter == np.arange(len(homes))) & homes["woning"].to_numpy()]


@pytest.mark.parametrize("kind", TYPES.values())
@pytest.mark.parametrize("name", ["kwh", "m3"])
def test_the_level_is_that_of_the_country(cbs, town_of_ours, kind, name):
    ours = town_of_ours.loc[town_of_ours["type"] == kind, name].mean()
    assert ours == pytest.approx(cbs.loc[kind, name], rel=TOLERANCE)
