"""What search engines are given, and what a busy or malicious one can do with it."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from tests.web.fakes import FakeCatalog, product
from vici.domains.catalog.api import ListProducts, Product
from vici.kit.pages import Page
from vici.web.storefront.crawlers import Sitemap
from vici.web.storefront.routes import sites
from vici.web.storefront.site import OWN_LANGUAGE, Apis


@pytest.fixture
def reads(catalog: FakeCatalog, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The cursor of each look into the catalogue."""
    looks: list[str | None] = []
    list_products = catalog.list_products

    async def counted(request: ListProducts) -> Page[Product]:
        looks.append(request.cursor)
        await asyncio.sleep(0)
        return await list_products(request)

    monkeypatch.setattr(catalog, "list_products", counted)
    return looks


@pytest.fixture
def seconds() -> list[float]:
    """What the clock shows."""
    return [0.0]


@pytest.fixture
async def crawler(apis: Apis, seconds: list[float]) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    sitemap = Sitemap(sites(apis, "Vici", "VND")[OWN_LANGUAGE], lambda: seconds[0])
    app.add_api_route("/sitemap.xml", sitemap.send, response_model=None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        yield client


async def test_the_catalogue_is_read_once_in_ten_minutes_however_many_ask(
    crawler: httpx.AsyncClient, catalog: FakeCatalog, reads: list[str | None], seconds: list[float]
) -> None:
    answers = await asyncio.gather(*(crawler.get("/sitemap.xml") for _ in range(5)))
    assert len({answer.content for answer in answers}) == 1
    catalog.by_id["new"] = product("new", "Mới")
    for seconds[0] in (1.0, 599.9):
        assert (await crawler.get("/sitemap.xml")).content == answers[0].content
    assert reads == [None]
    seconds[0] = 600.0
    assert "<loc>http://shop.test/products/new</loc>" in (await crawler.get("/sitemap.xml")).text
    assert reads == [None, None]


async def test_what_a_caller_named_as_host_is_for_that_caller_alone(crawler: httpx.AsyncClient) -> None:
    asked = {"Host": "evil.example"}
    theirs = await crawler.get("/sitemap.xml", headers=asked)
    assert "<loc>http://evil.example/products/tea-1</loc>" in theirs.text
    ours = await crawler.get("/sitemap.xml")
    assert "evil.example" not in ours.text
    assert "<loc>http://shop.test/products/tea-1</loc>" in ours.text
    for answer in (theirs, ours):
        assert answer.headers["cache-control"].startswith("private")
    again = await crawler.get("/sitemap.xml", headers={"If-None-Match": ours.headers["etag"]})
    assert again.status_code == 304


async def test_robots_are_for_their_caller_alone(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/robots.txt", headers={"Host": "evil.example"})
    assert answer.headers["cache-control"].startswith("private")


async def test_a_sitemap_has_no_more_addresses_than_the_format_allows(
    crawler: httpx.AsyncClient, catalog: FakeCatalog
) -> None:
    one = catalog.by_id["tea-1"]
    catalog.by_id |= {f"p{n}": one.model_copy(update={"product_id": f"p{n}"}) for n in range(25_000)}
    assert (await crawler.get("/sitemap.xml")).text.count("<loc>") == 50_000
