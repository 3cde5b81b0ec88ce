"""benchmarks/RESULTS.md: one section per benchmark, replaced as a whole, with the command and the machine."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILE = Path(__file__).with_name("RESULTS.md")
INTRODUCTION = "# Results\n\nMeasured, not promised. Machines are noisy: read ratios before seconds.\n"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A table of figures with the command that made them. notes: plain sentences under the table."""

    title: str
    command: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """Markdown."""
        lines = [f"## {self.title}", "", f"`{self.command}`, {date.today()}, {_machine()}.", ""]
        lines += [_line(self.heading), _line(("---",) * len(self.heading)), *map(_line, self.rows), ""]
        return "\n".join(lines + [f"- {note}" for note in self.notes]).rstrip() + "\n"


def write_section(name: str, section: Section) -> None:
    """Put the section in RESULTS.md, in the place of the one of the same name."""
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else INTRODUCTION
    block = f"<!-- {name} -->\n{section.text()}<!-- /{name} -->\n"
    pattern = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->\n", re.DOTALL)
    text = pattern.sub(lambda _: block, text) if pattern.search(text) else f"{text}\n{block}"
    FILE.write_text(text, encoding="utf-8")


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
