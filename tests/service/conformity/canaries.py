"""Values that must never come out: planted where a source could carry them, looked for wherever the service speaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine, inspect, text

NAME, BIRTH, BSN = "Kanarievogel-Zonderstem", "1931-02-29", "999990019"  # the last passes the elfproef
CANARIES = (NAME, BIRTH, BSN)
_NINE = re.compile(r"(?<![\w.])\d{9}(?![\w.])")


def plant(run: Path) -> None:
    """Extra columns in every table of a publication, and extra keys in its manifest."""
    for file in run.glob("*.parquet"):
        frame = pd.read_parquet(file)
        frame.assign(naam=NAME, geboortedatum=BIRTH, bsn=BSN).to_parquet(file, index=False)
    manifest = json.loads((run / "manifest.json").read_text())
    (run / "manifest.json").write_text(json.dumps(manifest | {"naam": NAME, "bsn": BSN, "geboren": BIRTH}))


def found(words: str) -> list[str]:
    """The canaries in `words`, and every number that could be a BSN (nine digits that pass the elfproef)."""
    return [canary for canary in CANARIES if canary in words] + [n for n in _NINE.findall(words) if elfproef(n)]


def elfproef(number: str) -> bool:
    """9a + 8b + … + 2h - i is a multiple of eleven (Besluit BSN)."""
    digits = [int(digit) for digit in number]
    weighed = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return number != "0" * 9 and weighed % 11 == 0


def dump(url: str) -> Iterator[tuple[str, str]]:
    """Every table of a database with all that is in it, as text."""
    engine = create_engine(url)
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            yield table, "\n".join(map(str, connection.execute(text(f'select * from "{table}"'))))
    engine.dispose()
