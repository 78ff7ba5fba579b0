"""One subscription's way through the embedded log: for a group that remembers how far it is, or for one process."""

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Connection, Select, and_, delete, exists, insert, select, update

from vici.infra.database.port import Database
from vici.infra.database.types import database_now
from vici.infra.events.port import Subscription
from vici.infra.events.tables import consumers, dead_letters, log, retries
from vici.infra.telemetry.metrics import EVENTS_HANDLED, EVENTS_SECONDS

READ_MAX = 500
ATTEMPTS_MAX = 8
# 0.2 s, 0.4 s … : eight attempts spread over about half a minute, so a restart of what a handler needs is survived.
BACKOFF_SECONDS_FIRST = 0.2
BACKOFF_SECONDS_MAX = 15.0
# What another process publishes is not signalled here.
POLL_SECONDS = 0.25

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


class Consumer:
    """Reads for the subscription's group, from where the group is. One process at a time may run it."""

    def __init__(self, database: Database, subscription: Subscription, stopping: asyncio.Event) -> None:
        self._database = database
        self._subscription = subscription
        self._stopping = stopping

    async def run(self, wake: asyncio.Event) -> None:
        while not self._stopping.is_set():
            wake.clear()
            try:
                progress = await self._try_again()
                progress = await self._read_on() or progress
            except (
                Exception
            ) as fault:  # the log itself is away (disk full, busy): nothing was lost, go on when it is back
                _logger.warning("events_log_failed", group=self._subscription.group, error=repr(fault))
                progress = False
            if not progress:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await wake.wait()

    async def _read_on(self) -> bool:
        """Handle what follows in the log. True when there was something."""
        records, blocked = await self._database.read(lambda connection: _unread(connection, self._subscription))
        position = 0
        failed: list[_Failed] = []
        for start in range(0, len(records), self._subscription.batch_max):
            if self._stopping.is_set():
                break
            chunk = records[start : start + self._subscription.batch_max]
            failed += [_Failed(record, "") for record in chunk if record.key in blocked]
            newly = await _hand_over(self._subscription, [record for record in chunk if record.key not in blocked])
            blocked |= {record.key for record, _ in newly}
            failed += newly
            position = chunk[-1].position
        if not position:
            return False

        def move_on(connection: Connection) -> None:
            here = update(consumers).where(
                consumers.c.group == self._subscription.group, consumers.c.topic == self._subscription.event.topic
            )
            connection.execute(here.values(position=position))
            for record, error in failed:
                tried = 1 if error else 0
                pause = _backoff(tried) if error else timedelta()
                row = {"position": record.position, "event_id": record.event_id, "key": record.key, "body": record.body}
                row |= {
                    "group": self._subscription.group,
                    "topic": self._subscription.event.topic,
                    "attempts": tried,
                    "error": error,
                }
                connection.execute(insert(retries).values(**row, due_at=database_now(pause)))

        await self._database.write(move_on)
        return True

    async def _try_again(self) -> bool:
        """Handle the failed ones whose pause is over, the oldest of each key. True when one was dealt with."""
        progress = False
        for row in await self._database.read(lambda connection: connection.execute(_due(self._subscription)).all()):
            if self._stopping.is_set():
                break
            record = _Record(*row)
            failed = await _hand_over(self._subscription, [record])
            attempts = record.attempts + 1

            def settle(
                connection: Connection,
                record: _Record = record,
                failed: list[_Failed] = failed,
                attempts: int = attempts,
            ) -> None:
                here = and_(
                    retries.c.group == self._subscription.group,
                    retries.c.topic == self._subscription.event.topic,
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
                        "group": self._subscription.group,
                        "topic": self._subscription.event.topic,
                        **record._asdict(),
                        "attempts": attempts,
                    }
                    connection.execute(
                        insert(dead_letters).values(**letter, error=failed[0].error, died_at=database_now())
                    )

            await self._database.write(settle)
            if failed and attempts >= ATTEMPTS_MAX:
                EVENTS_HANDLED.labels(self._subscription.group, self._subscription.event.topic, "dead").inc()
                _logger.error(
                    "event_dead", group=self._subscription.group, event_id=record.event_id, error=failed[0].error
                )
            progress = progress or not failed or attempts >= ATTEMPTS_MAX
        return progress


class Follower:
    """Reads beside the group, for a process that keeps something of its own up to date; forgotten with the process."""

    def __init__(self, database: Database, subscription: Subscription, position: int) -> None:
        self._database = database
        self._subscription = subscription
        self._position = position
        self._owed: dict[str, list[_Record]] = {}
        """By key, what failed and what waits behind it. Tried until it succeeds: there is no one else to do it."""
        self._attempts = 0
        self._again_at = 0.0

    async def catch_up(self) -> None:
        """Handle everything up to the end of the log, and what is still owed when its pause is over."""
        await self.settle()
        topic = self._subscription.event.topic
        while True:
            query = select(log).where(log.c.topic == topic, log.c.position > self._position).order_by(log.c.position)
            batch = query.limit(self._subscription.batch_max)
            rows = await self._database.read(lambda connection, batch=batch: connection.execute(batch).all())
            if not rows:
                return
            records = [_Record(row.position, row.event_id, row.key, row.body, 0) for row in rows]
            behind = [record for record in records if record.key in self._owed]
            failed = await _hand_over(self._subscription, [each for each in records if each.key not in self._owed])
            if failed and not self._owed:
                self._pause()
            for record in (*behind, *(each.record for each in failed)):
                self._owed.setdefault(record.key, []).append(record)
            self._position = records[-1].position

    async def settle(self) -> bool:
        """Try what is owed again, when its pause is over. True when nothing is owed any more."""
        if self._owed and time.monotonic() >= self._again_at:
            for key, records in list(self._owed.items()):
                failed = await _hand_over(self._subscription, records)
                if failed:
                    self._owed[key] = [each.record for each in failed]
                else:
                    del self._owed[key]
            self._attempts += 1
            self._pause()
        if not self._owed:
            self._attempts = 0
        return not self._owed

    def _pause(self) -> None:
        self._again_at = time.monotonic() + _backoff(self._attempts + 1).total_seconds()


async def _hand_over(subscription: Subscription, records: Sequence[_Record]) -> list[_Failed]:
    """Let the records be handled. What failed comes back, and what waits behind it."""
    if not records:
        return []
    error = await _call(subscription, records)
    if error is None:
        return []
    if len(records) == 1:
        return [_Failed(records[0], error)]
    failed: list[_Failed] = []
    blocked: set[str] = set()
    for record in records:
        error = "" if record.key in blocked else await _call(subscription, [record])
        if error is not None:
            failed.append(_Failed(record, error))
            blocked.add(record.key)
    return failed


async def _call(subscription: Subscription, records: Sequence[_Record]) -> str | None:
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
