"""The search over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.domains.search.shelves import ready
from vici.apps.http.problems import install_problems
from vici.domains.search.api import SearchApi
from vici.domains.search.http import routes


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> SearchApi:
    return ready(tmp_path_factory.mktemp("http"))


@pytest.fixture
async def http(api: SearchApi) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_problems(app)
    app.include_router(routes(api))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        yield client


async def answer(http: httpx.AsyncClient, path: str, **params: Any) -> dict[str, Any]:
    response = await http.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


async def test_products_are_found_and_told_flat(http: httpx.AsyncClient) -> None:
    found = await answer(http, "/api/v1/products/search", q="laptop dưới 15 triệu")
    item = found["items"][0]
    assert set(item) >= {"product_id", "name", "price_minor", "currency", "in_stock", "url", "image_url", "score"}
    assert {each["product_id"] for each in found["items"]} == {"dell", "hp"}
    assert found["applied"]["price_max"] == 15_000_000
    assert [chip["kind"] for chip in found["chips"]] == ["price", "category"]
    assert found["total"] == 2


async def test_plain_parameters_filter_sort_and_page(http: httpx.AsyncClient) -> None:
    params = {"category": "laptops", "price_max": 20_000_000, "in_stock": "true", "sort": "price_low", "limit": 2}
    first = await answer(http, "/api/v1/products/search", **params)
    assert [each["product_id"] for each in first["items"]] == ["hp", "dell"]
    rest = await answer(http, "/api/v1/products/search", **params, cursor=first["next_cursor"])
    assert ([each["product_id"] for each in rest["items"]], rest["next_cursor"]) == (["acer"], None)


async def test_a_parameter_may_be_given_more_than_once(http: httpx.AsyncClient) -> None:
    found = await answer(http, "/api/v1/products/search", brand=["Sony", "dell"])
    assert {each["product_id"] for each in found["items"]} == {"buds", "studio", "dell"}


async def test_attributes_are_filters_by_their_names(http: httpx.AsyncClient) -> None:
    found = await answer(http, "/api/v1/products/search", **{"attr.Màu": ["Đen", "xám"], "attr.bluetooth": []})
    assert {each["product_id"] for each in found["items"]} == {"tee", "tee-long", "lamp-night"}


async def test_a_chip_is_taken_back_by_its_id(http: httpx.AsyncClient) -> None:
    first = await answer(http, "/api/v1/products/search", q="tai nghe sony")
    kept = await answer(
        http, "/api/v1/products/search", q="tai nghe sony", keep=[each["chip_id"] for each in first["chips"]]
    )
    assert first["chips"]
    assert kept["chips"] == []


async def test_facets_and_another_language_are_given_when_asked_for(http: httpx.AsyncClient) -> None:
    found = await answer(http, "/api/v1/products/search", q="iphone", facets="true", lang="en", limit=1)
    assert {facet["label"] for facet in found["facets"]} >= {"Category", "Brand", "Price"}
    assert (await answer(http, "/api/v1/products/search", q="iphone"))["facets"] == []


async def test_an_unfinished_word_is_completed(http: httpx.AsyncClient) -> None:
    found = await answer(http, "/api/v1/products/suggest", q="tai n", limit=2)
    assert [each["text"] for each in found["suggestions"]] == ["Tai nghe", "tai nghe"]
    assert (await answer(http, "/api/v1/products/suggest"))["suggestions"] == []


async def test_similar_products_are_told_by_both_doors(http: httpx.AsyncClient) -> None:
    shown = await answer(http, "/api/v1/products/ip15/similar", limit=2)
    near = await answer(http, "/recommendations/ip15/similar", limit=2)
    assert shown["items"][0]["product_id"] == near["items"][0]["product_id"] == "ip15pm"
    assert set(near["items"][0]) == {"product_id", "similarity_score", "name", "category", "embedding_updated_at"}


@pytest.mark.parametrize("path", ["/api/v1/products/nobody/similar", "/recommendations/nobody/similar"])
async def test_of_an_unknown_product_nothing_is_similar(http: httpx.AsyncClient, path: str) -> None:
    response = await http.get(path)
    assert response.status_code == 404
    assert response.json()["type"] == "urn:vici:search.not_indexed"


@pytest.mark.parametrize(
    "params",
    [
        {"limit": 0}, {"limit": 201}, {"limit": "many"}, {"sort": "upwards"}, {"lang": "english"}, {"price_min": -1},
        {"price_max": 10**16}, {"currency": "đồng"}, {"in_stock": "perhaps"}, {"cursor": "x"}, {"q": "a" * 501},
        {"q": "a\x00b"}, {"attr.": "x"}, {"attr.Màu": ""}, {"attr.Màu": "\x00"}, {"attr." + "x" * 301: "y"},
        {"category": ""}, {"brand": "x" * 301}, {"min_score": 2},
    ],
)  # fmt: skip
async def test_a_bad_value_is_refused_field_by_field(http: httpx.AsyncClient, params: dict[str, Any]) -> None:
    path = "/recommendations/ip15/similar" if "min_score" in params else "/api/v1/products/search"
    response = await http.get(path, params=params)
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE products; --", "<script>alert(1)</script>", "💡🛋️", "%", '"', "a" * 500, "()[]*+?"]
)
async def test_hostile_words_are_only_words(http: httpx.AsyncClient, words: str) -> None:
    for path in ("/api/v1/products/search", "/api/v1/products/suggest"):
        await answer(http, path, q=words)


def test_every_parameter_is_described(api: SearchApi, tmp_path: Path) -> None:
    app = FastAPI()
    app.include_router(routes(api))
    operation = app.openapi()["paths"]["/api/v1/products/search"]["get"]
    assert {each["name"] for each in operation["parameters"]} >= {"q", "category", "brand", "keep", "facets", "cursor"}
    assert "attr.<name>=<value>" in operation["description"]
