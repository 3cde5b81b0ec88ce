"""The triggers that keep the logs append-only, in the SQL of each database. Used by migration 0002.

They stop a mistake and a careless hand. Who owns the database can drop them; what that one then changes, the chain
shows (verify.py), and what is cut off at the end shows against a number and hash written down elsewhere.
"""

from __future__ import annotations

LOGS = ("auditlogboek", "dataverwerkingen")
AUDIT = (
    "nr", "tijd", "persoon", "rollen", "handeling", "object_soort", "object_id", "resultaat", "herkomst", "trace_id",
    "bijzonderheden", "aantal", "betrokkenen", "hash",
)  # fmt: skip
LDV = ("trace_id", "span_id", "parent_span_id", "status", "naam", "start", "eind", "verwerking", "betrokkenen")
COUNTERS = ("minuut_van", "minuut_aantal", "uur_van", "uur_aantal", "dag_van", "dag_aantal")
ANCHORS = "logankers"
VIEW = "logregels"  # SQLite alone
_REFUSE = "is append-only"


def make(dialect: str) -> list[str]:
    """The statements, in order."""
    return _postgresql() if dialect == "postgresql" else _sqlite()


def drop_before(dialect: str) -> list[str]:
    """What stands on the tables and must go before them."""
    return [] if dialect == "postgresql" else [f"drop view {VIEW}"]


def drop_after(dialect: str) -> list[str]:
    """What is left when the tables are gone."""
    functions = ("log_alleen_erbij", "log_aangekondigd", "log_anker_klopt")
    return [f"drop function {name}()" for name in functions] if dialect == "postgresql" else []


def _sqlite() -> list[str]:
    made = []
    for table in (*LOGS, ANCHORS):
        refuse = f"begin select raise(abort, '{table} {_REFUSE}'); end"
        made.append(f"create trigger {table}_wijzigen before update on {table} {refuse}")
        # `insert or replace` removes a row without asking the trigger on delete.
        made.append(
            f"create trigger {table}_vervangen before insert on {table} "
            f"when exists (select 1 from {table} where nr = new.nr) {refuse}"
        )
    for table in LOGS:
        made.append(
            f"create trigger {table}_verwijderen before delete on {table} when not exists "
            f"(select 1 from {ANCHORS} where logboek = '{table}' and tot >= old.nr) "
            f"begin select raise(abort, '{table} {_REFUSE}: announce a removal in {ANCHORS}'); end"
        )
    made.append(
        f"create trigger {ANCHORS}_verwijderen before delete on {ANCHORS} "
        f"begin select raise(abort, '{ANCHORS} {_REFUSE}'); end"
    )
    made.append(
        f"create trigger {ANCHORS}_klopt before insert on {ANCHORS} when new.logboek = 'auditlogboek' and not exists "
        "(select 1 from auditlogboek where nr = new.tot and hash = new.hash) "
        f"begin select raise(abort, '{ANCHORS}: this is not the hash of that row'); end"
    )
    return [*made, *_one_statement()]


def _one_statement() -> list[str]:
    """A view to insert into: both logs and the counters at once (service/logs/quick.py)."""
    nothing = [f"null as ldv_{name}" for name in LDV] + [f"null as {name}" for name in COUNTERS]
    shape = ["hash as vorige", *AUDIT, *nothing]
    keep = ", ".join(f"{name} = excluded.{name}" for name in COUNTERS)
    return [
        f"create view {VIEW} as select {', '.join(shape)} from auditlogboek",
        f"create trigger {VIEW}_erbij instead of insert on {VIEW} begin "
        "select raise(abort, 'the chain has gone on') where not exists "
        "(select 1 from auditlogboek where nr = new.nr - 1 and hash = new.vorige); "
        f"insert into auditlogboek ({', '.join(AUDIT)}) values ({', '.join(f'new.{name}' for name in AUDIT)}); "
        f"insert into dataverwerkingen (nr, {', '.join(LDV)}) "
        f"select new.nr, {', '.join(f'new.ldv_{name}' for name in LDV)} where new.ldv_trace_id is not null; "
        f"insert into leestellers (persoon, {', '.join(COUNTERS)}) "
        f"select new.persoon, {', '.join(f'new.{name}' for name in COUNTERS)} where new.dag_van is not null "
        f"on conflict (persoon) do update set {keep}; end",
    ]


def _postgresql() -> list[str]:
    made = [
        _function("log_alleen_erbij", f"raise exception '% {_REFUSE}', tg_table_name;"),
        _function(
            "log_aangekondigd",
            f"if not exists (select 1 from {ANCHORS} where logboek = tg_table_name and tot >= old.nr) then "
            f"raise exception '% {_REFUSE}: announce a removal in {ANCHORS}', tg_table_name; end if; return old;",
        ),
        _function(
            "log_anker_klopt",
            "if new.logboek = 'auditlogboek' and not exists "
            "(select 1 from auditlogboek where nr = new.tot and hash = new.hash) then "
            f"raise exception '{ANCHORS}: this is not the hash of that row'; end if; return new;",
        ),
    ]
    for table in (*LOGS, ANCHORS):
        made.append(_trigger(table, "wijzigen", "update", "row", "log_alleen_erbij"))
        made.append(_trigger(table, "legen", "truncate", "statement", "log_alleen_erbij"))
        made.append(
            _trigger(table, "verwijderen", "delete", "row", "log_aangekondigd" if table in LOGS else "log_alleen_erbij")
        )
    made.append(_trigger(ANCHORS, "klopt", "insert", "row", "log_anker_klopt"))
    return made


def _function(name: str, body: str) -> str:
    return f"create function {name}() returns trigger language plpgsql as $$ begin {body} end $$"


def _trigger(table: str, name: str, when: str, each: str, function: str) -> str:
    return f"create trigger {table}_{name} before {when} on {table} for each {each} execute function {function}()"
