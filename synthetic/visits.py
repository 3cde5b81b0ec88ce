"""What an investigation finds: the truth of the visit's day, seen through doors that stay shut and eyes that differ."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.columns import Doel
from synthetic.signals import column_of
from synthetic.world import FOREVER, Lookalike, Mask, Use, World

Texts = npt.NDArray[np.str_]
LAWFUL_USE = int(
    Lookalike.SECOND_HOME | Lookalike.DIPLOMAT | Lookalike.SHORT_LET | Lookalike.MIGRANT_TRANSIT | Lookalike.INSTITUTION
)
WIDTH = "U40"


def outcomes(
    world: World, chosen: pd.DataFrame, strict: npt.NDArray[np.float64], rng: np.random.Generator
) -> pd.DataFrame:
    """`chosen` (address, doel, start day, handler) with visit (day), attempts, finished (FOREVER = not), outcome ("").

    strict: per handler, 0 = as most; above it finds more, rightly and wrongly.
    """
    n = len(chosen)
    visit = chosen["start"].to_numpy(np.int64) + rng.integers(10, 70, n)
    finished = visit + rng.gamma(2.0, 14, n).astype(np.int64) + 3
    attempts = 1 + np.minimum(rng.geometric(0.55, n) - 1, 4)
    found = truth(world, chosen, visit, rng)
    found = _mistaken(found, chosen, strict[chosen["handler"].to_numpy()], rng)
    found = _unseen(world, found, chosen, visit, attempts, rng)
    running = finished >= world.params.today
    return chosen.assign(
        visit=visit,
        attempts=np.where(visit >= world.params.today, 0, attempts),
        finished=np.where(running, FOREVER, finished),
        outcome=np.where(running, "", found),
    )


def truth(world: World, chosen: pd.DataFrame, visit: npt.NDArray[np.int64], rng: np.random.Generator) -> Texts:
    """The outcome that a visit with open doors and sharp eyes would have: codes of FORMATS 6."""
    at = (chosen["address"].to_numpy(np.int64), column_of(world, visit))
    lives, draw = world.lives, rng.random(len(chosen))
    people, listed, there = lives.occupants[at], lives.registered[at], lives.registered_present[at]
    use, lawful = lives.use[at], (lives.lookalike[at] & LAWFUL_USE) > 0
    spook, schijn = world.schemes.spook[at], world.schemes.schijn[at]
    asked = (chosen["doel"] == Doel.SPOOKBEWONING).to_numpy()
    crime = np.isin(use, (Use.HEMP, Use.HEMP_TAMPERED, Use.COVER)) | ((use == Use.STORAGE) & (draw < 0.6))
    straw = spook & schijn & (listed > 0)  # sublet behind straw men: the answer depends on the question
    return np.select(
        [
            straw & ~asked, straw & asked & (draw < 0.6), spook & crime, spook & (people > 0) & (use != Use.LODGING),
            spook,
            schijn & (people > there) & (there > 0) & (people > listed), schijn & (there > 0) & (there < listed),
            schijn & (there == 0) & (people == 0) & (draw < 0.15), schijn & (there == 0) & (draw < 0.65), schijn,
            lawful & (listed == 0), (listed == 0) & (people == 0) & np.isin(use, (Use.OFFICE, Use.HOLIDAY)),
            (listed == 0) & (people == 0),
        ],
        [
            "ingeschreven_niet_woonachtig", "illegaal_gebruik", "illegaal_gebruik", "bewoond_zonder_inschrijving",
            "gebruik_zonder_inschrijving",
            "meer_bewoners_dan_ingeschreven", "minder_bewoners_dan_ingeschreven",
            "leegstand_bevestigd", "vertrokken_onbekend_waarheen", "ingeschreven_niet_woonachtig",
            "ander_gebruik_vergund", "ander_gebruik_vergund",
            "leegstand_bevestigd",
        ],
        "in_orde",
    ).astype(WIDTH)  # fmt: skip


def _mistaken(found: Texts, chosen: pd.DataFrame, strict: npt.NDArray[np.float64], rng: np.random.Generator) -> Texts:
    """Handlers overlook one thing in twelve, the lenient more; they see what is not there in one of forty."""
    draw = rng.random(len(found))
    fine = np.isin(found, ("in_orde", "ander_gebruik_vergund", "leegstand_bevestigd"))
    overlooked = ~fine & (draw < np.clip(0.08 - 0.05 * strict, 0.01, 0.25))
    empty = np.isin(found, ("bewoond_zonder_inschrijving", "gebruik_zonder_inschrijving", "illegaal_gebruik"))
    imagined = (found == "in_orde") & (draw < np.clip(0.025 + 0.015 * strict, 0, 0.08))
    spook = (chosen["doel"] == Doel.SPOOKBEWONING).to_numpy()
    return np.select(
        [overlooked & empty & (rng.random(len(found)) < 0.5), overlooked, imagined & spook, imagined],
        ["leegstand_bevestigd", "in_orde", "gebruik_zonder_inschrijving", "minder_bewoners_dan_ingeschreven"],
        found,
    ).astype(WIDTH)


def _unseen(
    world: World, found: Texts, chosen: pd.DataFrame, visit: npt.NDArray[np.int64], attempts: npt.NDArray[np.int64],
    rng: np.random.Generator,
) -> Texts:  # fmt: skip
    """Nobody home, no co-operation, withdrawn. Desk research and the owner's word settle part of the shut doors."""
    people = world.lives.occupants[chosen["address"].to_numpy(np.int64), column_of(world, visit)]
    home, settled, odd = rng.random((3, len(found)))
    opened: Mask = (people > 0) & (home < 1 - 0.45**attempts)
    problem = np.isin(found, ("bewoond_zonder_inschrijving", "gebruik_zonder_inschrijving", "illegaal_gebruik"))
    desk = np.select([problem, (chosen["doel"] == Doel.SCHIJNBEWONING).to_numpy()], [0.45, 0.75], 0.6)
    shut = ~opened & (settled > desk)
    traces = rng.random(len(found)) < np.select([problem, people > 0], [0.65, 0.5], 0.2)
    refused = odd < np.where(problem, 0.10, 0.02)
    return np.select(
        [odd > 0.97, refused, shut & traces, shut],
        ["ingetrokken", "geen_medewerking", "niemand_aangetroffen_sporen", "niemand_aangetroffen"],
        found,
    ).astype(WIDTH)
