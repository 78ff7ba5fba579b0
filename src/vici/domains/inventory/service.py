"""The stock on its table: one transaction a call."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select

from vici.domains.catalog.api import CatalogApi, GetProducts
from vici.domains.inventory.api import ForgetProduct, GetLevels, Level, Levels, SetLevels, VariantElsewhere
from vici.domains.inventory.events import StockChanged
from vici.domains.inventory.tables import stock_levels
from vici.infra.database.port import Database
from vici.infra.database.writes import upsert
from vici.infra.events.outbox import record
from vici.kit.clock import Clock
from vici.kit.ids import NewId

PRODUCTS_AT_ONCE = 1000


class _Place(NamedTuple):
    variant_id: str
    product_id: str


def _place(level: Level) -> _Place:
    return _Place(level.variant_id, level.product_id)


class _CountedElsewhere(Exception):
    def __init__(self, levels: Sequence[Level]) -> None:
        self.levels = levels
        """As they were counted, for other products than those named now."""


class InventoryService:
    def __init__(self, database: Database, clock: Clock, new_id: NewId, catalog: CatalogApi) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id
        self._catalog = catalog

    async def set_levels(self, request: SetLevels) -> Levels:
        wanted: dict[str, Level] = {}
        for level in sorted(request.levels, key=lambda level: level.variant_id):
            before = wanted.setdefault(level.variant_id, level)
            if before.product_id != level.product_id:
                raise VariantElsewhere(variant_id=level.variant_id, product_id=before.product_id)
            wanted[level.variant_id] = level
        try:
            return await self._set(wanted)
        except _CountedElsewhere as elsewhere:
            left = await self._left_behind(elsewhere.levels)
        try:
            return await self._set(wanted, left)
        except _CountedElsewhere as elsewhere:
            first = elsewhere.levels[0]
            raise VariantElsewhere(variant_id=first.variant_id, product_id=first.product_id) from None

    async def _set(self, wanted: Mapping[str, Level], left: Collection[_Place] = ()) -> Levels:
        these = stock_levels.c.variant_id.in_(list(wanted))

        def write(connection: Connection) -> Levels:
            now = self._clock.now()
            before = _find(connection, these, lock=True)
            self._drop(connection, [level for level in before if _place(level) in left])
            upsert(
                connection,
                stock_levels,
                [level.model_dump() | {"counted_at": now} for level in wanted.values()],
                keep=("product_id",),
            )
            # Seen only after the statement that holds them all: before it, another writer may still count one.
            after = _find(connection, these, lock=True)
            elsewhere = [level for level in after if level.product_id != wanted[level.variant_id].product_id]
            if elsewhere:
                raise _CountedElsewhere(elsewhere)
            known = set(before)
            changed = tuple(level for level in wanted.values() if level not in known)
            self._announce(connection, changed)
            return Levels(levels=changed)

        return await self._database.write(write)

    async def _left_behind(self, levels: Sequence[Level]) -> set[_Place]:
        """Of these, the places where the catalogue no longer has the variant."""
        product_ids = sorted({level.product_id for level in levels})
        left = {_place(level) for level in levels}
        for start in range(0, len(product_ids), PRODUCTS_AT_ONCE):
            some = GetProducts(product_ids=tuple(product_ids[start : start + PRODUCTS_AT_ONCE]))
            for product in (await self._catalog.products(some)).products:
                left -= {_Place(variant.variant_id, product.product_id) for variant in product.variants}
        return left

    async def levels(self, request: GetLevels) -> Levels:
        which = stock_levels.c.product_id.in_(request.product_ids)
        return Levels(levels=tuple(await self._database.read(lambda connection: _find(connection, which))))

    async def forget(self, request: ForgetProduct) -> Levels:
        which = stock_levels.c.product_id == request.product_id
        if request.counted_before is not None:
            which &= stock_levels.c.counted_at < request.counted_before

        def write(connection: Connection) -> Levels:
            dropped = _find(connection, which, lock=True)
            self._drop(connection, dropped)
            return Levels(levels=tuple(dropped))

        return await self._database.write(write)

    def _drop(self, connection: Connection, levels: Sequence[Level]) -> None:
        connection.execute(
            delete(stock_levels).where(stock_levels.c.variant_id.in_([level.variant_id for level in levels]))
        )
        self._announce(connection, [level.model_copy(update={"available": 0}) for level in levels])

    def _announce(self, connection: Connection, levels: Iterable[Level]) -> None:
        now = self._clock.now()
        record(
            connection,
            *(StockChanged(event_id=self._new_id(), occurred_at=now, **level.model_dump()) for level in levels),
        )


def _find(connection: Connection, which: ColumnElement[bool], *, lock: bool = False) -> Sequence[Level]:
    """By product and variant; with `lock`, nobody else changes them before the transaction ends."""
    query = (
        select(stock_levels.c.variant_id, stock_levels.c.product_id, stock_levels.c.available)
        .where(which)
        .order_by(stock_levels.c.product_id, stock_levels.c.variant_id)
    )
    rows = connection.execute(query.with_for_update() if lock else query)
    return [Level(**row) for row in rows.mappings()]
