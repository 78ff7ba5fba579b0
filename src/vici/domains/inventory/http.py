"""Routes over the stock."""

from typing import Annotated

from fastapi import APIRouter, Body

from vici.domains.catalog.api import CatalogApi, GetProduct, Status, UnknownProduct
from vici.domains.inventory.api import GetLevels, InventoryApi, Levels, SetLevels
from vici.kit.dto import Key

_COUNTED = Body(
    openapi_examples={
        "one variant": {"value": {"levels": [{"variant_id": "tee-01-den-m", "product_id": "tee-01", "available": 12}]}}
    }
)


def public_routes(api: InventoryApi, catalog: CatalogApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["stock"])

    @routes.get("/products/{product_id:path}/stock", summary="How many of each variant are available")
    async def stock(product_id: Key) -> Levels:  # pyright: ignore[reportUnusedFunction]
        """Variants that were never counted are left out: treat them as not in stock. Of products that are not public
        there is none."""
        product = await catalog.product(GetProduct(product_id=product_id))
        if product.status is Status.DRAFT:
            raise UnknownProduct(product_id=product_id)
        return await api.levels(GetLevels(product_ids=(product_id,)))

    return routes


def admin_routes(api: InventoryApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["stock, for the shop"])

    @routes.get("/admin/products/{product_id:path}/stock", summary="How many of each variant, of drafts too")
    async def stock_of_all(product_id: Key) -> Levels:  # pyright: ignore[reportUnusedFunction]
        """Of whatever was ever counted for this id, also before the catalogue has it."""
        return await api.levels(GetLevels(product_ids=(product_id,)))

    @routes.put("/stock", summary="Say how many there are; answers with those that changed")
    async def put_stock(counted: Annotated[SetLevels, _COUNTED]) -> Levels:  # pyright: ignore[reportUnusedFunction]
        """All of them or none. 409 where a variant is counted for another product that still has it."""
        return await api.set_levels(counted)

    return routes
