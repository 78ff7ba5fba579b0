"""The embedded bus: a log in SQLite, read by consumer groups that each remember how far they are.

For one machine. Several processes may publish; the one that holds the lock file delivers to the groups, and the system
frees that lock whatever becomes of the process. The others follow the log for what they keep of their own.
"""

import asyncio
import contextlib
import fcntl
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import Connection, delete, func, insert, select, tuple_
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from vici.infra.database.port import Database, signal
from vici.infra.database.sqlite import SqliteDatabase
from vici.infra.database.types import database_now
from vici.infra.database.writes import insert_once
from vici.infra.events.consumers import POLL_SECONDS, Consumer, Follower
from vici.infra.events.port import BusUnavailable, DeadLetter, Envelope, Subscription
from vici.infra.events.tables import consumers, dead_letters, log, log_metadata, retries
from vici.kit.clock import Clock

CLOSE_SECONDS = 4.0
KEPT = timedelta(days=7)
TRIM_SECONDS = 3600.0
LOCK_AGAIN_SECONDS = 1.0

_logger = structlog.get_logger(__name__)


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
        self._followers: list[Follower] = []
        self._broken = ""
        """Why nothing is delivered; empty while all is well."""

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

    async def join(self) -> None:
        await self._prepare()

        def register(connection: Connection) -> int:
            end: int = connection.scalar(select(func.coalesce(func.max(log.c.position), 0))) or 0
            for subscription in self._subscriptions:
                insert_once(
                    connection, consumers, group=subscription.group, topic=subscription.event.topic, position=end
                )
            return end

        end = await self._database.write(register)
        self._followers = [Follower(self._database, each, end) for each in self._subscriptions if each.everywhere]

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._database.on_signal("log", lambda: loop.call_soon_threadsafe(self._wake_all))
        self._tasks.append(asyncio.create_task(self._deliver(), name="events"))
        self._tasks.append(asyncio.create_task(self._trim(), name="events-trim"))

    async def lag(self) -> dict[str, int]:
        if self._broken:
            raise BusUnavailable(reason=self._broken)
        await self._prepare()
        groups = [(each.group, each.event.topic) for each in self._subscriptions]

        def count(connection: Connection) -> dict[str, int]:
            unread = select(func.count()).where(log.c.topic == consumers.c.topic, log.c.position > consumers.c.position)
            again = select(func.count()).where(
                retries.c.group == consumers.c.group, retries.c.topic == consumers.c.topic
            )
            behind = unread.scalar_subquery() + again.scalar_subquery()
            ours = tuple_(consumers.c.group, consumers.c.topic).in_(groups)
            query = select(consumers.c.group, consumers.c.topic, behind.label("behind")).where(ours)
            return {f"{row.group} {row.topic}": row.behind for row in connection.execute(query)}

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
        wake = self._new_wake()
        while not self._stopping.is_set():
            try:
                with self._path.with_suffix(".lock").open("w") as lock:
                    if await self._follow_until_ours(lock.fileno(), wake):
                        self._broken = ""
                        await self._consume()
            except Exception as fault:  # nothing was lost: the log is read on from where it is when this works again
                self._broken = f"events are not delivered: {fault}"
                _logger.error("events_not_delivered", error=repr(fault))
                await self._pause(LOCK_AGAIN_SECONDS)

    async def _follow_until_ours(self, lock: int, wake: asyncio.Event) -> bool:
        """Keep this process's own things up to date until it holds the lock. False when it stops before."""
        while not self._stopping.is_set():
            wake.clear()
            holds = _try_lock(lock)
            for follower in self._followers:
                await follower.catch_up()
            if holds:
                return True
            self._broken = ""
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await wake.wait()
        return False

    async def _consume(self) -> None:
        async with asyncio.TaskGroup() as group:
            for subscription in self._subscriptions:
                consumer = Consumer(self._database, subscription, self._stopping)
                group.create_task(consumer.run(self._new_wake()))
            for follower in self._followers:
                group.create_task(self._settle(follower))

    async def _settle(self, follower: Follower) -> None:
        """What this process owes its own things from before it held the lock."""
        while not await follower.settle() and not self._stopping.is_set():
            await self._pause(POLL_SECONDS)

    def _new_wake(self) -> asyncio.Event:
        self._wakes.append(asyncio.Event())
        return self._wakes[-1]

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()

    async def _trim(self) -> None:
        """Drop from the log what everyone has read, a week later."""
        groups = [(each.group, each.event.topic) for each in self._subscriptions]
        ours = tuple_(consumers.c.group, consumers.c.topic).in_(groups)
        read_by_all = (
            select(func.min(consumers.c.position)).where(consumers.c.topic == log.c.topic, ours).scalar_subquery()
        )
        old = delete(log).where(
            log.c.published_at < database_now(-KEPT), log.c.position <= func.coalesce(read_by_all, log.c.position)
        )
        while not self._stopping.is_set():
            try:
                await self._database.write(lambda connection: connection.execute(old))
            except Exception as fault:  # a full disk is no reason to stop delivering; the log is trimmed an hour later
                _logger.warning("events_trim_failed", error=repr(fault))
            await self._pause(TRIM_SECONDS)


def _try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:  # another process of this shop delivers
        return False
    return True


def _delete_letters(connection: Connection, letter_ids: Sequence[int]) -> int:
    return connection.execute(delete(dead_letters).where(dead_letters.c.letter_id.in_(letter_ids))).rowcount
