"""From parameters to a delivery on disk, with the truth beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import joblib

from features.errors import Refusal
from synthetic import energy, lives, practice, property, schemes, town, truth
from synthetic.params import Params
from synthetic.world import World
from synthetic.writers import bag, brp, energie, levering, omgeving, onderzoeken, signalen, vastgoed
from synthetic.writers.geopackage import join

Progress = Callable[..., None]  # (what, how many are done, of how many)


def quiet(*_: object) -> None:
    """Says nothing."""


def synthesize(params: Params, out: Path, progress: Progress = quiet, *, jobs: int = 1) -> None:
    """Write the delivery to `out` and the truth to `out.name + "-waarheid"` beside it, whole or not at all.

    An earlier delivery in `out` is replaced; anything else there is a Refusal. jobs: gemeenten made at the same time,
    each in a process of its own (about 2 GiB each). The same parameters give the same bytes, whatever `jobs` is.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / "levering.toml").exists())):
        raise Refusal(str(out), found="other files", expected="an empty or new folder", do="choose another folder")
    aside, beside = out.parent / f".{out.name}.bezig", out.parent / f"{out.name}-waarheid"
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "levering").mkdir(parents=True)
    parts = params.parts()
    run = joblib.Parallel(n_jobs=min(jobs, len(parts)), return_as="generator")
    done = run(joblib.delayed(_part)(part, aside, "" if len(parts) == 1 else f"-{part.gemeente}") for part in parts)
    for i, maps in enumerate(done):
        for name, path in maps:
            join(path, aside / "levering" / name)
        progress("gemeenten", i + 1, len(parts))
    levering.write(params, aside / "levering")
    for folder, place in ((aside / "waarheid", beside), (aside / "levering", out)):
        shutil.rmtree(place, ignore_errors=True)
        folder.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


def make(params: Params) -> World:
    """One gemeente, in memory."""
    place = town.build(params)
    people, table, soort = lives.finish(params, place, lives.live(params, place))
    return World(params=params, town=place, lives=people, schemes=schemes.truth(people, place, table, soort))


def _part(params: Params, aside: Path, suffix: str) -> tuple[tuple[str, Path], ...]:
    """Make one gemeente and write it; its maps go to files of their own, returned as (place in the delivery, file)."""
    world, out = make(params), aside / "levering"
    maps = (
        ("bag/bag-light.gpkg", aside / f"bag{suffix}.gpkg"),
        ("omgeving/omgeving.gpkg", aside / f"omgeving{suffix}.gpkg"),
    )
    bag.write(world, maps[0][1])
    omgeving.write(world, maps[1][1])
    brp.write(world, out, suffix)
    energie.write(world, energy.simulate(world), out, suffix)
    vastgoed.write(world, property.simulate(world), out, suffix)
    practised = practice.simulate(world)
    signalen.write(world, practised, out, suffix)
    onderzoeken.write(world, practised, out, suffix)
    truth.write(world, aside / "waarheid", suffix)
    return maps
