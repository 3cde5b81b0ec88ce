"""Training at scale: train and full evaluation of a gemeente of 200,000 addresses, 5,000 labels, 24 month-ends.

    python -m benchmarks.training [--addresses 200000] [--in FOLDER]

The command a gemeente would run, `schijnwerper train`, after the delivery has landed: features of the month-ends, both
targets, every fold and challenger, calibration, fairness, gates, pictures, MLflow. Beside it what the month-ends alone
take: the ratio says how much of it is learning and judging.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path

from benchmarks.memory import measure
from benchmarks.results import Section, write_section
from benchmarks.speed import GIB, Place

SECONDS, PEAK = 360.0, 6.0  # the bars
MONTHS = 25  # 24 month-ends before investigations, and the last month


def main() -> None:
    """Measure and write the section `Training` of RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=200_000)
    parser.add_argument("--in", dest="folder", type=Path, default=Path("demo/bench-train"))
    chosen = parser.parse_args()
    place = Place(folder=chosen.folder.resolve())
    place.folder.mkdir(parents=True, exist_ok=True)
    os.environ["SCHIJNWERPER_WERKMAP"] = str(place.folder / "werk")
    if not (place.levering / "levering.toml").exists():
        made = ("--addresses", str(chosen.addresses), "--months", str(MONTHS), "--seed", "5")
        measure(place.command("synthesize", "--out", str(place.levering), *made), place.folder / "synthesize.log")
    landed = measure(place.command("ingest", str(place.levering)), place.folder / "ingest.log")
    landing = Path(json.loads(landed.output)["path"])
    shutil.rmtree(landing / "kenmerken", ignore_errors=True)  # no month-end may be kept
    full = measure(place.command("train", str(place.levering)), place.folder / "train.log")
    again = measure(place.command("train", str(place.levering)), place.folder / "train-again.log")
    section = Section(
        title=f"Training on {chosen.addresses:,} addresses",
        command=f"python -m benchmarks.training --addresses {chosen.addresses}",
        heading=("what", "seconds", "bar", "peak GiB", "bar"),
        rows=(
            (
                "train + full evaluation",
                f"{full.seconds:.0f}",
                f"{SECONDS:.0f}",
                f"{full.peak / GIB:.1f}",
                f"{PEAK:.0f}",
            ),
            ("the same with the month-ends kept", f"{again.seconds:.0f}", "", f"{again.peak / GIB:.1f}", ""),
            ("so the month-ends", f"{full.seconds - again.seconds:.0f}", "", "", ""),
        ),
        notes=tuple(_about(doel, found) for doel, found in json.loads(full.output)["trained"].items()),
    )
    write_section("training", section)
    print(section.text())


def _about(doel: str, found: dict[str, object]) -> str:
    return f"{doel}: {float(str(found['labels'])):,.0f} labels, {float(str(found['positieven'])):,.0f} positive"


if __name__ == "__main__":
    main()
