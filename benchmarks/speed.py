"""Speed and memory on 1,000,000 addresses: ingest, build, score and reasons, beside plain baselines, in one run.

    python -m benchmarks.speed [--addresses 1000000] [--in FOLDER]

Each stage runs as the command a gemeente would run, in processes of its own; the peak is that of the process tree.
The figures go into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.baselines import bare_isolation, bare_predict, scan, table_lookup, tree_explainer
from benchmarks.memory import Measured, measure
from benchmarks.results import Section, write_section

BARS = {"build": 90.0, "score + reasons": 60.0}  # seconds per million addresses
GIB = 2**30


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the benchmark keeps its delivery, its werkmap and what it publishes."""

    folder: Path

    @property
    def levering(self) -> Path:
        """The synthetic delivery."""
        return self.folder / "levering"

    def command(self, *arguments: str) -> list[str]:
        """`schijnwerper` with these arguments."""
        return [sys.executable, "-m", "pipelines", *arguments, "--json"]


def main() -> None:
    """Measure and write the section `Speed` of RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=1_000_000)
    parser.add_argument("--in", dest="folder", type=Path, default=Path("demo/bench"))
    chosen = parser.parse_args()
    place = Place(folder=chosen.folder.resolve())
    place.folder.mkdir(parents=True, exist_ok=True)
    os.environ["SCHIJNWERPER_WERKMAP"] = str(place.folder / "werk")
    rows = _stages(place, chosen.addresses)
    section = Section(
        title=f"Speed and memory on {chosen.addresses:,} addresses",
        command=f"python -m benchmarks.speed --addresses {chosen.addresses}",
        heading=("what", "seconds per million", "peak GiB", "beside", "ratio"),
        rows=tuple(rows),
    )
    write_section("speed", section)
    print(section.text())


def _stages(place: Place, addresses: int) -> list[tuple[str, ...]]:
    per_million = 1e6 / addresses
    made = place.levering / "levering.toml"
    rows = []
    if not made.exists():
        done = _run(place, "synthesize", "--out", str(place.levering), "--addresses", str(addresses))
        rows.append(_row("synthesize", done, per_million, "", ""))
    shutil.rmtree(place.folder / "werk" / "landing", ignore_errors=True)  # neither landing nor features may be kept
    landed = _run(place, "ingest", str(place.levering))
    landing = Path(json.loads(landed.output)["path"])
    scanned = scan(landing)
    rows.append(_row("ingest", landed, per_million, "plain scan of the landing", _ratio(landed.seconds, scanned)))
    features = place.folder / "kenmerken.parquet"
    built = _run(place, "build", str(place.levering), "--out", str(features))
    rows.append(_row("build", built, per_million, "plain scan of the landing", _ratio(built.seconds, scanned)))
    champion = [sys.executable, "-m", "benchmarks.champion", str(place.levering)]
    measure(champion, place.folder / "champion.log")
    scored = _run(place, "score", str(place.levering), "--out", str(place.folder / f"publicaties-{time.time():.0f}"))
    forest, trees = bare_isolation(features), bare_predict(features)
    beside = "bare sklearn: IsolationForest.score_samples x 1 + HistGradientBoosting.predict_proba x 2"
    rows.append(
        _row("score + reasons, both targets", scored, per_million, beside, _ratio(scored.seconds, forest + 2 * trees))
    )
    ours, theirs = table_lookup(features, scored.output), tree_explainer(features)
    shown = (f"{ours:.1f}", "", f"shap TreeExplainer on HistGradientBoosting: {theirs * 1e6:,.0f}")
    rows.append(("exact contributions, one target", *shown, f"{theirs * 1e6 / ours:,.0f}x faster"))
    return rows


def _run(place: Place, *arguments: str) -> Measured:
    print("running:", " ".join(arguments), flush=True)
    done = measure(place.command(*arguments), place.folder / f"{arguments[0]}.log")
    print(f"  {done.seconds:.1f} s, {done.peak / GIB:.2f} GiB", flush=True)
    return done


def _row(what: str, done: Measured, per_million: float, beside: str, ratio: str) -> tuple[str, ...]:
    return (what, f"{done.seconds * per_million:.1f}", f"{done.peak / GIB:.2f}", beside, ratio)


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.1f}x"


if __name__ == "__main__":
    main()
