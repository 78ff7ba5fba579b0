"""The outbox and the inbox stand in every service's database."""

import sqlalchemy as sa
from alembic import op

from vici.infra.database.types import Instant, LongText, RowId, key

revision = "events_0001"
down_revision = None
branch_labels = ("events",)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", RowId, primary_key=True, autoincrement=True),
        sa.Column("event_id", key(), nullable=False),
        sa.Column("topic", key(), nullable=False),
        sa.Column("key", key(), nullable=False),
        sa.Column("body", LongText, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox_lease",
        sa.Column("name", key(), primary_key=True),
        sa.Column("owner", key(), nullable=False),
        sa.Column("until", Instant, nullable=False),
    )
    op.create_table(
        "inbox",
        sa.Column("group", key(), primary_key=True),
        sa.Column("event_id", key(), primary_key=True),
        sa.Column("handled_at", Instant, nullable=False),
    )
