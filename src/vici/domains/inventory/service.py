"""The stock on its table: one transaction a call."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, delete, select

from vici.domains.inventory.api import ForgetProduct, GetLevels, Level, Levels, SetLevels
from vici.domains.inventory.events import StockChanged
from vici.domains.inventory.tables import stock_levels
from vici.infra.database.port import Database
from vici.infra.database.writes import upsert
from vici.infra.events.outbox import record
from vici.kit.clock import Clock
from vici.kit.ids import NewId


class InventoryService:
    def __init__(self, database: Database, clock: Clock, new_id: NewId) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id

    async def set_levels(self, request: SetLevels) -> Levels:
        wanted = {level.variant_id: level for level in sorted(request.levels, key=lambda level: level.variant_id)}

        def write(connection: Connection) -> Levels:
            now = self._clock.now()
            before = set(_find(connection, stock_levels.c.variant_id.in_(list(wanted)), lock=True))
            upsert(connection, stock_levels, [level.model_dump() | {"counted_at": now} for level in wanted.values()])
            changed = tuple(level for level in wanted.values() if level not in before)
            self._announce(connection, changed)
            return Levels(levels=changed)

        return await self._database.write(write)

    async def levels(self, request: GetLevels) -> Levels:
        which = stock_levels.c.product_id.in_(request.product_ids)
        return Levels(levels=tuple(await self._database.read(lambda connection: _find(connection, which))))

    async def forget(self, request: ForgetProduct) -> Levels:
        which = stock_levels.c.product_id == request.product_id
        if request.counted_before is not None:
            which &= stock_levels.c.counted_at < request.counted_before

        def write(connection: Connection) -> Levels:
            dropped = _find(connection, which, lock=True)
            connection.execute(
                delete(stock_levels).where(stock_levels.c.variant_id.in_([level.variant_id for level in dropped]))
            )
            self._announce(connection, [level.model_copy(update={"available": 0}) for level in dropped])
            return Levels(levels=tuple(dropped))

        return await self._database.write(write)

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
