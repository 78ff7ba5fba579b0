"""The relay carries every event that was committed, in order, whatever becomes of the bus and of other relays."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.contracts.test_event_bus import happened, until
from vici.infra.database.port import Database
from vici.infra.events import outbox
from vici.infra.events.outbox import Relay, first_time, record
from vici.infra.events.port import Envelope


class Bus:
    """Writes down what is published; the first `failures` times it refuses, or never answers."""

    def __init__(self, failures: int = 0, *, hangs: bool = False) -> None:
        self.published: list[str] = []
        self.failures = failures
        self.hangs = hangs
        self.asked = asyncio.Event()

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        self.asked.set()
        if self.hangs:
            await asyncio.Event().wait()
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the bus is away")
        self.published += [envelope.event_id for envelope in envelopes]


OpenRelay = Callable[[Bus], Relay]


@pytest.fixture
async def relay(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OpenRelay]:
    monkeypatch.setattr(outbox, "BACKOFF_SECONDS_MAX", 0.01)
    monkeypatch.setattr(outbox, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(outbox, "BATCH_MAX", 7)
    opened: list[Relay] = []

    def start(bus: Any) -> Relay:
        opened.append(Relay("test", database, bus))
        opened[-1].start()
        return opened[-1]

    yield start
    for each in opened:
        await each.close()


async def announce(database: Database, *numbers: int) -> None:
    for number in numbers:
        await database.write(lambda connection, number=number: record(connection, happened(number)))


def ids(numbers: Sequence[int]) -> list[str]:
    return [happened(number).event_id for number in numbers]


async def test_what_is_rolled_back_is_not_announced(database: Database, relay: OpenRelay) -> None:
    def fail(connection: Connection) -> None:
        record(connection, happened(1))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(fail)
    await announce(database, 2)
    bus = Bus()
    relay(bus)
    await until(lambda: bus.published == ids([2]))


async def test_a_bus_that_is_away_for_a_while_loses_nothing(database: Database, relay: OpenRelay) -> None:
    bus = Bus(failures=3)
    carrier = relay(bus)
    await announce(database, *range(20))
    await until(lambda: bus.published == ids(range(20)))
    await until(carrier.is_empty)


async def test_of_two_relays_one_carries_at_a_time(database: Database, relay: OpenRelay) -> None:
    bus = Bus()
    carriers = [relay(bus), relay(bus)]
    await announce(database, *range(40))
    await until(carriers[0].is_empty)
    assert bus.published == ids(range(40))


async def test_a_relay_that_never_came_back_is_replaced_when_its_lease_ends(
    database: Database, relay: OpenRelay, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=0.3))
    stuck, bus = Bus(hangs=True), Bus()
    relay(stuck)
    await announce(database, 1, 2)
    await asyncio.wait_for(stuck.asked.wait(), 20)
    relay(bus)
    clock.move(1)  # SQLite's clock is the tests'; the servers have their own
    await until(lambda: bus.published == ids([1, 2]))


async def test_an_event_is_new_to_a_group_once_and_again_when_its_work_was_rolled_back(database: Database) -> None:
    def work(connection: Connection) -> bool:
        return first_time(connection, "mail", "e-1")

    def fail(connection: Connection) -> None:
        assert work(connection)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(fail)
    assert [await database.write(work) for _ in range(3)] == [True, False, False]
    assert await database.write(lambda connection: first_time(connection, "stock", "e-1"))
