"""`schijnwerper convert`: an official file of another layout into one that a delivery holds."""

from __future__ import annotations

from pathlib import Path

from features.errors import Refusal
from pipelines.places import file_to_write
from pipelines.show import Wrote


def run(what: str, source: Path, target: Path) -> Wrote:
    """Convert `source` to `target`; raises Refusal for a kind we do not know or a file that is not of that kind."""
    from features.convert import CONVERTERS

    if what not in CONVERTERS:
        raise Refusal("convert", found=repr(what), expected=" or ".join(CONVERTERS), do="name one of these")
    file_to_write(target, "TARGET")
    report = CONVERTERS[what](source, target)
    return Wrote(path=target, rows=report.rows, what=f"{what} objects")
