"""Importing from somebody else's PostgreSQL database."""

import tracemalloc
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests import servers
from tests.flows.import_catalog.shops import Stand, imported, stand
from vici.domains.catalog.api import Price
from vici.flows.import_catalog import ImportStopped, Query
from vici.flows.import_catalog.sources.rows import BadSource
from vici.infra.database.query import QueryFailed, query_postgresql

TABLE = """
CREATE TABLE goods
  (code bigint, title text, price numeric(12, 2), stock int, specs jsonb, tags text[], seen timestamptz);
INSERT INTO goods VALUES
  (1, 'Áo "thun"', 19.99, 5, '{"Chất liệu": "cotton", "Nặng": 220}', '{a,b}', now()),
  (2, 'Quần', 5.00, 0, NULL, NULL, NULL),
  (3, 'Mũ', 'NaN', NULL, '{}', '{}', NULL)
"""
COLUMNS = "code AS id, title, price, 'USD' AS currency, stock, specs AS attributes"


@pytest.fixture
async def url(server_url: Callable[[str], str]) -> str:
    address = servers.fresh_database(server_url("postgresql"))
    engine = create_async_engine(address.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.begin() as connection:
        for statement in TABLE.split(";\n"):
            await connection.execute(text(statement))
    await engine.dispose()
    return address


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(tmp_path / "shop") as opened:
        yield opened


async def test_rows_of_a_query_become_products(shop: Stand, url: str) -> None:
    done = await imported(shop, Query(url, f"SELECT {COLUMNS} FROM goods ORDER BY 1"))
    assert done.counts == (2, 0, 0, 1)
    assert [(fault.row, fault.column, fault.reason) for fault in done.faults] == [
        (3, "price", "empty: every product needs a price")
    ]
    products = await shop.products()
    assert [product.name for product in products.values()] == ['Áo "thun"', "Quần"]
    assert products["1"].variants[0].prices == (Price(currency="USD", amount_minor=1999),)
    assert products["1"].attributes == {"Chất liệu": "cotton", "Nặng": 220}
    assert await shop.stock("1", "2") == {"1": 5, "2": 0}


async def test_a_query_may_hold_colons_and_percents(shop: Stand, url: str) -> None:
    statement = f"SELECT {COLUMNS}, '12:30 %s :x' AS brand FROM goods WHERE code::text LIKE '1%'"
    assert (await imported(shop, Query(url, statement))).counts == (1, 0, 0, 0)
    assert (await shop.products())["1"].brand == "12:30 %s :x"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM nothing", 'relation "nothing" does not exist'),
        ("DELETE FROM goods RETURNING code AS id, title, price", "read-only transaction"),
        ("SELECT 1; SELECT 2", "multiple commands"),
        ("", "no column is product_id"),
        ("SELECT 1 AS id", "no column is product_name"),
        ("SELECT 1 AS id, 2 AS id", "two columns are called 'id'"),
    ],
)
async def test_a_query_that_cannot_be_used_is_told_in_one_line(
    shop: Stand, url: str, statement: str, told: str
) -> None:
    with pytest.raises((QueryFailed, BadSource), match=told) as refusal:
        await imported(shop, Query(url, statement))
    assert "\n" not in str(refusal.value)
    assert (await imported(shop, Query(url, f"SELECT {COLUMNS} FROM goods"))).report.rows == 3


@pytest.mark.parametrize(
    "wrong",
    ["postgresql://vici:secret@127.0.0.1:1/none", "postgresql://[::1", "postgresql://127.0.0.1:x/y"],
)
async def test_a_server_that_is_not_there_is_told_without_the_password(shop: Stand, wrong: str) -> None:
    with pytest.raises(QueryFailed) as refusal:
        await imported(shop, Query(wrong, "SELECT 1"))
    assert "secret" not in str(refusal.value)


async def test_a_query_that_fails_half_way_stops_the_import(shop: Stand, url: str) -> None:
    failing = "SELECT n AS id, 'x' AS title, 1 AS price, 10 / (1200 - n) AS stock FROM generate_series(1, 2000) AS n"
    with pytest.raises(ImportStopped, match="division by zero") as stopped:
        await imported(shop, Query(url, failing))
    assert stopped.value.facts["rows"] == 1000


async def test_rows_are_streamed(url: str) -> None:
    statement = "SELECT n, repeat('x', 1000) AS text FROM generate_series(1, 50000) AS n"
    tracemalloc.start()
    number = 0
    async for batch in query_postgresql(url, statement, 500):
        number += len(batch.rows)
        assert len(batch.rows) <= 500
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 50_000
    assert peak < 10_000_000
