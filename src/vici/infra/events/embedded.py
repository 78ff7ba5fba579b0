"""The embedded bus: a log in SQLite, read by consumer groups that each remember how far they are.

For one machine. Several processes may publish; the one that holds the lock file delivers, and the system frees that
lock
whatever becomes of the process.
"""

import asyncio
import contextlib
import fcntl
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Connection, Select, and_, delete, exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from vici.infra.database.port import Database, signal
from vici.infra.database.sqlite import SqliteDatabase
from vici.infra.database.types import database_now
from vici.infra.database.writes import insert_once
from vici.infra.events.port import DeadLetter, Envelope, Subscription
from vici.infra.events.tables import consumers, dead_letters, log, log_metadata, retries
from vici.infra.telemetry.metrics import EVENTS_HANDLED, EVENTS_SECONDS
from vici.kit.clock import Clock
from vici.kit.errors import Refusal

READ_MAX = 500
ATTEMPTS_MAX = 8
# 0.2 s, 0.4 s … : eight attempts spread over about half a minute, so a restart of what a handler needs is survived.
BACKOFF_SECONDS_FIRST = 0.2
BACKOFF_SECONDS_MAX = 15.0
# What another process publishes is not signalled here.
POLL_SECONDS = 0.25
CLOSE_SECONDS = 4.0
KEPT = timedelta(days=7)
TRIM_SECONDS = 3600.0

_logger = structlog.get_logger(__name__)


class _Record(NamedTuple):
    position: int
    event_id: str
    key: str
    body: str
    attempts: int


class _Failed(NamedTuple):
    record: _Record
    error: str
    """Empty for a record that was not tried, because it waits behind another of its key."""


class EmbeddedBus:
    def __init__(self, path: Path, clock: Clock) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._database: Database = SqliteDatabase(path, clock)
        self._prepared = False
        self._subscriptions: list[Subscription] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()
        self._wakes: list[asyncio.Event] = []

    async def _prepare(self) -> None:
        if not self._prepared:
            # The log belongs to this adapter alone and is thrown away with it, so its tables are made here, not
            # migrated.
            await self._database.write(log_metadata.create_all)
            self._prepared = True

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        await self._prepare()
        append = (
            sqlite_insert(log).values(published_at=database_now()).on_conflict_do_nothing(index_elements=["event_id"])
        )
        rows = [envelope._asdict() for envelope in envelopes]

        def write(connection: Connection) -> None:
            if rows:
                connection.execute(append, rows)
                signal(connection, "log")

        await self._database.write(write)

    def subscribe(self, subscription: Subscription) -> None:
        self._subscriptions.append(subscription)

    async def start(self) -> None:
        await self._prepare()

        def register(connection: Connection) -> None:
            end = connection.scalar(select(func.coalesce(func.max(log.c.position), 0)))
            for subscription in self._subscriptions:
                insert_once(
                    connection, consumers, group=subscription.group, topic=subscription.event.topic, position=end
                )

        await self._database.write(register)
        loop = asyncio.get_running_loop()
        self._database.on_signal("log", lambda: loop.call_soon_threadsafe(self._wake_all))
        self._tasks.append(asyncio.create_task(self._deliver(), name="events"))

    async def lag(self) -> dict[str, int]:
        await self._prepare()

        def count(connection: Connection) -> dict[str, int]:
            unread = select(func.count()).where(log.c.topic == consumers.c.topic, log.c.position > consumers.c.position)
            again = select(func.count()).where(
                retries.c.group == consumers.c.group, retries.c.topic == consumers.c.topic
            )
            behind = unread.scalar_subquery() + again.scalar_subquery()
            rows = connection.execute(select(consumers.c.group, consumers.c.topic, behind.label("behind")))
            return {f"{row.group} {row.topic}": row.behind for row in rows}

        return await self._database.read(count)

    async def dead_letters(self, group: str | None = None, limit: int = 100) -> list[DeadLetter]:
        await self._prepare()
        query = select(dead_letters).order_by(dead_letters.c.letter_id.desc()).limit(limit)
        if group is not None:
            query = query.where(dead_letters.c.group == group)

        def read(connection: Connection) -> list[DeadLetter]:
            fields = DeadLetter.model_fields.keys()
            return [DeadLetter(**{name: row[name] for name in fields}) for row in connection.execute(query).mappings()]

        return await self._database.read(read)

    async def redrive(self, letter_ids: Sequence[int]) -> int:
        await self._prepare()
        chosen = select(dead_letters).where(dead_letters.c.letter_id.in_(letter_ids))

        def write(connection: Connection) -> int:
            letters = connection.execute(chosen).mappings().all()
            for letter in letters:
                row = {name: letter[name] for name in ("group", "topic", "position", "event_id", "key", "body")}
                connection.execute(insert(retries).values(**row, attempts=0, due_at=database_now(), error=""))
            _delete_letters(connection, letter_ids)
            signal(connection, "log")
            return len(letters)

        return await self._database.write(write)

    async def drop(self, letter_ids: Sequence[int]) -> int:
        await self._prepare()
        return await self._database.write(lambda connection: _delete_letters(connection, letter_ids))

    async def close(self) -> None:
        self._stopping.set()
        self._wake_all()
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._database.close()

    def _wake_all(self) -> None:
        for wake in self._wakes:
            wake.set()

    async def _deliver(self) -> None:
        with self._path.with_suffix(".lock").open("w") as lock:
            while not self._stopping.is_set():
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:  # another process of this shop delivers
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(1):
                            await self._stopping.wait()
            async with asyncio.TaskGroup() as consumer:
                for subscription in self._subscriptions:
                    consumer.create_task(self._consume(subscription))
                consumer.create_task(self._trim())

    async def _consume(self, subscription: Subscription) -> None:
        wake = asyncio.Event()
        self._wakes.append(wake)
        while not self._stopping.is_set():
            wake.clear()
            try:
                progress = await self._try_again(subscription)
                progress = await self._read_on(subscription) or progress
            except (
                Exception
            ) as fault:  # the log itself is away (disk full, busy): nothing was lost, go on when it is back
                _logger.warning("events_log_failed", group=subscription.group, error=repr(fault))
                progress = False
            if not progress:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await wake.wait()

    async def _read_on(self, subscription: Subscription) -> bool:
        """Handle what follows in the log. True when there was something."""
        records, blocked = await self._database.read(lambda connection: _unread(connection, subscription))
        position = 0
        failed: list[_Failed] = []
        for start in range(0, len(records), subscription.batch_max):
            if self._stopping.is_set():
                break
            chunk = records[start : start + subscription.batch_max]
            failed += [_Failed(record, "") for record in chunk if record.key in blocked]
            newly = await self._handle(subscription, [record for record in chunk if record.key not in blocked])
            blocked |= {record.key for record, _ in newly}
            failed += newly
            position = chunk[-1].position
        if not position:
            return False

        def move_on(connection: Connection) -> None:
            here = update(consumers).where(
                consumers.c.group == subscription.group, consumers.c.topic == subscription.event.topic
            )
            connection.execute(here.values(position=position))
            for record, error in failed:
                tried = 1 if error else 0
                pause = _backoff(tried) if error else timedelta()
                row = {"position": record.position, "event_id": record.event_id, "key": record.key, "body": record.body}
                row |= {
                    "group": subscription.group,
                    "topic": subscription.event.topic,
                    "attempts": tried,
                    "error": error,
                }
                connection.execute(insert(retries).values(**row, due_at=database_now(pause)))

        await self._database.write(move_on)
        return True

    async def _try_again(self, subscription: Subscription) -> bool:
        """Handle the failed ones whose pause is over, the oldest of each key. True when one was dealt with."""
        progress = False
        for row in await self._database.read(lambda connection: connection.execute(_due(subscription)).all()):
            if self._stopping.is_set():
                break
            record = _Record(*row)
            failed = await self._handle(subscription, [record])
            attempts = record.attempts + 1

            def settle(
                connection: Connection,
                record: _Record = record,
                failed: list[_Failed] = failed,
                attempts: int = attempts,
            ) -> None:
                here = and_(
                    retries.c.group == subscription.group,
                    retries.c.topic == subscription.event.topic,
                    retries.c.position == record.position,
                )
                if failed and attempts < ATTEMPTS_MAX:
                    again = update(retries).where(here)
                    connection.execute(
                        again.values(attempts=attempts, error=failed[0].error, due_at=database_now(_backoff(attempts)))
                    )
                    return
                connection.execute(delete(retries).where(here))
                if failed:
                    letter = {
                        "group": subscription.group,
                        "topic": subscription.event.topic,
                        **record._asdict(),
                        "attempts": attempts,
                    }
                    connection.execute(
                        insert(dead_letters).values(**letter, error=failed[0].error, died_at=database_now())
                    )

            await self._database.write(settle)
            if failed and attempts >= ATTEMPTS_MAX:
                EVENTS_HANDLED.labels(subscription.group, subscription.event.topic, "dead").inc()
                _logger.error("event_dead", group=subscription.group, event_id=record.event_id, error=failed[0].error)
            progress = progress or not failed or attempts >= ATTEMPTS_MAX
        return progress

    async def _handle(self, subscription: Subscription, records: Sequence[_Record]) -> list[_Failed]:
        """Hand the records over. What failed comes back, and what waits behind it."""
        if not records:
            return []
        error = await self._call(subscription, records)
        if error is None:
            return []
        if len(records) == 1:
            return [_Failed(records[0], error)]
        failed: list[_Failed] = []
        blocked: set[str] = set()
        for record in records:
            error = "" if record.key in blocked else await self._call(subscription, [record])
            if error is not None:
                failed.append(_Failed(record, error))
                blocked.add(record.key)
        return failed

    async def _call(self, subscription: Subscription, records: Sequence[_Record]) -> str | None:
        """Run the handler; None when it went well, else what it raised."""
        topic = subscription.event.topic
        started = time.perf_counter()
        try:
            await subscription.handle([subscription.event.model_validate_json(record.body) for record in records])
        except Exception as fault:  # not forgotten: tried again, then kept as a dead letter
            EVENTS_HANDLED.labels(subscription.group, topic, "failed").inc(len(records))
            _logger.warning(
                "event_failed", group=subscription.group, topic=topic, event_id=records[0].event_id, error=repr(fault)
            )
            return repr(fault)
        EVENTS_HANDLED.labels(subscription.group, topic, "done").inc(len(records))
        EVENTS_SECONDS.labels(subscription.group, topic).observe(time.perf_counter() - started)
        return None

    async def _trim(self) -> None:
        """Drop from the log what everyone has read, a week later."""
        read_by_all = select(func.min(consumers.c.position)).where(consumers.c.topic == log.c.topic).scalar_subquery()
        old = delete(log).where(
            log.c.published_at < database_now(-KEPT), log.c.position <= func.coalesce(read_by_all, log.c.position)
        )
        while not self._stopping.is_set():
            try:
                await self._database.write(lambda connection: connection.execute(old))
            except Refusal as fault:  # a full disk is no reason to stop delivering
                _logger.warning("events_trim_failed", error=repr(fault))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TRIM_SECONDS):
                    await self._stopping.wait()


def _backoff(attempts: int) -> timedelta:
    pause = min(BACKOFF_SECONDS_MAX, BACKOFF_SECONDS_FIRST * 2 ** (attempts - 1))
    return timedelta(seconds=pause * random.uniform(0.5, 1))


def _unread(connection: Connection, subscription: Subscription) -> tuple[list[_Record], set[str]]:
    """What follows in the log, and the keys whose earlier events have failed."""
    group, topic = subscription.group, subscription.event.topic
    position = (
        select(consumers.c.position).where(consumers.c.group == group, consumers.c.topic == topic).scalar_subquery()
    )
    following = (
        select(log).where(log.c.topic == topic, log.c.position > position).order_by(log.c.position).limit(READ_MAX)
    )
    records = [_Record(row.position, row.event_id, row.key, row.body, 0) for row in connection.execute(following)]
    if not records:
        return [], set()
    return records, set(
        connection.scalars(select(retries.c.key).where(retries.c.group == group, retries.c.topic == topic))
    )


def _due(subscription: Subscription) -> "Select[Any, Any, Any, Any, Any]":
    earlier = retries.alias()
    same_key = and_(
        earlier.c.group == retries.c.group, earlier.c.topic == retries.c.topic, earlier.c.key == retries.c.key
    )
    return (
        select(retries.c.position, retries.c.event_id, retries.c.key, retries.c.body, retries.c.attempts)
        .where(retries.c.group == subscription.group, retries.c.topic == subscription.event.topic)
        .where(retries.c.due_at <= database_now(), ~exists().where(same_key, earlier.c.position < retries.c.position))
        .order_by(retries.c.position)
        .limit(READ_MAX)
    )


def _delete_letters(connection: Connection, letter_ids: Sequence[int]) -> int:
    return connection.execute(delete(dead_letters).where(dead_letters.c.letter_id.in_(letter_ids))).rowcount
