"""The outbox: an event is written in the transaction of the state it announces, and a relay carries it to the bus."""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from datetime import timedelta

import structlog
from sqlalchemy import Connection, delete, insert, or_, select, update

from vici.infra.database.port import Database, signal
from vici.infra.database.types import database_now
from vici.infra.database.writes import insert_once
from vici.infra.events.port import Envelope, Event, EventBus, sealed
from vici.infra.events.tables import inbox, outbox, outbox_lease
from vici.infra.telemetry.metrics import EVENTS_RELAYED
from vici.kit.ids import new_id

BATCH_MAX = 500
# A relay that was killed between publishing and deleting holds the others up this long.
LEASE = timedelta(seconds=5)
# What another process wrote is not signalled here; a changed product has to be found within a second.
POLL_SECONDS = 0.25
# What is written within such a moment is carried together: a round costs three commits, whatever it carries.
GATHER_SECONDS = 0.05
BACKOFF_SECONDS_MAX = 5.0

_log = structlog.get_logger(__name__)


def record(connection: Connection, *events: Event) -> None:
    """Announce the events if, and only if, this transaction commits."""
    if events:
        connection.execute(insert(outbox), [sealed(event)._asdict() for event in events])
        signal(connection, "outbox")


def first_time(connection: Connection, group: str, event_id: str) -> bool:
    """True once per group and event. Ask in the transaction of the work: a repeat then finds both, or neither."""
    return insert_once(connection, inbox, group=group, event_id=event_id, handled_at=database_now())


class Relay:
    """Carries one database's outbox to the bus, in order."""

    def __init__(self, service: str, database: Database, bus: EventBus) -> None:
        self._service = service
        self._database = database
        self._bus = bus
        self._owner = new_id()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._database.on_signal("outbox", lambda: loop.call_soon_threadsafe(self._wake.set))
        self._task = asyncio.create_task(self._run(), name=f"relay-{self._service}")

    async def close(self) -> None:
        """Stop. What is left in the outbox is carried by the next relay."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def is_empty(self) -> bool:
        """Whether everything recorded so far has been carried."""
        return not await self._database.read(_any_waiting)

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                while await self._carry():
                    pass
                failures = 0
            except (
                Exception
            ) as fault:  # the bus or the database is away: the rows stay where they are, and this is tried again
                failures += 1
                _log.warning("relay_failed", service=self._service, error=repr(fault), failures=failures)
                await asyncio.sleep(min(BACKOFF_SECONDS_MAX, 0.1 * 2**failures) * random.uniform(0.5, 1))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._wake.wait()
                    await asyncio.sleep(GATHER_SECONDS)
            self._wake.clear()

    async def _carry(self) -> bool:
        """Publish one batch. True when there may be more."""
        if not await self._database.read(_any_waiting):
            return False
        rows = await self._database.write(self._claim)
        if not rows:
            return False
        await self._bus.publish([envelope for _, envelope in rows])
        full = len(rows) == BATCH_MAX
        await self._database.write(
            lambda connection: self._forget(connection, [position for position, _ in rows], release=not full)
        )
        EVENTS_RELAYED.labels(self._service).inc(len(rows))
        return full

    def _claim(self, connection: Connection) -> Sequence[tuple[int, Envelope]]:
        insert_once(connection, outbox_lease, name="relay", owner=self._owner, until=database_now())
        mine = (
            update(outbox_lease)
            .where(
                outbox_lease.c.name == "relay",
                or_(outbox_lease.c.owner == self._owner, outbox_lease.c.until <= database_now()),
            )
            .values(owner=self._owner, until=database_now(LEASE))
        )
        if connection.execute(mine).rowcount == 0:
            return []
        rows = connection.execute(select(outbox).order_by(outbox.c.position).limit(BATCH_MAX))
        return [(row.position, Envelope(row.event_id, row.topic, row.key, row.body)) for row in rows]

    def _forget(self, connection: Connection, positions: Sequence[int], *, release: bool) -> None:
        connection.execute(delete(outbox).where(outbox.c.position.in_(positions)))
        if release:
            let_go = update(outbox_lease).where(outbox_lease.c.name == "relay", outbox_lease.c.owner == self._owner)
            connection.execute(let_go.values(until=database_now()))


def _any_waiting(connection: Connection) -> bool:
    return connection.execute(select(outbox.c.position).limit(1)).first() is not None
