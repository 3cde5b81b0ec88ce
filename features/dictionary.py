"""The data dictionary: docs/data-dictionary.md from the declarations. `python -m features.dictionary [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from features.columns import ANY, Column, Feature, Kind, SourceTable
from features.delivery import all_tables
from features.landing import LANDING_TABLES, LandingTable
from features.papers import PURPOSE, REVIEWED, REVIEWER, SOURCES, STATISTICAL
from features.register import FEATURES

TARGET = Path(__file__).resolve().parent.parent / "docs" / "data-dictionary.md"
INTRO = """# Data dictionary

Made from the declarations in `features/` by `make docs`; do not edit. What is
declared here is what the readers validate and what the synthetic gemeente writes. Columns that are not declared are
never read.
"""
KINDS = {
    Kind.TEXT: "text",
    Kind.INT: "whole number",
    Kind.FLOAT: "number",
    Kind.DATE: "date YYYY-MM-DD",
    Kind.PARTIAL_DATE: "date YYYYMMDD, 00 = unknown part",
    Kind.MONTH: "month YYYY-MM",
    Kind.YES_NO: "J or N",
}


def document() -> str:
    """The whole dictionary as Markdown."""
    sources = "\n".join(source_section(t) for t in all_tables())
    landing = "\n".join(landing_section(t) for t in LANDING_TABLES)
    return f"{INTRO}\n## What comes in\n\n{sources}\n## The landing, after reading\n\n{landing}\n{feature_section()}"


def feature_section() -> str:
    """Every feature with its status and own papers, after what it shares with the features of its source."""
    shared = [
        f"- `{name}`: {of.ground} {of.lawful.says} {of.quality.says} Rests on: {of.rests_on}"
        for name, of in SOURCES.items()
    ]
    rows = [
        (f"`{f.name}`", f.papers.status, " ".join(f"`{s}`" for s in f.sources), _directions(f), f.description,
         f.papers.proxy.says, f.papers.substantive.says)
        for f in FEATURES
    ]  # fmt: skip
    reasons = sorted({f"- {f.papers.status}: {f.papers.why}" for f in FEATURES if f.papers.why})
    heading = "| feature | status | sources | spook, schijn | what it is | proxy test | substantive test |"
    lines = ["## The features and their papers", "", f"Purpose of all: {PURPOSE}", ""]
    lines += [f"Statistical test of all: {STATISTICAL.says} See {STATISTICAL.evidence}", "", *shared, *reasons, ""]
    lines += [f"Reviewed by {REVIEWER}, {REVIEWED}. Directions: + a higher value speaks for, - against, 0 none.", ""]
    return "\n".join([*lines, heading, "|---|---|---|---|---|---|---|", *map(_row, rows)]) + "\n"


def _directions(feature: Feature) -> str:
    return f"{'-0+'[feature.spookbewoning + 1]}, {'-0+'[feature.schijnbewoning + 1]}"


def source_section(table: SourceTable) -> str:
    """One table of a delivery: its papers and its columns."""
    place = ", ".join(f"`{p}`" for p in table.files) + (f", layer `{table.layer}`" if table.layer else "")
    facts = [
        ("source in levering.toml", f"`{table.source}`"),
        ("place", place),
        ("owner", table.owner),
        ("law", table.law),
        ("refresh", table.refresh),
    ]
    if table.geometry:
        facts.append(("geometry", " or ".join(table.geometry) + ", EPSG:28992"))
    if table.key:
        facts.append(("unique", ", ".join(f"`{name}`" for name in table.key)))
    lines = [f"### {table.name}", "", table.description, "", *(f"- {what}: {text}" for what, text in facts)]
    lines += [f"- known fault: {fault}" for fault in table.known_faults]
    if table.columns:
        lines += ["", "| column | kind | rule | meaning |", "|---|---|---|---|", *map(column_row, table.columns)]
    return "\n".join(lines) + "\n"


def column_row(column: Column) -> str:
    """One column as a row of the table."""
    rules = [] if column.required else ["may be absent"]
    rules += [] if column.nullable else ["never empty"]
    rules += [] if column.constraint == ANY else [column.constraint.describe()]
    kind = KINDS[column.kind] + (f", {column.unit}" if column.unit else "")
    other = f" Also: {', '.join(column.aliases)}." if column.aliases else ""
    cells = (f"`{column.name or '(no name)'}`", kind, "; ".join(rules), column.description + other)
    return _row(cells)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def landing_section(table: LandingTable) -> str:
    """One table of the landing."""
    known = f" A row is known from `{table.known}`." if table.known else ""
    later = "".join(
        f" `{'`, `'.join(fact.columns)}` are known from `{fact.known}`." for fact in table.later
    )  # fmt: skip
    rows = [f"| `{name}` | {kind} |" for name, kind in table.columns.items()]
    return (
        "\n".join(
            [
                f"### {table.name}.parquet",
                "",
                table.description + known + later,
                "",
                "| column | type |",
                "|---|---|",
                *rows,
            ]
        )
        + "\n"
    )


def main(arguments: list[str]) -> int:
    """Write the dictionary, or with --check tell whether it is current; gives the exit code."""
    wanted = document()
    if "--check" not in arguments:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(wanted, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{TARGET.name}: not current; what to do: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
