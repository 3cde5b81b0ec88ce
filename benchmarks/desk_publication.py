"""A made-up publication of any size, in the tables of models/scores.py: made inside DuckDB, column by column.

Laid out as the scoring run leaves it: gemeente after gemeente, 22 reasons an address, pictures' data for bands A-C.
Nothing in it is true; sizes, types and lengths of texts are those of a real one.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import duckdb

from features.register import FEATURES

GEMEENTEN = 342
WOONPLAATSEN = 8  # a gemeente
LISTED = 10  # reasons per target, and one row for the rest
SENTENCES = 40  # different ones per feature
STREETS = ("Dorpsstraat", "Kerkweg", "Beukenlaan", "Julianastraat", "Molenpad", "Hoofdvaart", "Schoolstraat", "Zandweg")
PEILDATUM = "2026-10-01"

# i: 0 … N-1; a gemeente is a run of i; h(…): a number >= 0 that looks random and is the same every time
_HASH = "create macro h(a, b := 0, c := 0) as (hash(a, b::varchar, c::varchar) >> 1)::bigint"
_ADDRESSES = """
    create table a as select i, g, lpad((g + 1)::varchar, 4, '0') as gemeente,
        lpad((g + 1)::varchar, 4, '0') || '010' || lpad(i::varchar, 9, '0') as adresseerbaarobject_identificatie
    from (select i, (i * $gemeenten // $n)::integer as g from range($n) t(i))
"""
_ADDRESS_FILE = """
    select adresseerbaarobject_identificatie, gemeente,
        $streets[1 + h(i // 40) % len($streets)] || ' ' || (1 + i % 199) as adres,
        lpad((1000 + h(i // 20) % 8999)::varchar, 4, '0') || chr(65 + (h(i // 20, 1) % 26)::integer)
            || chr(65 + (h(i // 20, 2) % 26)::integer) as postcode,
        'Woonplaats ' || g || '-' || h(i // 200) % $places as woonplaats,
        20000 + (g % 20) * 12000 + h(i, 3) % 100000 / 10.0 as x,
        310000 + (g // 20) * 17000 + h(i, 4) % 150000 / 10.0 as y,
        case when h(i, 5) % 5 = 0 then 'J' else 'N' end as buitengebied,
        'verblijfsobject' as soort, 'woonfunctie' as gebruiksdoel,
        (40 + h(i, 6) % 200)::double as oppervlakte, (1890 + h(i, 7) % 134)::double as bouwjaar,
        case when h(i, 9) % 200 = 0 then null else (h(i, 8) % 6)::double end as ingeschrevenen,
        case when h(i, 9) % 200 = 0 then 'J' else 'N' end as afgeschermd
    from a order by i
"""
_RANKED = """
    create table s as select i, g, doel, gemeente, adresseerbaarobject_identificatie, rang, n,
        2 - 8 * rang / n + h(i, doel) % 1000000 / 1e12 as score,
        case when rang <= ceil(.003 * n) then 'A' when rang <= ceil(.01 * n) then 'B' when rang <= ceil(.03 * n)
             then 'C' when rang <= ceil(.1 * n) then 'D' else 'E' end as band
    from (select *, (row_number() over w)::integer as rang, count(*) over (partition by g) as n
          from a window w as (partition by g order by h(i, $doel))), (select $doel as doel)
"""
_SCORES_FILE = """
    select $run as run_id, doel, adresseerbaarobject_identificatie, gemeente, 1 / (1 + exp(-score)) as kans, score,
        rang, h(i, doel, 1) % 100000 / 1e5 as afwijking, band
    from s order by g, doel, i
"""
_REASONS_FILE = """
    select doel, adresseerbaarobject_identificatie, volgorde,
        case when volgorde > $listed then 'overige'
            else $names[1 + (h(i, doel) + volgorde) % len($names)] end as kenmerk,
        case when volgorde > $listed then null else (h(i, volgorde) % 3000)::double end as waarde,
        case when volgorde > $listed then null else (h(i // 9, volgorde) % 300) / 10.0 end as vergelijking,
        (h(i, doel, volgorde) % 2000000 / 1e6 - 1) / volgorde as bijdrage,
        case when volgorde > $listed then 'Overige kenmerken samen.' else
            'Het kenmerk ' || $names[1 + (h(i, doel) + volgorde) % len($names)] || ' is hier '
            || (h(i, volgorde) % $sentences) || ', bij vergelijkbare woningen is dat minder.' end as zin
    from a, (select unnest(['schijnbewoning', 'spookbewoning']) as doel), range(1, $listed + 2) v(volgorde)
    where g between $van and $tot order by g, doel, i, volgorde
"""
_TIMELINE_FILE = """
    select adresseerbaarobject_identificatie, persoon::integer as persoon, 'W' as functie,
        timestamp '2010-01-01' + to_days((h(i, persoon) % 3000)::integer) as van,
        case when persoon < 3 then timestamp '2019-01-01' + to_days((h(i, persoon, 1) % 2500)::integer) end as tot,
        case when persoon < 3 then 'verhuisd' else '' end as einde_reden
    from shown, range(1, 4) p(persoon) order by i, persoon
"""
_ENERGY_FILE = """
    select adresseerbaarobject_identificatie, product,
        strftime(date '2024-09-01' + to_months(m::integer), '%Y-%m') as maand,
        (h(i, m, product) % 4000) / 10.0 as verbruik, 90.0 as laag, 160.0 as midden, 270.0 as hoog
    from shown, (select unnest(['ELK', 'GAS']) as product), range(24) t(m) order by i, product, m
"""


def made(folder: Path, run_id: str, addresses: int) -> Path:
    """`folder`/`run_id` with a publication of `addresses` addresses; one that is there already is kept."""
    final = folder / run_id
    if (final / "manifest.json").exists():
        return final
    aside = folder / f".bezig-{run_id}"
    aside.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    names = [feature.name for feature in FEATURES]
    with duckdb.connect() as db:
        db.execute(f"set temp_directory = '{aside}'")
        db.execute(_HASH)
        db.execute(_ADDRESSES, {"n": addresses, "gemeenten": min(GEMEENTEN, max(2, addresses // 29_000))})
        _copy(db, aside / "adressen", _ADDRESS_FILE, {"streets": list(STREETS), "places": WOONPLAATSEN})
        db.execute(_RANKED, {"doel": "schijnbewoning"})
        db.execute(_RANKED.replace("create table s as", "insert into s"), {"doel": "spookbewoning"})
        _copy(db, aside / "scores", _SCORES_FILE, {"run": run_id})
        db.execute("create table shown as select distinct i, adresseerbaarobject_identificatie from s where band < 'D'")
        _copy(db, aside / "tijdlijn", _TIMELINE_FILE, {})
        _copy(db, aside / "energie", _ENERGY_FILE, {})
        db.execute("drop table s")
        asked = {"listed": LISTED, "names": names, "sentences": SENTENCES}
        _reasons(db, aside / "redenen.parquet", asked)
    (aside / "manifest.json").write_text(json.dumps(_manifest(run_id)), encoding="utf-8")
    for spilled in aside.glob("duckdb_temp*"):
        spilled.unlink()
    aside.rename(final)
    print(f"made {final}: {addresses:,} addresses in {time.perf_counter() - start:.0f} s", flush=True)
    return final


def _copy(db: duckdb.DuckDBPyConnection, file: Path, query: str, asked: dict[str, object]) -> None:
    db.execute(f"copy ({query}) to '{file}.parquet' (compression zstd, row_group_size 122880)", asked)


def _reasons(db: duckdb.DuckDBPyConnection, file: Path, asked: dict[str, object]) -> None:
    """A gemeente at a time, as the scoring run writes them: the order is kept without sorting it all at once."""
    import pyarrow.parquet as pq

    writer: pq.ParquetWriter | None = None
    most = db.execute("select max(g) from a").fetchall()[0][0]
    for g in range(most + 1):
        table = db.execute(_REASONS_FILE, {**asked, "van": g, "tot": g}).to_arrow_table()
        writer = writer or pq.ParquetWriter(file, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _manifest(run_id: str) -> dict[str, object]:
    target = {"model": "tabelmodel", "versie": "1", "digest": "sha256:" + "0" * 64, "basis": -4.0}
    return {
        "run_id": run_id,
        "peildatum": PEILDATUM,
        "doelen": {"spookbewoning": target, "schijnbewoning": target},
        "invoer": [],
        "bronnen": ["brp", "bag", "energie"],
    }
