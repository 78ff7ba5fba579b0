"""How many of each variant the shop has."""

import sqlalchemy as sa
from alembic import op

from vici.infra.database.types import Instant, key

revision = "inventory_0001"
down_revision = None
branch_labels = ("inventory",)


def upgrade() -> None:
    op.create_table(
        "stock_levels",
        sa.Column("variant_id", key(), primary_key=True),
        sa.Column("product_id", key(), nullable=False),
        sa.Column("available", sa.Integer, nullable=False),
        sa.Column("counted_at", Instant, nullable=False),
    )
    op.create_index("stock_levels_by_product", "stock_levels", ["product_id", "variant_id"])
