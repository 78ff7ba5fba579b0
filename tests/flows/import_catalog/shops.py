"""A catalogue and a stock on real databases, without the rest of a shop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import delete

from vici.domains.catalog.api import CatalogApi, Everything, ListProducts, Product
from vici.domains.catalog.service import CatalogService
from vici.domains.catalog.tables import metadata as catalog_tables
from vici.domains.inventory.api import GetLevels, InventoryApi
from vici.domains.inventory.service import InventoryService
from vici.domains.inventory.tables import metadata as inventory_tables
from vici.flows.import_catalog import Fault, ImportOptions, ImportReport, Query, Reading, Rejected, import_catalog
from vici.infra.database.open import open_database
from vici.infra.database.port import Database
from vici.kit.clock import SystemClock
from vici.kit.ids import new_id
from vici.migrations import upgrade


class Stand(NamedTuple):
    catalog: CatalogApi
    inventory: InventoryApi
    databases: tuple[Database, Database]

    async def products(self) -> dict[str, Product]:
        page = await self.catalog.list_products(ListProducts(limit=200))
        assert page.next_cursor is None
        return {product.product_id: product for product in page.items}

    async def stock(self, *product_ids: str) -> dict[str, int]:
        found = await self.inventory.levels(GetLevels(product_ids=product_ids))
        return {level.variant_id: level.available for level in found.levels}

    async def empty(self) -> None:
        """Nothing was ever in it."""
        for database, tables in zip(self.databases, (catalog_tables, inventory_tables), strict=True):
            for table in reversed(tables.sorted_tables):
                await database.write(lambda connection, table=table: connection.execute(delete(table)) and None)

    async def close(self) -> None:
        for database in self.databases:
            await database.close()

    async def categories(self) -> dict[str, dict[str, str]]:
        tree = (await self.catalog.categories(Everything())).categories
        return {category.category_id: category.names for category in tree}


async def opened(folder: Path) -> Stand:
    """A catalogue and a stock in this folder, which may hold them already."""
    databases = [open_database(f"sqlite:///{folder}/{name}.db?synchronous=OFF", SystemClock()) for name in ("c", "i")]
    for database, branch in zip(databases, ("catalog", "inventory"), strict=True):
        await database.write(lambda connection, branch=branch: upgrade(connection, ("events", branch)))
    catalog, inventory = databases
    service = CatalogService(catalog, SystemClock(), new_id)
    return Stand(service, InventoryService(inventory, SystemClock(), new_id, service), (catalog, inventory))


@asynccontextmanager
async def stand(folder: Path) -> AsyncIterator[Stand]:
    shop = await opened(folder)
    try:
        yield shop
    finally:
        await shop.close()


class Imported(NamedTuple):
    report: ImportReport
    rejected: list[Rejected]

    @property
    def faults(self) -> list[Fault]:
        return [fault for each in self.rejected for fault in each.faults]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Created, updated, unchanged, rejected."""
        report = self.report
        return report.created, report.updated, report.unchanged, report.rejected


async def imported(shop: Stand, source: Path | Query, reading: Reading | None = None, **options: Any) -> Imported:
    rejected: list[Rejected] = []
    chosen = ImportOptions(reading=reading or Reading(language="vi"), **options)
    report = await import_catalog(shop.catalog, shop.inventory, source, chosen, on_rejected=rejected.append)
    assert report.rejected == len(rejected)
    return Imported(report, rejected)
