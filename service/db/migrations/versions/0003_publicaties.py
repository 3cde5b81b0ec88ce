"""Publications taken in."""

from __future__ import annotations

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
