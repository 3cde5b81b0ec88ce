"""A publication whose model is stopped: what the model said is taken out before any query can see it.

The tables keep their names and columns, so the lists go on; scores, bands, chances, reasons and ranks are not in them.
Timeline and energy go too: they are published for bands A-C alone, so their presence would tell the band. What stands
in `rang` is a neutral number: addresses in the order of a hash of their keyed opaque id (service/opaque.py) and the
run, which is neither the ranking nor the register's order. Higher says nothing.
"""

from __future__ import annotations

import duckdb

_MASK = """
    create table volgorde as
        select adresseerbaarobject_identificatie,
               cast(row_number() over (partition by a.gemeente order by sha256(k.id || ?)) as integer) as plaats
        from sleutels k join adressen a using (adresseerbaarobject_identificatie);
"""
_SCORES = """
    alter view scores rename to gepubliceerde_scores;
    create table scores as
        select s.run_id, s.doel, adresseerbaarobject_identificatie, s.gemeente, null::double as kans,
               null::double as score, v.plaats as rang, null::double as afwijking, null::varchar as band
        from gepubliceerde_scores s join volgorde v using (adresseerbaarobject_identificatie);
    drop view gepubliceerde_scores;
    drop table volgorde;
"""
_EMPTY = """
    create table niets as select * from {table} where false;
    drop view {table};
    alter table niets rename to {table};
"""
EMPTIED = ("redenen", "tijdlijn", "energie")


def mask(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Replace the views of a publication by tables without what the model said. Needs `sleutels` and `adressen`."""
    connection.execute(_MASK, [run_id])
    connection.execute(_SCORES)
    for table in EMPTIED:
        connection.execute(_EMPTY.format(table=table))
