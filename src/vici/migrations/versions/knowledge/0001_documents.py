"""The shop's documents."""

import sqlalchemy as sa
from alembic import op

from vici.infra.database.types import Instant, LongText, RowId, key

revision = "knowledge_0001"
down_revision = None
branch_labels = ("knowledge",)


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("slug", key(), primary_key=True),
        sa.Column("language", key(2), primary_key=True),
        sa.Column("title", key(300), nullable=False),
        sa.Column("body", LongText, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.Column("change", RowId, nullable=False),
    )
    op.create_table(
        "document_changes",
        sa.Column("name", key(), primary_key=True),
        sa.Column("latest", RowId, nullable=False),
    )
