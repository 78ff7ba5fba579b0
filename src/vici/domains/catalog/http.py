"""Routes over the catalogue: reading for everyone, writing for the shop."""

import hashlib
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Body, Header, HTTPException, Query
from pydantic import AwareDatetime, BaseModel
from starlette.responses import Response

from vici.domains.catalog.api import (
    Brands,
    CatalogApi,
    Categories,
    CreateProduct,
    DeleteCategory,
    DeleteProduct,
    Everything,
    GetProduct,
    ListProducts,
    Product,
    ProductChanges,
    ProductDraft,
    PutCategories,
    PutProduct,
    PutShops,
    Shops,
    Status,
    UnknownProduct,
    UpdateProduct,
    VersionConflict,
)
from vici.kit.dto import Key, Line
from vici.kit.pages import Page, PageLimit

IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", description="The `ETag` of what you have: 304 when it is still that.")
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The `ETag` the change was made from: 412 when the product is no longer that. `*` is any.",
    ),
]

_PRODUCT: dict[str, Any] = {
    "product_id": "tee-01",
    "name": "Áo thun cổ tròn",
    "short_description": "Cotton hai chiều, dày dặn.",
    "brand": "Mộc",
    "attributes": {"Chất liệu": "cotton", "Định lượng (g/m²)": 220},
    "translations": {"en": {"name": "Crew neck T-shirt", "attributes": {"Material": "cotton", "Weight (g/m²)": 220}}},
    "options": ["Màu", "Cỡ"],
    "variants": [
        {
            "variant_id": "tee-01-den-m",
            "sku": "TEE01-BK-M",
            "options": {"Màu": "Đen", "Cỡ": "M"},
            "prices": [{"currency": "VND", "amount_minor": 199000, "original_minor": 249000}],
        }
    ],
    "images": ["/images/tee-01.svg"],
}
_DRAFT = Body(openapi_examples={"one variant": {"value": _PRODUCT}})
_CHANGES = Body(
    openapi_examples={
        "another price": {"value": {"variants": _PRODUCT["variants"]}},
        "one attribute set, one removed": {"value": {"attributes": {"Chất liệu": "lanh", "Định lượng (g/m²)": None}}},
        "taken off the shelf": {"value": {"status": "discontinued"}},
    }
)
_CATEGORIES = Body(
    openapi_examples={
        "two levels": {
            "value": {
                "categories": [
                    {"category_id": "fashion", "names": {"vi": "Thời trang", "en": "Fashion"}},
                    {"category_id": "shirts", "parent_id": "fashion", "names": {"vi": "Áo", "en": "Shirts"}},
                ]
            }
        }
    }
)
_SHOPS = Body(
    openapi_examples={"one shop": {"value": {"shops": [{"shop_id": "main", "name": "Mộc", "currency": "VND"}]}}}
)
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "It is still what `If-None-Match` names"}}


def public_routes(api: CatalogApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["catalogue"])

    @routes.get("/products", summary="Products by id", response_model=Page[Product], responses=_UNCHANGED)
    async def list_products(  # pyright: ignore[reportUnusedFunction]
        status: Literal["available", "discontinued"] = "available",
        shop_id: Key | None = None,
        brand: Line | None = None,
        category_id: Annotated[Key | None, Query(description="Also finds what stands in categories below it.")] = None,
        updated_since: AwareDatetime | None = None,
        cursor: str | None = None,
        limit: PageLimit = 50,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        request = ListProducts(
            status=Status(status),
            shop_id=shop_id,
            brand=brand,
            category_id=category_id,
            updated_since=updated_since,
            cursor=cursor,
            limit=limit,
        )
        return _unless_known(await api.list_products(request), if_none_match)

    @routes.get("/products/{product_id:path}", summary="One product", response_model=Product, responses=_UNCHANGED)
    async def one_product(product_id: Key, if_none_match: IfNoneMatch = None) -> Response:  # pyright: ignore[reportUnusedFunction]
        product = await api.product(GetProduct(product_id=product_id))
        if product.status is Status.DRAFT:
            raise UnknownProduct(product_id=product_id)
        return _unless_known(product, if_none_match)

    @routes.get("/categories", summary="The category tree", response_model=Categories, responses=_UNCHANGED)
    async def list_categories(if_none_match: IfNoneMatch = None) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _unless_known(await api.categories(Everything()), if_none_match)

    @routes.get("/brands", summary="Brands of what is available", response_model=Brands, responses=_UNCHANGED)
    async def list_brands(if_none_match: IfNoneMatch = None) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _unless_known(await api.brands(Everything()), if_none_match)

    @routes.get("/shops", summary="Who sells here", response_model=Shops, responses=_UNCHANGED)
    async def list_shops(if_none_match: IfNoneMatch = None) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _unless_known(await api.shops(Everything()), if_none_match)

    return routes


def admin_routes(api: CatalogApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["catalogue, for the shop"])

    @routes.get("/admin/products", summary="Products by id, drafts too", response_model=Page[Product])
    async def list_all(  # pyright: ignore[reportUnusedFunction]
        status: Status | None = None,
        shop_id: Key | None = None,
        brand: Line | None = None,
        category_id: Annotated[Key | None, Query(description="Also finds what stands in categories below it.")] = None,
        updated_since: AwareDatetime | None = None,
        cursor: str | None = None,
        limit: PageLimit = 50,
    ) -> Response:
        request = ListProducts(
            status=status,
            shop_id=shop_id,
            brand=brand,
            category_id=category_id,
            updated_since=updated_since,
            cursor=cursor,
            limit=limit,
        )
        return _answer(await api.list_products(request))

    @routes.get("/admin/products/{product_id:path}", summary="One product, drafts too", response_model=Product)
    async def one_of_all(product_id: Key) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _answer(await api.product(GetProduct(product_id=product_id)))

    @routes.post("/products", summary="Create a product", status_code=201, response_model=Product)
    async def create(draft: Annotated[ProductDraft, _DRAFT]) -> Response:  # pyright: ignore[reportUnusedFunction]
        product = await api.create_product(CreateProduct(product=draft))
        return _answer(product, 201, {"Location": f"/api/v1/products/{quote(product.product_id, safe='')}"})

    @routes.put("/products/{product_id:path}", summary="Create a product, or replace all of it", response_model=Product)
    async def replace(  # pyright: ignore[reportUnusedFunction]
        product_id: Key, draft: Annotated[ProductDraft, _DRAFT], if_match: IfMatch = None
    ) -> Response:
        """With `If-Match` it only replaces: 412 where there is no such product, too."""
        if draft.product_id != product_id:
            raise HTTPException(422, f"The address names {product_id!r}, the body {draft.product_id!r}.")
        if if_match is None:
            return _answer(await api.put_product(PutProduct(product=draft)))
        try:
            version = await _matching_version(api, product_id, if_match)
            return _answer(await api.put_product(PutProduct(product=draft, if_version=version)))
        except (UnknownProduct, VersionConflict) as changed:
            raise _changed_meanwhile(product_id) from changed

    @routes.patch("/products/{product_id:path}", summary="Change what is named", response_model=Product)
    async def change(  # pyright: ignore[reportUnusedFunction]
        product_id: Key, changes: Annotated[ProductChanges, _CHANGES], if_match: IfMatch = None
    ) -> Response:
        version = None if if_match is None else await _matching_version(api, product_id, if_match)
        named = {name: getattr(changes, name) for name in changes.model_fields_set}
        try:
            return _answer(await api.update_product(UpdateProduct(product_id=product_id, if_version=version, **named)))
        except VersionConflict as conflict:
            raise _changed_meanwhile(product_id) from conflict

    @routes.delete("/products/{product_id:path}", summary="Delete a product", status_code=204)
    async def delete(product_id: Key, if_match: IfMatch = None) -> Response:  # pyright: ignore[reportUnusedFunction]
        """204 also where it is gone already, whatever `If-Match` says: what was asked for is so."""
        try:
            version = None if if_match is None else await _matching_version(api, product_id, if_match)
            await api.delete_product(DeleteProduct(product_id=product_id, if_version=version))
        except UnknownProduct:
            pass
        except VersionConflict as conflict:
            raise _changed_meanwhile(product_id) from conflict
        return Response(status_code=204)

    @routes.put("/categories", summary="Create or replace categories", response_model=Categories)
    async def put_categories(request: Annotated[PutCategories, _CATEGORIES]) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _answer(await api.put_categories(request))

    @routes.delete("/categories/{category_id:path}", summary="Delete an empty category", status_code=204)
    async def delete_category(category_id: Key) -> Response:  # pyright: ignore[reportUnusedFunction]
        await api.delete_category(DeleteCategory(category_id=category_id))
        return Response(status_code=204)

    @routes.put("/shops", summary="Create or rename shops", response_model=Shops)
    async def put_shops(request: Annotated[PutShops, _SHOPS]) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _answer(await api.put_shops(request))

    return routes


async def _matching_version(api: CatalogApi, product_id: str, if_match: str) -> int:
    """The version whose representation `If-Match` names; the update then asks for that very version."""
    product = await api.product(GetProduct(product_id=product_id))
    if if_match.strip() != "*" and _etag(_written(product)) not in _tags(if_match):
        raise _changed_meanwhile(product_id)
    return product.version


def _changed_meanwhile(product_id: str) -> HTTPException:
    return HTTPException(412, f"The product {product_id!r} has changed. Read it again and repeat the change.")


def _unless_known(body: BaseModel, if_none_match: str | None) -> Response:
    """The body with a strong ETag, or 304 where the caller has it already."""
    tag = _etag(_written(body))
    # A cache may have made the tag a weak one; for reading that is good enough.
    if if_none_match is not None and {"*", tag} & {each.removeprefix("W/") for each in _tags(if_none_match)}:
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
    return _answer(body)


def _answer(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    content = _written(body)
    tagged = {"ETag": _etag(content), "Cache-Control": "no-cache"} | (headers or {})
    return Response(content, status, tagged, media_type="application/json")


def _written(body: BaseModel) -> bytes:
    return body.model_dump_json().encode()


def _etag(content: bytes) -> str:
    return f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def _tags(header: str) -> set[str]:
    return {tag.strip() for tag in header.split(",")}
