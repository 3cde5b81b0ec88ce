"""A champion for the speed benchmark: trained on the first gemeente alone, registered for all of the delivery.

Training a million addresses month by month is not what is measured; scoring them is, and it needs a model.

    python -m benchmarks.champion LEVERING
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from pipelines.landings import land
from pipelines.progress import Steps
from pipelines.settings import load
from pipelines.train import train


def main() -> None:
    """Train on one gemeente and set the champion of all."""
    settings, steps = load(), Steps()
    landed = land(Path(sys.argv[1]), settings, steps)
    train(replace(landed, landings=landed.landings[:1]), landed.day(None), settings, steps)


if __name__ == "__main__":
    main()
