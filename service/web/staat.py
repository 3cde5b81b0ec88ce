"""How the service stands, for the page of beheer: counts, sizes and settings. No address, no name, no secret."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, func, make_url, select

from service.desk import Desk
from service.faults import NothingPublished
from service.logs.tables import audit, ldv
from service.publication import Publication
from service.settings import Settings
from service.signin.tables import personen, sessies
from service.web import getallen
from service.web.teksten import text

HIDDEN = frozenset({"sleutel", "geheim"})
MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class State:
    """Pairs of a name and a value, in Dutch, in the order of the page; instellingen per section of dienst.toml."""

    publicatie: tuple[tuple[str, str], ...]
    opslag: tuple[tuple[str, str], ...]
    instellingen: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def state(desk: Desk, connection: Connection) -> State:
    """As it is now."""
    return State(
        publicatie=_publication(desk),
        opslag=_store(desk.settings, connection),
        instellingen=tuple(_settings(desk.settings)),
    )


def _publication(desk: Desk) -> tuple[tuple[str, str], ...]:
    try:
        found: Publication = desk.publications.current()
    except NothingPublished:
        return ((text("beheer.k_run"), text("beheer.geen_publicatie")),)
    return (
        (text("beheer.k_run"), found.manifest.run_id),
        (text("beheer.k_peildatum"), getallen.day(found.manifest.peildatum)),
        (text("beheer.k_adressen"), getallen.number(sum(place.adressen for place in found.plaatsen))),
        (text("beheer.k_gemeenten"), ", ".join(found.gemeenten)),
    )


def _store(settings: Settings, connection: Connection) -> tuple[tuple[str, str], ...]:
    def count(table: object) -> str:
        return getallen.number(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]

    last = connection.execute(select(audit.c.nr, audit.c.tijd).order_by(audit.c.nr.desc()).limit(1)).first()
    return (
        (text("beheer.k_database"), _size(settings)),
        (text("beheer.k_log"), f"{getallen.number(last.nr)}, {last.tijd:%Y-%m-%d %H:%M} UTC" if last else "0"),
        (text("beheer.k_ldv"), getallen.number(connection.execute(select(func.max(ldv.c.nr))).scalar_one() or 0)),
        (text("beheer.k_personen"), count(personen)),
        (text("beheer.k_sessies"), count(sessies)),
    )


def _size(settings: Settings) -> str:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return "PostgreSQL"
    files = [Path(f"{url.database}{end}") for end in ("", "-wal")]
    size = sum(file.stat().st_size for file in files if file.exists())
    return f"SQLite, {getallen.number(max(1, round(size / MEGABYTE)))} MB"


def _settings(settings: Settings) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    own: list[tuple[str, str]] = []
    sections: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for each in fields(settings):
        value = getattr(settings, each.name)
        if each.name == "rollen":
            rows = tuple((group.groep, f"{', '.join(group.rollen)} in {', '.join(group.gemeenten)}") for group in value)
            sections.append(("rollen", rows))
        elif is_dataclass(value):
            names = [one.name for one in fields(value) if one.name not in HIDDEN]
            sections.append((each.name, tuple((name, _told(getattr(value, name))) for name in names)))
        elif each.name == "database":
            own.append(("database", make_url(settings.database_url).render_as_string(hide_password=True)))
        elif each.name not in HIDDEN and value is not None:
            own.append((each.name, _told(value)))
    return [("dienst", tuple(own)), *[(name, rows) for name, rows in sections if rows]]


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        parts = ((hours, "uur"), (minutes, "min"), (seconds, "s"))
        return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "geen"
    return str(value) if value != "" else "geen"
