"""Products with the codes that name their variants, categories, shops."""

import sqlalchemy as sa
from alembic import op

from vici.infra.database.types import Document, Instant, LongText, key

revision = "catalog_0001"
down_revision = None
branch_labels = ("catalog",)


def upgrade() -> None:
    op.create_table(
        "shops",
        sa.Column("shop_id", key(), primary_key=True),
        sa.Column("name", key(300), nullable=False),
        sa.Column("currency", key(3), nullable=False),
    )
    op.create_table(
        "categories",
        sa.Column("category_id", key(), primary_key=True),
        sa.Column("parent_id", key(), sa.ForeignKey("categories.category_id")),
        sa.Column("names", Document, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_index("categories_by_parent", "categories", ["parent_id"])
    op.create_table(
        "products",
        sa.Column("product_id", key(), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", LongText, nullable=False),
        sa.Column("status", key(20), nullable=False),
        sa.Column("shop_id", key(), sa.ForeignKey("shops.shop_id"), nullable=False),
        sa.Column("brand", key(300)),
        sa.Column("category_id", key(), sa.ForeignKey("categories.category_id")),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
    )
    op.create_index("products_by_shop", "products", ["shop_id", "product_id"])
    op.create_index("products_by_category", "products", ["category_id", "product_id"])
    op.create_index("products_by_brand", "products", ["brand", "status", "product_id"])
    op.create_index("products_by_update", "products", ["updated_at", "product_id"])
    op.create_table(
        "product_codes",
        sa.Column("kind", key(20), primary_key=True),
        sa.Column("value", key(), primary_key=True),
        sa.Column("product_id", key(), nullable=False),
    )
    op.create_index("product_codes_by_product", "product_codes", ["product_id"])
    op.create_table(
        "deleted_products",
        sa.Column("product_id", key(), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
