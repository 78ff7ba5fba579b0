"""Tables of the catalogue."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from vici.infra.database.types import Document, Instant, LongText, key

metadata = MetaData()

shops = Table(
    "shops",
    metadata,
    Column("shop_id", key(), primary_key=True),
    Column("name", key(300), nullable=False),
    Column("currency", key(3), nullable=False),
)

categories = Table(
    "categories",
    metadata,
    Column("category_id", key(), primary_key=True),
    Column("parent_id", key(), ForeignKey("categories.category_id")),
    Column("names", Document, nullable=False),
    Column("position", Integer, nullable=False),
)
Index("categories_by_parent", categories.c.parent_id)

products = Table(
    "products",
    metadata,
    Column("product_id", key(), primary_key=True),
    Column("version", Integer, nullable=False),
    # The whole draft as JSON. Text, because a database's own JSON type may rewrite numbers and the order of names, and
    # an import asks "is this what is there?" of every product. The next four repeat what lists are filtered by.
    Column("content", LongText, nullable=False),
    Column("status", key(20), nullable=False),
    Column("shop_id", key(), ForeignKey("shops.shop_id"), nullable=False),
    Column("brand", key(300)),
    Column("category_id", key(), ForeignKey("categories.category_id")),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
Index("products_by_shop", products.c.shop_id, products.c.product_id)
Index("products_by_category", products.c.category_id, products.c.product_id)
Index("products_by_brand", products.c.brand, products.c.status, products.c.product_id)
Index("products_by_update", products.c.updated_at, products.c.product_id)

# What names one variant in the whole catalogue: its id, SKU and barcode. The key keeps them unique.
product_codes = Table(
    "product_codes",
    metadata,
    Column("kind", key(20), primary_key=True),
    Column("value", key(), primary_key=True),
    Column("product_id", key(), nullable=False),
)
Index("product_codes_by_product", product_codes.c.product_id)

# A product that comes back goes on counting where it ended: an index would take version 1 for a stale one.
deleted_products = Table(
    "deleted_products",
    metadata,
    Column("product_id", key(), primary_key=True),
    Column("version", Integer, nullable=False),
)
