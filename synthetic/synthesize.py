"""From parameters to a delivery on disk, with the truth beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


from features.errors import Refusal
from synthetic import energy, lives, practice, property, schemes, town, truth
from synthetic.params import Params
from synthetic.world import World
from synthetic.writers import bag, brp, energie, levering, omgeving, onderzoeken, signalen, vastgoed

Progress = Callable[..., None]  # what is being done, and which part (0-1) is finished


def quiet(_: str, __: float) -> None:
    """Says nothing."""


def synthesize(params: Params, out: Path, progress: Progress = quiet) -> None:
    """Write the delivery to `out` and the truth to `out.name + "-waarheid"` beside it. `out` must be empty or new."""
    if out.exists() and any(out.iterdir()):
        raise Refusal(str(out), found="a folder that is not empty", expected="a new or empty folder", do="choose another --out")
    out.mkdir(parents=True, exist_ok=True)
    beside = out.parent / f"{out.name}-waarheid"
    parts = params.parts()
    for i, part in enumerate(parts):
        suffix = "" if len(parts) == 1 else f"-{part.gemeente}"
        progress(f"gemeente {part.gemeente}", i / len(parts))
        world = make(part)
        bag.write(world, out)
        omgeving.write(world, out)
        brp.write(world, out, suffix)
        energie.write(world, energy.simulate(world), out, suffix)
        vastgoed.write(world, property.simulate(world), out, suffix)
        practised = practice.simulate(world)
        signalen.write(world, practised, out, suffix)
        onderzoeken.write(world, practised, out, suffix)
        truth.write(world, beside, suffix)
    levering.write(params, out)
    progress("klaar", 1.0)


def make(params: Params) -> World:
    """One gemeente, in memory."""
    place = town.build(params)
    people, table, soort = lives.finish(params, place, lives.live(params, place))
    return World(params=params, town=place, lives=people, schemes=schemes.truth(people, place, table, soort))
