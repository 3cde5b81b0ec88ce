"""`schijnwerper synthesize`: a made-up gemeente as a delivery, its truth apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from features.errors import Refusal
from pipelines.places import folder_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.show import Wrote
from synthetic.params import Params
from synthetic.synthesize import synthesize


def run(
    out: Path, addresses: int, seed: int, gemeente: str, months: int, peildatum: date, settings: Settings, steps: Steps
) -> Wrote:
    """Write the delivery to `out` and the truth to `out`-waarheid; raises Refusal when `out` holds something else."""
    folder_to_write(out)
    if out.exists() and any(out.iterdir()) and not (out / "levering.toml").exists():
        raise Refusal(str(out), found="other files", expected="an empty or new folder", do="choose another folder")
    params = Params(addresses=addresses, seed=seed, gemeente=gemeente, months=months, peildatum=peildatum)
    with steps.step("make a gemeente"):
        synthesize(params, out, steps, jobs=settings.taken)
    return Wrote(path=out, rows=addresses, what="synthetic addresses")
