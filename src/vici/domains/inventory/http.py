"""Routes over the stock."""

from typing import Annotated

from fastapi import APIRouter, Body

from vici.domains.inventory.api import GetLevels, InventoryApi, Levels, SetLevels
from vici.kit.dto import Key

_COUNTED = Body(
    openapi_examples={
        "one variant": {"value": {"levels": [{"variant_id": "tee-01-den-m", "product_id": "tee-01", "available": 12}]}}
    }
)


def public_routes(api: InventoryApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["stock"])

    @routes.get("/products/{product_id:path}/stock", summary="How many of each variant are available")
    async def stock(product_id: Key) -> Levels:  # pyright: ignore[reportUnusedFunction]
        """Variants that were never counted are left out: treat them as not in stock."""
        return await api.levels(GetLevels(product_ids=(product_id,)))

    return routes


def admin_routes(api: InventoryApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["stock, for the shop"])

    @routes.put("/stock", summary="Say how many there are; answers with those that changed")
    async def put_stock(counted: Annotated[SetLevels, _COUNTED]) -> Levels:  # pyright: ignore[reportUnusedFunction]
        return await api.set_levels(counted)

    return routes
