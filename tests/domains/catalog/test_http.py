"""The catalogue over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.conftest import ManualClock
from tests.domains.catalog.drafts import TEE, draft
from tests.domains.catalog.test_products import SHOPS, TREE
from vici.apps.http.problems import install_problems
from vici.domains.catalog import module
from vici.domains.catalog.api import CatalogApi, CreateProduct, GetProduct, Product, Status, UpdateProduct
from vici.domains.catalog.service import CatalogService
from vici.infra.database.port import Database
from vici.kit.ids import NewId


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "catalog")


@pytest.fixture
async def catalog(sqlite_database: Database, clock: ManualClock, new_id: NewId) -> CatalogApi:
    built = module.build(sqlite_database, clock, new_id)
    await built.api.put_shops(SHOPS)
    await built.api.put_categories(TREE)
    return built.api


@pytest.fixture
async def http(
    catalog: CatalogApi, sqlite_database: Database, clock: ManualClock, new_id: NewId
) -> AsyncIterator[httpx.AsyncClient]:
    domain = module.build(sqlite_database, clock, new_id)
    app = FastAPI()
    install_problems(app)
    app.include_router(domain.public)
    app.include_router(domain.admin)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        yield client


def sent(product_id: str = "p1", **facts: Any) -> dict[str, Any]:
    return draft(product_id, **facts).model_dump(mode="json")


@pytest.mark.parametrize("product_id", ["tee", "tee 1%?#ß", "A/B", "../x"])
async def test_a_product_is_created_and_found_where_the_answer_says(http: httpx.AsyncClient, product_id: str) -> None:
    created = await http.post("/api/v1/products", json=sent(product_id, category_id="tees"))
    assert created.status_code == 201, created.text
    found = await http.get(created.headers["location"])
    assert found.status_code == 200
    assert found.json() == created.json()
    assert found.json()["categories"][1] == {"category_id": "shirts", "names": {"vi": "Áo", "en": "Shirts"}}
    assert found.headers["etag"] == created.headers["etag"]
    changed = await http.patch(created.headers["location"], json={"name": "Other"})
    assert (changed.status_code, changed.json()["product_id"]) == (200, product_id)
    again = await http.post("/api/v1/products", json=sent(product_id))
    assert (again.status_code, again.json()["type"]) == (409, "urn:vici:catalog.product_exists")


@pytest.mark.parametrize("path", ["/products", "/products/p1", "/categories", "/brands", "/shops"])
async def test_what_the_caller_has_is_not_sent_again(http: httpx.AsyncClient, path: str) -> None:
    await http.post("/api/v1/products", json=sent(brand="Mộc", category_id="tees"))
    first = await http.get(f"/api/v1{path}")
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for header in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await http.get(f"/api/v1{path}", headers={"If-None-Match": header})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for header in ('"other"', tag.strip('"'), ""):
        again = await http.get(f"/api/v1{path}", headers={"If-None-Match": header})
        assert (again.status_code, again.content) == (200, first.content)
    await http.put("/api/v1/shops", json={"shops": [{"shop_id": "main", "name": "Renamed"}]})
    await http.put("/api/v1/categories", json={"categories": [{"category_id": "new", "names": {"vi": "Mới"}}]})
    await http.post("/api/v1/products", json=sent("p2", brand="Mộc"))
    changed = await http.get(f"/api/v1{path}", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


async def test_drafts_are_for_the_shop_alone(http: httpx.AsyncClient, catalog: CatalogApi) -> None:
    for product in (TEE, draft("on sale"), draft("ended", status=Status.DISCONTINUED)):
        await catalog.create_product(CreateProduct(product=product))

    async def ids(path: str, **query: str) -> list[str]:
        listed = await http.get(f"/api/v1{path}", params=query)
        return [product["product_id"] for product in listed.json()["items"]]

    assert (await http.get("/api/v1/products/tee")).status_code == 404
    assert (await http.get("/api/v1/products/tee")).json()["type"] == "urn:vici:catalog.unknown_product"
    assert (await http.get("/api/v1/products/ended")).json()["status"] == "discontinued"
    assert await ids("/products") == ["on sale"]
    assert await ids("/products", status="discontinued") == ["ended"]
    assert (await http.get("/api/v1/products", params={"status": "draft"})).status_code == 422
    assert (await http.get("/api/v1/admin/products/tee")).json()["status"] == "draft"
    assert await ids("/admin/products") == ["ended", "on sale", "tee"]
    assert await ids("/admin/products", status="draft") == ["tee"]


async def test_lists_page_and_filter(http: httpx.AsyncClient, clock: ManualClock) -> None:
    for number in range(5):
        await http.post(
            "/api/v1/products", json=sent(f"p{number}", category_id=("fashion", "tees")[number % 2], brand=f"b{number}")
        )
    clock.move(60)
    await http.patch("/api/v1/products/p3", json={"name": "newer"})
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2, "category_id": "fashion"}
    while True:
        page = (await http.get("/api/v1/products", params=query)).json()
        seen += [product["product_id"] for product in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == ["p0", "p1", "p2", "p3", "p4"]
    for query, expected in (
        ({"category_id": "shirts"}, ["p1", "p3"]),
        ({"brand": "b2"}, ["p2"]),
        ({"shop_id": "second"}, []),
        ({"updated_since": clock.now().isoformat()}, ["p3"]),
    ):
        page = (await http.get("/api/v1/products", params=query)).json()
        assert [product["product_id"] for product in page["items"]] == expected


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": "x"},
        {"cursor": "x"},
        {"updated_since": "2026-01-01T00:00:00"},
        {"updated_since": "x"},
        {"brand": ""},
        {"shop_id": "\x00"},
    ],
)
async def test_a_wrong_filter_is_told(http: httpx.AsyncClient, query: dict[str, Any]) -> None:
    answer = await http.get("/api/v1/products", params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_patch_changes_what_it_names(http: httpx.AsyncClient) -> None:
    await http.post("/api/v1/products", json=sent(brand="Mộc", attributes={"a": 1, "b": 2}))
    patched = await http.patch("/api/v1/products/p1", json={"brand": None, "attributes": {"a": None, "c": 3.5}})
    assert patched.status_code == 200, patched.text
    assert (patched.json()["brand"], patched.json()["attributes"]) == (None, {"b": 2, "c": 3.5})
    assert (patched.json()["name"], patched.json()["version"]) == ("Product p1", 2)
    for body, status in (
        ({}, 200),
        ({"nmae": "x"}, 422),
        ({"name": None}, 422),
        ({"product_id": "other"}, 422),
        ({"variants": []}, 422),
        ([], 422),
    ):
        assert (await http.patch("/api/v1/products/p1", json=body)).status_code == status, body
    assert (await http.patch("/api/v1/products/nothing", json={})).status_code == 404


async def test_a_patch_from_another_state_than_the_present_one_is_refused(http: httpx.AsyncClient) -> None:
    created = await http.post("/api/v1/products", json=sent())
    tag = created.headers["etag"]
    changed = await http.patch("/api/v1/products/p1", json={"name": "second"}, headers={"If-Match": tag})
    assert changed.status_code == 200
    stale = await http.patch("/api/v1/products/p1", json={"name": "third"}, headers={"If-Match": tag})
    assert stale.status_code == 412
    # A weak tag does not say that the bytes are the same.
    weak = {"If-Match": f"W/{changed.headers['etag']}"}
    assert (await http.patch("/api/v1/products/p1", json={"name": "third"}, headers=weak)).status_code == 412
    for header in ("*", f'"other", {changed.headers["etag"]}'):
        same = await http.patch("/api/v1/products/p1", json={"name": "second"}, headers={"If-Match": header})
        assert (same.status_code, same.json()["version"]) == (200, 2)
    missing = await http.patch("/api/v1/products/nothing", json={}, headers={"If-Match": "*"})
    assert missing.status_code == 404


async def test_a_put_creates_or_replaces(http: httpx.AsyncClient) -> None:
    first = await http.put("/api/v1/products/p1", json=sent(brand="Mộc"))
    assert (first.status_code, first.json()["version"]) == (200, 1)
    second = await http.put("/api/v1/products/p1", json=sent())
    assert (second.json()["version"], second.json()["brand"]) == (2, None)
    other = await http.put("/api/v1/products/p2", json=sent())
    assert other.status_code == 422
    taken = await http.put("/api/v1/products/p2", json=sent("p2", variants=draft().variants))
    assert (taken.status_code, taken.json()["type"]) == (409, "urn:vici:catalog.code_taken")


async def test_a_put_or_deletion_from_another_state_than_the_present_one_is_refused(http: httpx.AsyncClient) -> None:
    tag = (await http.post("/api/v1/products", json=sent())).headers["etag"]
    there = "/api/v1/products/p1"
    second = await http.put(there, json=sent(name="second"), headers={"If-Match": tag})
    assert (second.status_code, second.json()["version"]) == (200, 2)
    for header in (tag, f"W/{second.headers['etag']}", '"other"', ""):
        stale = {"If-Match": header}
        assert (await http.put(there, json=sent(name="third"), headers=stale)).status_code == 412
        assert (await http.delete(there, headers=stale)).status_code == 412
    assert (await http.get(there)).json()["name"] == "second"
    for header in ("*", f'"other", {second.headers["etag"]}'):
        same = await http.put(there, json=sent(name="second"), headers={"If-Match": header})
        assert (same.status_code, same.json()["version"]) == (200, 2)
    present = {"If-Match": second.headers["etag"]}
    assert (await http.delete(there, headers=present)).status_code == 204
    # Nothing can be replaced any more; that it is gone is what the second deletion asks for.
    for header in (present, {"If-Match": "*"}):
        assert (await http.put(there, json=sent(), headers=header)).status_code == 412
        assert (await http.delete(there, headers=header)).status_code == 204
    assert (await http.get(there)).status_code == 404


async def test_between_the_look_and_the_change_nothing_is_overwritten(
    http: httpx.AsyncClient, catalog: CatalogApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = (await http.post("/api/v1/products", json=sent())).headers["etag"]
    look = CatalogService.product

    async def look_and_be_overtaken(self: CatalogService, request: GetProduct) -> Product:
        product = await look(self, request)
        await catalog.update_product(UpdateProduct(product_id="p1", name=f"overtaken at {product.version}"))
        return product

    monkeypatch.setattr(CatalogService, "product", look_and_be_overtaken)
    header = {"If-Match": "*"}
    assert tag
    assert (await http.put("/api/v1/products/p1", json=sent(name="late"), headers=header)).status_code == 412
    assert (await http.delete("/api/v1/products/p1", headers=header)).status_code == 412
    monkeypatch.undo()
    assert (await http.get("/api/v1/products/p1")).json()["name"] == "overtaken at 2"


@pytest.mark.parametrize("product_id", ["search", "suggest", "tee/stock", "/similar", "a/b/similar", ".", ".."])
async def test_an_id_that_no_address_could_lead_to_is_refused(http: httpx.AsyncClient, product_id: str) -> None:
    answer = await http.post("/api/v1/products", json=sent(product_id))
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:vici:catalog.bad_product")
    assert "Choose another id" in answer.json()["detail"]


async def test_an_image_that_pages_would_not_show_is_refused(http: httpx.AsyncClient) -> None:
    own = {"images": ["/images/a.svg", "http://cdn.example/a.jpg"]}
    of_a_variant = {"variants": [sent()["variants"][0] | {"image_url": "http://cdn.example/b.jpg"}]}
    for facts in (own, of_a_variant):
        answer = await http.post("/api/v1/products", json=sent() | facts)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:vici:catalog.bad_product")
        assert "is not on https, and pages show no other" in answer.json()["detail"]


async def test_deleting_can_be_repeated(http: httpx.AsyncClient) -> None:
    await http.post("/api/v1/products", json=sent())
    for _ in range(2):
        assert (await http.delete("/api/v1/products/p1")).status_code == 204
    assert (await http.get("/api/v1/products/p1")).status_code == 404


async def test_categories_and_shops_are_put_and_deleted(http: httpx.AsyncClient) -> None:
    put = await http.put(
        "/api/v1/categories", json={"categories": [{"category_id": "x", "parent_id": "tees", "names": {"vi": "X"}}]}
    )
    assert (put.status_code, put.json()["type"]) == (422, "urn:vici:catalog.category_too_deep")
    assert (await http.delete("/api/v1/categories/shirts")).status_code == 409
    assert (await http.delete("/api/v1/categories/tees")).status_code == 204
    slashed = {"category_id": "a/b", "names": {"vi": "A"}}
    await http.put("/api/v1/categories", json={"categories": [slashed]})
    assert (await http.delete("/api/v1/categories/a%2Fb")).status_code == 204
    listed = (await http.get("/api/v1/categories")).json()["categories"]
    assert [category["category_id"] for category in listed] == ["fashion", "shirts"]
    shops = await http.put("/api/v1/shops", json={"shops": [{"shop_id": "a", "name": "A", "currency": "usd"}]})
    assert shops.status_code == 422


@pytest.mark.parametrize(
    "facts",
    [
        {"attributes": {"a": [1]}},
        {"attributes": {"a": 1e400}},
        {"attributes": {f"a{number}": 1 for number in range(501)}},
        {"attributes": {"": 1}},
        {"name": "x" * 301},
        {"name": "a\x00b"},
        {"images": ["javascript:alert(1)"]},
        {"images": ["//"] * 51},
        {"variants": []},
        {"variants": [{"variant_id": "x", "prices": [{"currency": "VND", "amount_minor": -1}]}]},
        {"variants": [{"variant_id": "x", "prices": [{"currency": "VND", "amount_minor": 1.5}]}]},
        {"variants": [{"variant_id": "x", "prices": [{"currency": "VND", "amount_minor": 10**15 + 1}]}]},
        {"product_id": ""},
        {"product_id": "x" * 101},
        {"status": "sold"},
        {"language": "vie"},
        {"unknown": 1},
    ],
)
async def test_a_wrong_product_is_told_field_by_field(http: httpx.AsyncClient, facts: dict[str, Any]) -> None:
    import json

    # As text, because a client may send what our own JSON writer would not.
    body = json.dumps(sent() | facts)
    answer = await http.post("/api/v1/products", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert next(iter(facts)) in answer.json()["errors"][0]["field"]
    assert (await http.get("/api/v1/products/p1")).status_code == 404


async def test_text_is_kept_as_text(http: httpx.AsyncClient) -> None:
    nasty = "'; DROP TABLE products; -- <script>alert(1)</script> ${7*7} {{7*7}} \u202e \U0001f4f1"
    created = await http.post("/api/v1/products", json=sent(name=nasty, description=nasty, attributes={nasty: nasty}))
    found = (await http.get("/api/v1/products/p1")).json()
    assert created.status_code == 201
    assert (found["name"], found["description"], found["attributes"]) == (nasty, nasty, {nasty: nasty})
