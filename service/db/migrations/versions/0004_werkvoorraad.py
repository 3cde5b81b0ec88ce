"""Work list, judgements and signals."""

from __future__ import annotations

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
