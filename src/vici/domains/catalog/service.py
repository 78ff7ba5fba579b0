"""The catalogue on its tables: one transaction a call."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from vici.domains.catalog import store
from vici.domains.catalog.api import (
    Brands,
    Categories,
    CreateProduct,
    DeleteCategory,
    DeleteProduct,
    Done,
    Everything,
    GetProduct,
    GetProducts,
    ListProducts,
    ListVersions,
    Product,
    Products,
    PutCategories,
    PutOutcome,
    PutProduct,
    PutProducts,
    PutResult,
    PutResults,
    PutShops,
    Shops,
    UnknownProduct,
    UpdateProduct,
    Versions,
)
from vici.domains.catalog.store import Stamp
from vici.domains.catalog.use_cases import categories, products, shops
from vici.infra.database.port import Database
from vici.kit.clock import Clock
from vici.kit.dto import Key
from vici.kit.errors import Refusal
from vici.kit.ids import NewId
from vici.kit.pages import BadCursor, Page, cursor_for, position_of

T = TypeVar("T")

# Each attempt loses only to a writer that has committed since, so more than one is rare.
ATTEMPTS = 5

_KEY = TypeAdapter[str](Key)


class _DryRun(Exception):
    def __init__(self, results: PutResults) -> None:
        self.results = results


class CatalogService:
    def __init__(self, database: Database, clock: Clock, new_id: NewId) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id

    async def create_product(self, request: CreateProduct) -> Product:
        return await self._write(lambda connection, stamp: products.create(connection, request.product, stamp))

    async def put_product(self, request: PutProduct) -> Product:
        return await self._write(lambda connection, stamp: products.create_or_replace(connection, request, stamp))

    async def put_products(self, request: PutProducts) -> PutResults:
        def put(connection: Connection, stamp: Stamp) -> PutResults:
            shops.put(connection, request.shops, stamp)
            categories.put(connection, request.categories, stamp)
            outcomes = products.put(connection, request.products, stamp)
            results = PutResults(
                results=tuple(
                    PutResult(
                        product_id=draft.product_id,
                        outcome=PutOutcome.REFUSED,
                        reason=str(outcome),
                        code=outcome.code,
                    )
                    if isinstance(outcome, Refusal)
                    else PutResult(product_id=draft.product_id, outcome=outcome)
                    for draft, outcome in zip(request.products, outcomes, strict=True)
                )
            )
            if request.dry_run:
                raise _DryRun(results)
            return results

        try:
            return await self._write(put)
        except _DryRun as undone:
            return undone.results

    async def update_product(self, request: UpdateProduct) -> Product:
        return await self._write(lambda connection, stamp: products.change(connection, request, stamp))

    async def delete_product(self, request: DeleteProduct) -> Done:
        return await self._write(lambda connection, stamp: products.remove(connection, request, stamp))

    async def product(self, request: GetProduct) -> Product:
        found = await self._database.read(lambda connection: store.find(connection, [request.product_id]))
        if not found:
            raise UnknownProduct(product_id=request.product_id)
        return found[0]

    async def products(self, request: GetProducts) -> Products:
        found = await self._database.read(lambda connection: store.find(connection, request.product_ids))
        return Products(products=tuple(found))

    async def list_products(self, request: ListProducts) -> Page[Product]:
        after = None if request.cursor is None else _product_id(request.cursor)
        found = await self._database.read(lambda connection: store.find_page(connection, request, after))
        items = tuple(found[: request.limit])
        more = len(found) > request.limit
        return Page[Product].model_construct(
            items=items, next_cursor=cursor_for(items[-1].product_id) if more else None
        )

    async def versions(self, request: ListVersions) -> Versions:
        found = await self._database.read(lambda connection: store.find_versions(connection, request))
        return Versions(versions=tuple(found))

    async def put_categories(self, request: PutCategories) -> Categories:
        def put(connection: Connection, stamp: Stamp) -> Categories:
            categories.put(connection, request.categories, stamp)
            return categories.read(connection)

        return await self._write(put)

    async def delete_category(self, request: DeleteCategory) -> Done:
        return await self._write(lambda connection, _: categories.remove(connection, request))

    async def categories(self, request: Everything) -> Categories:  # noqa: ARG002 — every call of an API takes one request
        return await self._database.read(categories.read)

    async def put_shops(self, request: PutShops) -> Shops:
        def put(connection: Connection, stamp: Stamp) -> Shops:
            shops.put(connection, request.shops, stamp)
            return shops.read(connection)

        return await self._write(put)

    async def shops(self, request: Everything) -> Shops:  # noqa: ARG002 — every call of an API takes one request
        return await self._database.read(shops.read)

    async def brands(self, request: Everything) -> Brands:  # noqa: ARG002 — every call of an API takes one request
        return Brands(brands=tuple(await self._database.read(store.count_brands)))

    async def _write(self, function: Callable[[Connection, Stamp], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            stamp = Stamp(self._clock.now(), self._new_id)
            try:
                return await self._database.write(lambda connection, stamp=stamp: function(connection, stamp))
            except IntegrityError:
                # Another writer took an id or a code, or removed a category, after this one looked: the second look
                # sees it and refuses properly.
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")


def _product_id(cursor: str) -> str:
    [product_id] = position_of(cursor, str)
    try:
        return _KEY.validate_python(product_id)
    except ValidationError:
        raise BadCursor() from None
