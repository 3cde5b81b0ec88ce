"""The made-up gemeente against the figures of the Netherlands (CBS; see the docstring of synthetic.params).

Three towns together, so that chance moves the shares of rare things less; tolerances are stated with each figure.
"""

import numpy as np
import pytest

from synthetic.params import Params
from synthetic.synthesize import make
from synthetic.world import World


@pytest.fixture(scope="module")
def towns() -> list[World]:
    return [make(Params(addresses=9000, seed=seed)) for seed in (11, 12, 13)]


def mean(values: list[float]) -> float:
    return float(np.mean(values))


def registered_homes(world: World) -> np.ndarray:
    a = world.town.adressen
    homes = a["woning"].to_numpy() & (a["kamers"] == 1).to_numpy()
    now = world.lives.registered[homes, -1]
    return now[now > 0]


def test_household_sizes(towns: list[World]) -> None:
    """CBS 2024: mean 2.1; 40, 32, 12, 11 and 5% of one to five and more. Tolerance 0.12 and 4 points."""
    sizes = [registered_homes(w) for w in towns]
    assert mean([s.mean() for s in sizes]) == pytest.approx(2.11, abs=0.12)
    shares = np.mean([np.bincount(np.minimum(s, 5), minlength=6)[1:] / len(s) for s in sizes], axis=0)
    assert shares == pytest.approx([0.40, 0.32, 0.12, 0.11, 0.05], abs=0.04)


def test_homes_without_registration(towns: list[World]) -> None:
    """4.4% of dwellings have nobody registered (3.6-5.2)."""
    share = mean([(w.lives.registered[w.town.adressen["woning"].to_numpy(), -1] == 0).mean() for w in towns])
    assert 0.036 <= share <= 0.052


def test_spookbewoning(towns: list[World]) -> None:
    """Spookwoning candidates: 0.5% of dwellings (0.35-0.75 over the last year)."""
    share = mean([w.schemes.spook[w.town.adressen["gescoord"].to_numpy(), -12:].mean() for w in towns])
    assert 0.0035 <= share <= 0.0075


def test_addresses_not_exactly_right(towns: list[World]) -> None:
    """CBS sample 2021: 95.2% of addresses registered exactly right (4-6% not)."""
    share = mean([(~w.schemes.exact[w.town.adressen["woning"].to_numpy(), -1]).mean() for w in towns])
    assert 0.039 <= share <= 0.06


def test_moves(towns: list[World]) -> None:
    """About 97 registered moves per 1,000 persons a year (CBS 37230NED), inside and out: 82-112."""
    rates = []
    for w in towns:
        rows = w.lives.registrations
        year = rows[rows["bekend"] >= w.params.today - 730]
        moved = year["soort"].isin(["verhuizing", "elders", "vertrek", "vow"]).sum() / 2
        rates.append(1000 * moved / w.lives.registered[:, -1].sum())
    assert 82 <= mean(rates) <= 112


def test_floor_area(towns: list[World]) -> None:
    """Median m2 by kind: CBS/WoON 2021 flats 75, terraced 109, corner 112, semi-detached 131, detached 165; 12%."""
    known = {"appartement": 75, "tussenwoning": 109, "hoekwoning": 112, "twee_onder_een_kap": 131, "vrijstaand": 165}
    for kind, area in known.items():
        homes = [w.town.adressen[(w.town.adressen["type"] == kind) & (w.town.adressen["kamers"] == 1)] for w in towns]
        found = mean([h["oppervlakte"].median() for h in homes])
        assert found == pytest.approx(area, rel=0.12), kind


def test_recording(towns: list[World]) -> None:
    """Most rows are recorded within five days; those ex officio after an adresonderzoek months later."""
    rows = [w.lives.registrations for w in towns]
    assert mean([((r["bekend"] - r["van"])[r["soort"] != "vow"] <= 5).mean() for r in rows]) > 0.85
    assert mean([(r["bekend"] - r["van"])[(r["soort"] == "vow") & (r["aangifte"] == "A")].median() for r in rows]) > 50


def test_no_scheme_gives_itself_away(towns: list[World]) -> None:
    """Nobody registered is not enough for spookbewoning, and most who are lawfully away look like schijnbewoning."""
    for w in towns:
        homes = w.town.adressen["gescoord"].to_numpy()
        nobody = homes & (w.lives.registered[:, -1] == 0)
        assert w.schemes.spook[nobody, -1].mean() < 0.25
        away = homes & (w.lives.registered[:, -1] > 0) & (w.lives.occupants[:, -1] == 0)
        assert 0.05 < (~w.schemes.schijn[away, -1]).mean() < 0.9
