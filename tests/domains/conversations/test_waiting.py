"""Workers that wait are woken by what happens, not by looking all the time."""

import asyncio
import time
from unittest.mock import patch

import pytest

from tests.domains.conversations.conftest import Shopper, say
from vici.domains.conversations import service as service_module
from vici.domains.conversations.api import ClaimNext, NextDelivery
from vici.domains.conversations.service import ConversationsService
from vici.domains.conversations.use_cases import claim
from vici.infra.database.port import Database
from vici.kit.clock import SystemClock


@pytest.fixture
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture(autouse=True)
def no_poll() -> object:
    """Whoever is woken here was woken by a signal or a timer."""
    with patch.object(service_module, "POLL_SECONDS", 60):
        yield


async def test_who_waits_is_woken_by_a_message(anna: Shopper) -> None:
    waiting = asyncio.create_task(anna.service.claim_next(ClaimNext(worker="w", wait_seconds=20)))
    await asyncio.sleep(0.05)
    await anna.says("m-1")
    async with asyncio.timeout(5):
        assert (await waiting).claim is not None


async def test_who_waits_is_woken_when_the_quiet_window_ends(anna: Shopper) -> None:
    began = time.perf_counter()
    await anna.says("m-1", quiet_ms=300)
    async with asyncio.timeout(5):
        assert (await anna.service.claim_next(ClaimNext(worker="w", wait_seconds=20))).claim is not None
    assert time.perf_counter() - began >= 0.29


async def test_who_carries_is_woken_by_a_reply(linh: Shopper) -> None:
    waiting = asyncio.create_task(linh.service.next_delivery(NextDelivery(wait_seconds=20)))
    await asyncio.sleep(0.05)
    await linh.says("m-1")
    await linh.is_answered("r-1", say())
    async with asyncio.timeout(5):
        assert (await waiting).delivery is not None


async def test_who_has_waited_long_enough_goes_away_with_nothing(anna: Shopper) -> None:
    assert (await anna.service.claim_next(ClaimNext(worker="w", wait_seconds=0.05))).claim is None
    assert (await anna.service.next_delivery(NextDelivery(wait_seconds=0.05))).delivery is None


async def test_a_worker_that_leaves_while_it_takes_takes_nothing_along(service: ConversationsService) -> None:
    """Whatever the moment at which it is cancelled, the conversation is free again, not locked for a lease."""
    for moment in range(12):
        await Shopper(service, f"s-{moment}").says("m-1")
        waiting = asyncio.create_task(service.claim_next(ClaimNext(worker="w", wait_seconds=20)))
        await asyncio.sleep(moment * 0.0007)
        waiting.cancel()
        (outcome,) = await asyncio.gather(waiting, return_exceptions=True)
        if isinstance(outcome, asyncio.CancelledError):
            again = (await service.claim_next(ClaimNext(worker="w"))).claim
            assert again is not None
            assert again.attempt == 1


async def test_many_idle_conversations_cost_one_look_at_an_index(sqlite_database: Database, new_id: object) -> None:
    plan = await sqlite_database.read(
        lambda connection: connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN " + str(claim._FIRST_DUE.compile(connection, compile_kwargs={"literal_binds": True}))
        ).all()
    )
    assert "USING COVERING INDEX conversations_by_due_at" in plan[0][-1]
