"""What the stock promises, on every kind of database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy import Connection, select

from tests.conftest import ManualClock
from vici.apps.http.problems import install_problems
from vici.domains import Domain
from vici.domains.catalog import module as catalog_module
from vici.domains.catalog.api import (
    CatalogApi,
    DeleteProduct,
    GetProducts,
    Price,
    ProductDraft,
    Products,
    PutOutcome,
    PutProducts,
    PutShops,
    Shop,
    Status,
    Variant,
)
from vici.domains.catalog.events import ProductChanged
from vici.domains.inventory import module
from vici.domains.inventory.api import ForgetProduct, GetLevels, InventoryApi, Level, SetLevels, VariantElsewhere
from vici.domains.inventory.events import StockChanged
from vici.domains.inventory.service import InventoryService
from vici.infra.database.open import open_database
from vici.infra.database.port import Database
from vici.infra.events.tables import outbox
from vici.kit import ids
from vici.kit.clock import SystemClock
from vici.kit.ids import NewId


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "catalog", "inventory")


@pytest.fixture
async def catalog(database: Database, clock: ManualClock, new_id: NewId) -> CatalogApi:
    catalog = catalog_module.build(database, clock, new_id).api
    await catalog.put_shops(PutShops(shops=(Shop(shop_id="main", name="Mộc"),)))
    return catalog


@pytest.fixture
def domain(database: Database, clock: ManualClock, new_id: NewId, catalog: CatalogApi) -> Domain[InventoryApi]:
    return module.build(database, clock, new_id, catalog)


@pytest.fixture
def inventory(domain: Domain[InventoryApi]) -> InventoryApi:
    return domain.api


def level(variant_id: str, available: int, product_id: str = "p") -> Level:
    return Level(variant_id=variant_id, product_id=product_id, available=available)


async def put(inventory: InventoryApi, *levels: Level) -> list[Level]:
    return list((await inventory.set_levels(SetLevels(levels=levels))).levels)


async def known(inventory: InventoryApi, *product_ids: str) -> list[Level]:
    return list((await inventory.levels(GetLevels(product_ids=product_ids))).levels)


async def announced(database: Database) -> list[tuple[str, int]]:
    def read(connection: Connection) -> list[str]:
        stock = outbox.c.topic == StockChanged.topic
        return list(connection.scalars(select(outbox.c.body).where(stock).order_by(outbox.c.position)))

    events = [StockChanged.model_validate_json(body) for body in await database.read(read)]
    assert all(event.key == event.product_id for event in events)
    return [(event.variant_id, event.available) for event in events]


def deleted(product_id: str, at: datetime) -> ProductChanged:
    return ProductChanged(event_id="e", occurred_at=at, product_id=product_id, version=2, change="deleted")


async def test_what_was_counted_is_known_and_announced_once(inventory: InventoryApi, database: Database) -> None:
    counted = [level("a", 3), level("b", 0), level("c", 1_000_000_000, "q")]
    assert await put(inventory, *counted) == counted
    assert await put(inventory, *counted) == []
    assert await put(inventory, level("a", 3), level("b", 1)) == [level("b", 1)]
    assert await known(inventory, "q", "p", "nothing") == [level("a", 3), level("b", 1), level("c", 1_000_000_000, "q")]
    assert await announced(database) == [("a", 3), ("b", 0), ("c", 1_000_000_000), ("b", 1)]
    assert await put(inventory) == []


async def test_a_variant_named_twice_counts_as_named_last(inventory: InventoryApi, database: Database) -> None:
    assert await put(inventory, level("a", 3), level("a", 5)) == [level("a", 5)]
    assert await announced(database) == [("a", 5)]


@pytest.mark.parametrize("available", [-1, 1_000_000_001, 1.5])
def test_a_level_is_never_negative_nor_absurd(available: float) -> None:
    with pytest.raises(ValidationError):
        Level(variant_id="a", product_id="p", available=available)  # type: ignore[arg-type]


async def test_a_forgotten_product_has_no_levels(inventory: InventoryApi, database: Database) -> None:
    await put(inventory, level("a", 3), level("b", 1), level("c", 1, "q"))
    forgotten = await inventory.forget(ForgetProduct(product_id="p"))
    assert list(forgotten.levels) == [level("a", 3), level("b", 1)]
    assert (await inventory.forget(ForgetProduct(product_id="p"))).levels == ()
    assert await known(inventory, "p", "q") == [level("c", 1, "q")]
    assert await announced(database) == [("a", 3), ("b", 1), ("c", 1), ("a", 0), ("b", 0)]


async def test_concurrent_counts_announce_what_is_there_in_the_end(
    inventory: InventoryApi, database: Database, database_url: str, catalog: CatalogApi
) -> None:
    others = [open_database(database_url, SystemClock()) for _ in range(3)]
    services = [InventoryService(other, SystemClock(), ids.new_id, catalog) for other in others]
    await asyncio.gather(*(put(service, level("a", n), level("b", n)) for n, service in enumerate(services * 5)))
    for other in others:
        await other.close()
    events = await announced(database)
    for each in await known(inventory, "p"):
        assert [available for variant_id, available in events if variant_id == each.variant_id][-1] == each.available


@pytest.mark.parametrize("repeats", [1, 2])
async def test_the_stock_of_a_deleted_product_is_forgotten(
    domain: Domain[InventoryApi], database: Database, clock: ManualClock, repeats: int
) -> None:
    [subscription] = domain.subscriptions
    await put(domain.api, level("a", 3), level("c", 1, "q"))
    clock.move(1)
    updated = ProductChanged(event_id="u", occurred_at=clock.now(), product_id="q", version=2, change="updated")
    for _ in range(repeats):
        await subscription.handle([deleted("p", clock.now()), updated])
    assert await known(domain.api, "p", "q") == [level("c", 1, "q")]
    assert await announced(database) == [("a", 3), ("c", 1), ("a", 0)]


async def test_late_news_of_a_deletion_leaves_the_stock_of_a_product_that_came_back(
    domain: Domain[InventoryApi], clock: ManualClock
) -> None:
    await put(domain.api, level("a", 3), level("b", 1), level("c", 2))
    clock.move(1)
    at = clock.now()
    await put(domain.api, level("c", 2))
    clock.move(1)
    # Counted again after the deletion, and found to be the same number.
    await put(domain.api, level("a", 3))
    await domain.subscriptions[0].handle([deleted("p", at)])
    assert await known(domain.api, "p") == [level("a", 3), level("c", 2)]


@pytest.fixture
async def http(domain: Domain[InventoryApi]) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_problems(app)
    app.include_router(domain.public)
    app.include_router(domain.admin)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as http:
        yield http


def sold(product_id: str, *variant_ids: str, status: Status = Status.AVAILABLE) -> ProductDraft:
    prices = (Price(currency="VND", amount_minor=1000),)
    return ProductDraft(
        product_id=product_id,
        name=product_id,
        status=status,
        options=("size",),
        variants=tuple(Variant(variant_id=each, options={"size": each}, prices=prices) for each in variant_ids),
    )


async def sell(catalog: CatalogApi, *products: ProductDraft) -> None:
    results = (await catalog.put_products(PutProducts(products=products))).results
    assert all(result.outcome is not PutOutcome.REFUSED for result in results), results


async def test_a_variant_stays_with_the_product_that_has_it(
    inventory: InventoryApi, catalog: CatalogApi, database: Database, http: httpx.AsyncClient
) -> None:
    await sell(catalog, sold("p", "a", "b"), sold("q", "c"))
    await put(inventory, level("a", 3))
    moved = [level("b", 1).model_dump(), level("a", 5, "q").model_dump()]
    answer = await http.put("/api/v1/stock", json={"levels": moved})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:vici:inventory.variant_elsewhere")
    assert "'a' is counted for the product 'p'" in answer.json()["detail"]
    assert await known(inventory, "p", "q") == [level("a", 3)]
    assert await announced(database) == [("a", 3)]


async def test_one_variant_cannot_be_counted_for_two_products_at_once(inventory: InventoryApi) -> None:
    with pytest.raises(VariantElsewhere):
        await put(inventory, level("a", 3), level("a", 3, "q"))
    assert await known(inventory, "p", "q") == []


@pytest.mark.parametrize("before", ["another variant", "deleted", "never there"])
async def test_a_variant_that_left_its_product_is_counted_where_it_is_now(
    inventory: InventoryApi, catalog: CatalogApi, database: Database, before: str
) -> None:
    if before != "never there":
        await sell(catalog, sold("p", "a", "b"))
    await put(inventory, level("a", 3), level("b", 1))
    if before == "another variant":
        await sell(catalog, sold("p", "b"), sold("q", "a"))
    elif before == "deleted":
        await catalog.delete_product(DeleteProduct(product_id="p"))
    assert await put(inventory, level("a", 5, "q")) == [level("a", 5, "q")]
    assert await known(inventory, "p", "q") == [level("b", 1), level("a", 5, "q")]
    assert await announced(database) == [("a", 3), ("b", 1), ("a", 0), ("a", 5)]


async def test_of_two_products_that_count_a_variant_at_once_one_has_it(
    inventory: InventoryApi, catalog: CatalogApi, database_url: str
) -> None:
    await sell(catalog, sold("p", "other"), sold("q", "another"))
    others = [open_database(database_url, SystemClock()) for _ in range(2)]
    services = [InventoryService(other, SystemClock(), ids.new_id, Everywhere(catalog)) for other in others]  # type: ignore[arg-type] # what is asked of it
    asked = [
        put(service, level(f"v{number}", 1, product_id))
        for number in range(10)
        for service, product_id in zip(services, "pq", strict=True)
    ]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    for other in others:
        await other.close()
    assert [type(each) for each in outcomes if isinstance(each, BaseException)] == [VariantElsewhere] * 10
    winners = sorted((each[0] for each in outcomes if isinstance(each, list)), key=lambda each: each.variant_id)
    assert sorted(await known(inventory, "p", "q"), key=lambda each: each.variant_id) == winners


class Everywhere:
    """A catalogue whose every product has every variant asked for here."""

    def __init__(self, catalog: CatalogApi) -> None:
        self._catalog = catalog

    async def products(self, request: GetProducts) -> Products:
        found = (await self._catalog.products(request)).products
        all_of_them = sold("x", *(f"v{number}" for number in range(10))).variants
        return Products(products=tuple(each.model_copy(update={"variants": all_of_them}) for each in found))


async def test_the_stock_of_a_draft_is_for_the_shop_alone(
    inventory: InventoryApi, catalog: CatalogApi, http: httpx.AsyncClient
) -> None:
    await sell(catalog, sold("p", "a", status=Status.DRAFT), sold("old/q", "c", status=Status.DISCONTINUED))
    await put(inventory, level("a", 3), level("c", 1, "old/q"))
    hidden = await http.get("/api/v1/products/p/stock")
    assert (hidden.status_code, hidden.json()["type"]) == (404, "urn:vici:catalog.unknown_product")
    assert (await http.get("/api/v1/products/nothing/stock")).json() == hidden.json() | {
        "detail": "There is no product 'nothing'."
    }
    assert (await http.get("/api/v1/products/old%2Fq/stock")).json()["levels"][0]["available"] == 1
    assert (await http.get("/api/v1/admin/products/p/stock")).json()["levels"] == [level("a", 3).model_dump()]


async def test_stock_over_http(catalog: CatalogApi, http: httpx.AsyncClient) -> None:
    await sell(catalog, sold("p", "a"))
    counted = level("a", 3).model_dump()
    assert (await http.put("/api/v1/stock", json={"levels": [counted]})).json() == {"levels": [counted]}
    assert (await http.get("/api/v1/products/p/stock")).json() == {"levels": [counted]}
    for wrong in (counted | {"available": -1}, counted | {"variant_id": ""}, {}, counted | {"more": 1}):
        assert (await http.put("/api/v1/stock", json={"levels": [wrong]})).status_code == 422
