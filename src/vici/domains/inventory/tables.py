"""Tables of the stock."""

from sqlalchemy import Column, Index, Integer, MetaData, Table

from vici.infra.database.types import Instant, key

metadata = MetaData()

stock_levels = Table(
    "stock_levels",
    metadata,
    Column("variant_id", key(), primary_key=True),
    Column("product_id", key(), nullable=False),
    Column("available", Integer, nullable=False),
    # When the shop last said so, even if the number was the same as before.
    Column("counted_at", Instant, nullable=False),
)
Index("stock_levels_by_product", stock_levels.c.product_id, stock_levels.c.variant_id)
