"""The search over the demo shop, without a database."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from vici.apps.cli.evaluate.shop import ListedCatalog, ListedStock
from vici.demo.catalogue import Assortment, Item, read_assortment
from vici.domains.catalog.api import CatalogApi, Category, CategoryRef, Product
from vici.domains.inventory.api import InventoryApi
from vici.domains.search.api import SearchApi
from vici.wiring import search_alone

# Every product came at once, as `vici demo` makes them.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def demo_products(assortment: Assortment) -> dict[str, Product]:
    categories = {each.category_id: each for each in assortment.categories}
    shops = {each.shop_id: each.name for each in assortment.shops}
    return {item.product.product_id: _product(item, categories, shops) for item in assortment.items}


def ready(folder: Path) -> tuple[SearchApi, dict[str, Product]]:
    """The search, to be asked, and what it searches."""
    assortment = read_assortment()
    products = demo_products(assortment)
    stock = ListedStock([level for item in assortment.items for level in item.levels])
    listed = cast("CatalogApi", ListedCatalog(list(products.values())))
    domain = search_alone(listed, cast("InventoryApi", stock), folder, "VND")

    async def index() -> None:
        await domain.start()
        await domain.close()

    asyncio.run(index())
    return domain.api, products


def _product(item: Item, categories: Mapping[str, Category], shops: Mapping[str, str]) -> Product:
    draft = item.product
    path: list[CategoryRef] = []
    at = draft.category_id
    while at is not None:
        path.insert(0, CategoryRef(category_id=at, names=categories[at].names))
        at = categories[at].parent_id
    facts: dict[str, Any] = {name: getattr(draft, name) for name in type(draft).model_fields if name != "category_id"}
    return Product(
        **facts,
        version=1,
        shop_name=shops[draft.shop_id],
        categories=tuple(path),
        created_at=_CREATED,
        updated_at=_CREATED,
    )
