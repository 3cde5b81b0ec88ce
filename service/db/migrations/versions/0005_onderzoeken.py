"""Investigations and their steps."""

from __future__ import annotations

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
