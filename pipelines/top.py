"""The head of a publication's list in the terminal, with the two strongest reasons for each address."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
from rich.table import Table

from features.columns import Doel
from models.scores import REST
from pipelines.show import terminal
from pipelines.stop import STOP
from pipelines.store import MANIFEST

HEAD = """
with reasons as (
    select adresseerbaarobject_identificatie as id, zin,
           row_number() over (partition by adresseerbaarobject_identificatie order by volgorde) as place
    from read_parquet($redenen)
    where doel = $doel and bijdrage > 0 and kenmerk <> $rest
)
select s.rang, a.adres || ', ' || a.woonplaats, s.kans, s.band,
       coalesce((select string_agg(zin, chr(10) order by place) from reasons r where r.id = a.id2 and place <= 2), '')
from (select *, adresseerbaarobject_identificatie as id2 from read_parquet($scores)) s
join (select *, adresseerbaarobject_identificatie as id2 from read_parquet($adressen)) a using (id2)
where s.doel = $doel and s.rang <= $top
order by s.gemeente, s.rang
"""


def show(publication: Path, top: int = 10) -> None:
    """Print the first `top` addresses per gemeente and target; nothing of a publication that is stopped."""
    if json.loads((publication / MANIFEST).read_text(encoding="utf-8")).get(STOP):
        terminal.print("The stop rule has taken the model out: no ranking is shown (see: schijnwerper stop-lift).")
        return
    for doel in Doel:
        sheet = Table(title=f"{doel.value}: the first {top}", title_justify="left", show_lines=True)
        for heading in ("rang", "adres", "kans", "band", "de twee sterkste redenen"):
            sheet.add_column(heading, justify="right" if heading in ("rang", "kans") else "left")
        for rang, adres, kans, band, zinnen in head(publication, doel, top):
            shown = "" if kans is None or kans != kans else f"{kans:.0%}"
            sheet.add_row(str(rang), adres, shown, band, zinnen)
        terminal.print(sheet)


def head(publication: Path, doel: Doel, top: int) -> list[tuple[int, str, float | None, str, str]]:
    """rang, address text, kans, band, the two strongest sentences for (one a line)."""
    tables = {name: str(publication / f"{name}.parquet") for name in ("redenen", "scores", "adressen")}
    with duckdb.connect() as connection:
        return connection.execute(HEAD, {**tables, "doel": doel.value, "rest": REST, "top": top}).fetchall()
