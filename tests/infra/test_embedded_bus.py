"""What stands in the way of the embedded bus is told, and it goes on when the way is free."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.contracts.test_event_bus import Happened, happened, until
from vici.infra.events.open import open_event_bus
from vici.infra.events.port import BusUnavailable, Subscription, sealed
from vici.kit.clock import SystemClock


async def test_delivery_that_cannot_begin_is_told_and_begins_when_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.infra.events.embedded.LOCK_AGAIN_SECONDS", 0.05)
    (tmp_path / "events.lock").mkdir()
    bus = open_event_bus(f"embedded:///{tmp_path}/events.db", SystemClock())
    heard: list[int] = []

    async def hear(events: Sequence[Happened]) -> None:
        heard.extend(event.number for event in events)

    bus.subscribe(Subscription("g", Happened, hear))
    await bus.join()
    await bus.start()
    await bus.publish([sealed(happened(1))])

    async def is_told() -> bool:
        try:
            await bus.lag()
        except BusUnavailable as refusal:
            return "not delivered" in str(refusal)
        return False

    await until(is_told)
    assert heard == []
    (tmp_path / "events.lock").rmdir()
    await until(lambda: heard == [1])

    async def all_is_well() -> bool:
        return await bus.lag() == {"g test.happened.v1": 0}

    await until(all_is_well)
    await asyncio.wait_for(bus.close(), 10)
