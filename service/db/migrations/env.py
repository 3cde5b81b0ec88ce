"""Alembic's entry: it is given an open connection by service/db/migrate.py and nothing else."""

from __future__ import annotations

from alembic import context

from service.db.engine import WRITING
from service.db.metadata import metadata

connection = context.config.attributes["connection"].execution_options(**{WRITING: True})
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
