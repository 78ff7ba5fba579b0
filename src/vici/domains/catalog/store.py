"""Products as they lie in the tables: found with one statement however many, and changed with their events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select, update

from vici.domains.catalog.api import (
    BrandCount,
    CategoryRef,
    ListProducts,
    ListVersions,
    Product,
    ProductDraft,
    ProductVersion,
    Status,
)
from vici.domains.catalog.events import ProductChanged
from vici.domains.catalog.tables import categories, products, shops
from vici.infra.events.outbox import record
from vici.kit.ids import NewId

# Databases bound the number of values in one statement (SQLite and PostgreSQL at about 32,000).
VALUES_MAX = 5000

_leaf, _middle, _top = (categories.alias(name) for name in ("leaf", "middle", "top"))
_LEVELS = (_top, _middle, _leaf)
_SHARED = ProductDraft.model_fields.keys() & Product.model_fields.keys()


@dataclass(frozen=True)
class Stamp:
    """When a transaction happens, and ids for its events."""

    at: datetime
    new_id: NewId

    def announce(
        self,
        connection: Connection,
        change: Literal["created", "updated", "deleted"],
        versions: Mapping[str, int],
    ) -> None:
        """Say that these products have changed to these versions."""
        events = [
            ProductChanged(
                event_id=self.new_id(), occurred_at=self.at, product_id=product_id, version=version, change=change
            )
            for product_id, version in versions.items()
        ]
        record(connection, *events)


def in_groups(values: Iterable[str]) -> Iterator[Sequence[str]]:
    """The values in groups small enough for one statement, always in the same order, so that row locks are too."""
    ordered = sorted(values)
    for start in range(0, len(ordered), VALUES_MAX):
        yield ordered[start : start + VALUES_MAX]


def find(connection: Connection, product_ids: Sequence[str]) -> list[Product]:
    """Those that exist, in the order asked for."""
    found = {
        product.product_id: product
        for product in _read(connection, _selected().where(products.c.product_id.in_(product_ids)))
    }
    return [found[product_id] for product_id in product_ids if product_id in found]


def find_page(connection: Connection, request: ListProducts, after: str | None) -> list[Product]:
    """The products that follow, by id; one more than asked for when there is a further page."""
    query = _selected().order_by(products.c.product_id).limit(request.limit + 1)
    conditions: list[ColumnElement[bool]] = []
    if after is not None:
        conditions.append(products.c.product_id > after)
    if request.status is not None:
        conditions.append(products.c.status == request.status)
    if request.shop_id is not None:
        conditions.append(products.c.shop_id == request.shop_id)
    if request.brand is not None:
        conditions.append(products.c.brand == request.brand)
    if request.category_id is not None:
        conditions.append(products.c.category_id.in_(_and_below(request.category_id)))
    if request.updated_since is not None:
        conditions.append(products.c.updated_at >= request.updated_since)
    return _read(connection, query.where(*conditions))


def _and_below(category_id: str) -> "Select[Any]":
    parents = select(categories.c.category_id).where(categories.c.parent_id == category_id)
    return select(categories.c.category_id).where(
        or_(
            categories.c.category_id == category_id,
            categories.c.parent_id == category_id,
            categories.c.parent_id.in_(parents),
        )
    )


def find_versions(connection: Connection, request: ListVersions) -> list[ProductVersion]:
    query = select(products.c.product_id, products.c.version).order_by(products.c.product_id).limit(request.limit)
    if request.after is not None:
        query = query.where(products.c.product_id > request.after)
    return [ProductVersion(product_id=row.product_id, version=row.version) for row in connection.execute(query)]


def count_brands(connection: Connection) -> list[BrandCount]:
    number = func.count()
    query = (
        select(products.c.brand, number)
        .where(products.c.status == Status.AVAILABLE, products.c.brand.is_not(None))
        .group_by(products.c.brand)
        .order_by(number.desc(), products.c.brand)
    )
    return [BrandCount(name=name, products=number) for name, number in connection.execute(query)]


def touch(connection: Connection, which: ColumnElement[bool], stamp: Stamp) -> None:
    """Something these products show has changed (a shop's name, a category's): a new version of each, announced."""
    connection.execute(update(products).where(which).values(version=products.c.version + 1, updated_at=stamp.at))
    changed = connection.execute(select(products.c.product_id, products.c.version).where(which))
    stamp.announce(connection, "updated", {row.product_id: row.version for row in changed})


def _selected() -> "Select[Any]":
    """Products with everything they show, so that a page of them takes one statement."""
    level_columns = [
        column
        for number, level in enumerate(_LEVELS)
        for column in (level.c.category_id.label(f"id_{number}"), level.c.names.label(f"names_{number}"))
    ]
    return select(
        products.c.version,
        products.c.content,
        products.c.created_at,
        products.c.updated_at,
        shops.c.name.label("shop_name"),
        *level_columns,
    ).select_from(
        products.join(shops, shops.c.shop_id == products.c.shop_id)
        .outerjoin(_leaf, _leaf.c.category_id == products.c.category_id)
        .outerjoin(_middle, _middle.c.category_id == _leaf.c.parent_id)
        .outerjoin(_top, _top.c.category_id == _middle.c.parent_id)
    )


def _read(connection: Connection, query: "Select[Any]") -> list[Product]:
    return [_product(row) for row in connection.execute(query)]


def _product(row: "Row[Any]") -> Product:
    draft = ProductDraft.model_validate_json(row.content)
    levels = [(getattr(row, f"id_{number}"), getattr(row, f"names_{number}")) for number in range(len(_LEVELS))]
    # Not validated again: the draft just was, and a page holds hundreds of them.
    return Product.model_construct(
        **{name: getattr(draft, name) for name in _SHARED},
        version=row.version,
        shop_name=row.shop_name,
        categories=tuple(
            CategoryRef(category_id=category_id, names=names)
            for category_id, names in levels
            if category_id is not None
        ),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
