"""Bring the tables to the version of the code, or back."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

SCRIPTS = Path(__file__).parent / "migrations"
HEAD, NOTHING = "head", "base"


def upgrade(engine: Engine, to: str = HEAD) -> None:
    """Run what has not run yet, each step in a transaction of its own. Safe to repeat."""
    with engine.connect() as connection:
        command.upgrade(_config(connection), to)


def downgrade(engine: Engine, to: str = NOTHING) -> None:
    """Take steps back. What only the newer tables held is lost: for a test or a failed installation."""
    with engine.connect() as connection:
        command.downgrade(_config(connection), to)


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
