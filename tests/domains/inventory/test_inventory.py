"""What the stock promises, on every kind of database."""

import asyncio
from datetime import datetime

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy import Connection, select

from tests.conftest import ManualClock
from vici.apps.http.problems import install_problems
from vici.domains.catalog.events import ProductChanged
from vici.domains.inventory import module
from vici.domains.inventory.api import ForgetProduct, GetLevels, InventoryApi, Level, SetLevels
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
    return ("events", "inventory")


@pytest.fixture
def inventory(database: Database, clock: ManualClock, new_id: NewId) -> InventoryApi:
    return module.build(database, clock, new_id).api


def level(variant_id: str, available: int, product_id: str = "p") -> Level:
    return Level(variant_id=variant_id, product_id=product_id, available=available)


async def put(inventory: InventoryApi, *levels: Level) -> list[Level]:
    return list((await inventory.set_levels(SetLevels(levels=levels))).levels)


async def known(inventory: InventoryApi, *product_ids: str) -> list[Level]:
    return list((await inventory.levels(GetLevels(product_ids=product_ids))).levels)


async def announced(database: Database) -> list[tuple[str, int]]:
    def read(connection: Connection) -> list[str]:
        return list(connection.scalars(select(outbox.c.body).order_by(outbox.c.position)))

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
    inventory: InventoryApi, database: Database, database_url: str
) -> None:
    others = [open_database(database_url, SystemClock()) for _ in range(3)]
    services = [InventoryService(other, SystemClock(), ids.new_id) for other in others]
    await asyncio.gather(*(put(service, level("a", n), level("b", n)) for n, service in enumerate(services * 5)))
    for other in others:
        await other.close()
    events = await announced(database)
    for each in await known(inventory, "p"):
        assert [available for variant_id, available in events if variant_id == each.variant_id][-1] == each.available


@pytest.mark.parametrize("repeats", [1, 2])
async def test_the_stock_of_a_deleted_product_is_forgotten(
    database: Database, clock: ManualClock, new_id: NewId, repeats: int
) -> None:
    domain = module.build(database, clock, new_id)
    [subscription] = domain.subscriptions
    await put(domain.api, level("a", 3), level("c", 1, "q"))
    clock.move(1)
    updated = ProductChanged(event_id="u", occurred_at=clock.now(), product_id="q", version=2, change="updated")
    for _ in range(repeats):
        await subscription.handle([deleted("p", clock.now()), updated])
    assert await known(domain.api, "p", "q") == [level("c", 1, "q")]
    assert await announced(database) == [("a", 3), ("c", 1), ("a", 0)]


async def test_late_news_of_a_deletion_leaves_the_stock_of_a_product_that_came_back(
    database: Database, clock: ManualClock, new_id: NewId
) -> None:
    domain = module.build(database, clock, new_id)
    await put(domain.api, level("a", 3), level("b", 1), level("c", 2))
    clock.move(1)
    at = clock.now()
    await put(domain.api, level("c", 2))
    clock.move(1)
    # Counted again after the deletion, and found to be the same number.
    await put(domain.api, level("a", 3))
    await domain.subscriptions[0].handle([deleted("p", at)])
    assert await known(domain.api, "p") == [level("a", 3), level("c", 2)]


async def test_stock_over_http(database: Database, clock: ManualClock, new_id: NewId) -> None:
    domain = module.build(database, clock, new_id)
    app = FastAPI()
    install_problems(app)
    app.include_router(domain.public)
    app.include_router(domain.admin)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as http:
        counted = level("a", 3).model_dump()
        assert (await http.put("/api/v1/stock", json={"levels": [counted]})).json() == {"levels": [counted]}
        assert (await http.get("/api/v1/products/p/stock")).json() == {"levels": [counted]}
        assert (await http.get("/api/v1/products/nothing/stock")).json() == {"levels": []}
        for wrong in (counted | {"available": -1}, counted | {"variant_id": ""}, {}, counted | {"more": 1}):
            assert (await http.put("/api/v1/stock", json={"levels": [wrong]})).status_code == 422
