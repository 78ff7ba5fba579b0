"""A shop with a file for its catalogue: everything the search does, without a database."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from vici.domains.catalog.api import (
    CatalogApi,
    CategoryRef,
    GetProducts,
    ListVersions,
    Product,
    Products,
    ProductVersion,
    Versions,
)
from vici.domains.inventory.api import GetLevels, InventoryApi, Level, Levels
from vici.domains.search.api import SearchApi
from vici.flows.import_catalog import Drafted, Reading, drafts, read_rows

# Every product came at once, so none is newer than another.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)


class ListedCatalog:
    """As much of the catalogue as an index asks for."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._products = {each.product_id: each for each in products}

    async def versions(self, request: ListVersions) -> Versions:
        after = sorted(each for each in self._products if request.after is None or each > request.after)
        versions = [ProductVersion(product_id=each, version=1) for each in after[: request.limit]]
        return Versions(versions=tuple(versions))

    async def products(self, request: GetProducts) -> Products:
        return Products(products=tuple(self._products[each] for each in request.product_ids if each in self._products))


class ListedStock:
    def __init__(self, levels: Sequence[Level]) -> None:
        self._levels: dict[str, list[Level]] = {}
        for level in levels:
            self._levels.setdefault(level.product_id, []).append(level)

    async def levels(self, request: GetLevels) -> Levels:
        return Levels(levels=tuple(level for each in request.product_ids for level in self._levels.get(each, ())))


@asynccontextmanager
async def searchable(catalog: Path, currency: str = "VND") -> AsyncGenerator[SearchApi]:
    """The search over the products of a file, in the columns `vici import` takes; rows it would refuse are left out."""
    from vici.wiring import search_alone

    drafted = [each for each in drafts(read_rows(catalog), Reading(currency=currency)) if isinstance(each, Drafted)]
    products = [_product(each) for each in drafted]
    stock = ListedStock([level for each in drafted for level in each.levels])
    with TemporaryDirectory(prefix="vici-evaluate-") as folder:
        # They answer what an index asks, and nothing else is asked here.
        listed = cast("CatalogApi", ListedCatalog(products))
        domain = search_alone(listed, cast("InventoryApi", stock), Path(folder), currency)
        await domain.start()
        try:
            yield domain.api
        finally:
            await domain.close()


def _product(drafted: Drafted) -> Product:
    draft = drafted.draft
    path: list[CategoryRef] = []
    for names in drafted.categories:
        above = f"{path[-1].category_id}/" if path else ""
        path.append(CategoryRef(category_id=f"{above}{next(iter(names.values()))}"[:100].strip(), names=names))
    facts: dict[str, Any] = {name: getattr(draft, name) for name in type(draft).model_fields if name != "category_id"}
    return Product(
        **facts,
        version=1,
        shop_name=drafted.shop_name or draft.shop_id,
        categories=tuple(path),
        created_at=_CREATED,
        updated_at=_CREATED,
    )
