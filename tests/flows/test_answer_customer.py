"""The worker that answers, against real conversations, with an assistant and channels played by the test."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
import structlog

from tests.domains.conversations.conftest import Shopper, draft, say
from vici.domains.assistant.api import Turn
from vici.domains.channels.api import Delivered, Progress
from vici.domains.conversations.api import (
    ClaimNext,
    Commit,
    Committed,
    Delivery,
    Draft,
    GetSession,
    Session,
)
from vici.domains.conversations.service import ConversationsService
from vici.flows.answer_customer import TURNS_MAX, AnswerCustomer, crew, thinking
from vici.infra.database.port import Database, OutcomeUnknown, StorageFull
from vici.kit.clock import SystemClock
from vici.kit.errors import Refusal
from vici.kit.ids import NewId


@pytest.fixture
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "conversations")


@pytest.fixture
def service(sqlite_database: Database, new_id: NewId) -> ConversationsService:
    return ConversationsService(sqlite_database, new_id, timedelta(minutes=30), timedelta(seconds=30))


class Outside:
    """The assistant and the channels."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.shown: list[str] = []
        self.delivered: list[str] = []
        self.outcomes: list[str] = []
        self.think: Callable[[Turn], Awaitable[Draft]] = self._answer

    async def _answer(self, turn: Turn) -> Draft:
        return draft(say(f"{len(turn.messages)} read"))

    async def reply(self, request: Turn) -> Draft:
        self.turns.append(request)
        return await self.think(request)

    async def show(self, request: Progress) -> None:
        self.shown.append(request.stage)

    async def deliver(self, request: Delivery) -> Delivered:
        self.delivered.append(request.action_id)
        outcome = self.outcomes.pop(0) if self.outcomes else "sent"
        if outcome == "fault":
            raise ConnectionError("reset")
        return Delivered.model_validate({"outcome": outcome})


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
async def worker(service: ConversationsService, outside: Outside, new_id: NewId) -> AsyncIterator[AnswerCustomer]:
    worker = AnswerCustomer(service, outside, outside, new_id)
    await worker.start()
    yield worker
    await worker.close()


async def until(service: ConversationsService, holds: Callable[[Session], bool], session_id: str = "s-1") -> Session:
    session: Session | None = None

    async def look() -> bool:
        nonlocal session
        session = await service.session(GetSession(session_id=session_id))
        return holds(session)

    await eventually(look)
    assert session is not None
    return session


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(15):
        while not await holds():  # noqa: ASYNC110 — what is waited for is a row of another thread's transaction
            await asyncio.sleep(0.005)


def answered(session: Session) -> bool:
    return session.messages[-1].role == "assistant"


async def test_a_message_is_answered_and_the_shopper_sees_it_coming(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    await Shopper(service).says("m-1")
    session = await until(service, answered)
    assert session.messages[-1].reply_to == ("m-1",)

    async def shown() -> bool:
        return outside.shown == ["thinking", "replied"]

    await eventually(shown)


async def test_what_the_assistant_is_told_comes_from_the_conversation(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    anna = Shopper(service)
    await anna.says("m-1")
    await until(service, answered)
    await anna.says("m-2")
    await until(service, lambda session: len(session.messages) == 4)
    turn = outside.turns[1]
    assert (turn.session_id, turn.user_id, turn.channel) == ("s-1", "anna", "web")
    assert [message.message_id for message in turn.messages] == ["m-2"]
    assert [message.role for message in turn.history] == ["user", "assistant"]


async def test_an_assistant_that_keeps_failing_apologises_and_asks_for_a_person(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    async def fail(_: Turn) -> Draft:
        raise RuntimeError("no idea")

    outside.think = fail
    with patch.object(thinking, "_PAUSE_SECONDS_FIRST", 0.001):
        await Shopper(service).says("m-1")
        session = await until(service, lambda session: session.wants_person_since is not None)
    assert session.status == "active"
    assert len(outside.turns) == thinking.ATTEMPTS_MAX
    reply = session.messages[-1]
    assert "Xin lỗi" in reply.content
    assert "Sorry" in reply.content
    assert [action.type for action in reply.actions] == ["send_message", "transfer_to_agent"]


async def test_the_apology_is_in_the_language_that_was_spoken(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    anna = Shopper(service)
    await anna.says("m-1")
    await until(service, answered)

    async def malformed(_: Turn) -> Draft:
        return draft(say().model_copy(update={"data": {}}))

    outside.think = malformed
    with patch.object(thinking, "_PAUSE_SECONDS_FIRST", 0.001):
        await anna.says("m-2")
        session = await until(service, lambda session: session.wants_person_since is not None)
    assert "Xin lỗi" in session.messages[-1].content
    assert "Sorry" not in session.messages[-1].content


async def test_an_assistant_that_hangs_counts_as_failed(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    async def hang_once(turn: Turn) -> Draft:
        if len(outside.turns) == 1:
            await asyncio.sleep(3600)
        return draft()

    outside.think = hang_once
    with patch.object(thinking, "THINK_SECONDS_MAX", 0.02), patch.object(thinking, "_PAUSE_SECONDS_FIRST", 0.001):
        await Shopper(service).says("m-1")
        await until(service, answered)
    assert len(outside.turns) == 2


async def test_an_assistant_that_computes_for_too_long_cannot_be_cut_and_its_answer_counts(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    async def compute(_: Turn) -> Draft:
        time.sleep(0.1)  # noqa: ASYNC251 — a brain that holds the interpreter
        return draft()

    outside.think = compute
    with patch.object(thinking, "THINK_SECONDS_MAX", 0.02), patch.object(thinking, "_PAUSE_SECONDS_FIRST", 0.001):
        await Shopper(service).says("m-1")
        session = await until(service, answered)
    assert len(outside.turns) == 1
    assert session.messages[-1].intent == "find"


async def test_a_long_thought_is_kept_by_renewing_its_claim(new_id: NewId, sqlite_database: Database) -> None:
    service = ConversationsService(sqlite_database, new_id, timedelta(minutes=30), timedelta(seconds=0.3))
    outside = Outside()

    async def slowly(_: Turn) -> Draft:
        await asyncio.sleep(0.7)
        return draft()

    outside.think = slowly
    workers = [AnswerCustomer(service, outside, outside, new_id) for _ in range(2)]
    for worker in workers:
        await worker.start()
    await Shopper(service).says("m-1")
    await until(service, answered)
    assert len(outside.turns) == 1
    for worker in workers:
        await worker.close()


async def test_a_worker_that_stops_in_order_gives_back_what_it_cannot_finish(
    service: ConversationsService, outside: Outside, new_id: NewId
) -> None:
    thinks = asyncio.Event()

    async def hang(_: Turn) -> Draft:
        thinks.set()
        await asyncio.sleep(3600)
        return draft()

    outside.think = hang
    worker = AnswerCustomer(service, outside, outside, new_id)
    await worker.start()
    await Shopper(service).says("m-1")
    await thinks.wait()
    with patch.object(crew, "FINISH_SECONDS", 0.01):
        await worker.close()
    claim = (await service.claim_next(ClaimNext(worker="another"))).claim
    assert claim is not None
    assert claim.attempt == 1


async def test_no_more_turns_run_at_once_than_there_are_hands(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    running = most = 0
    all_hands_full = asyncio.Event()

    async def count(_: Turn) -> Draft:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == TURNS_MAX:
            asyncio.get_running_loop().call_later(0.05, all_hands_full.set)  # a moment for one too many
        await all_hands_full.wait()
        running -= 1
        return draft()

    outside.think = count
    await asyncio.gather(*(Shopper(service, f"s-{number}").says("m-1") for number in range(20)))
    for number in range(20):
        await until(service, answered, f"s-{number}")
    assert most == TURNS_MAX


async def test_actions_are_carried_in_order_and_a_fault_leaves_them_in_doubt(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    linh = Shopper(service, "s-linh", carry_replies=True)
    outside.outcomes = ["fault", "sent", "sent"]

    async def delivered_twice() -> bool:
        return len(outside.delivered) == 2

    with patch("vici.domains.conversations.rules.delivering._PAUSE_FIRST", timedelta(milliseconds=1)):
        await linh.says("m-1")
        await linh.says("m-2")
        await eventually(delivered_twice)
    assert outside.delivered[0] == outside.delivered[1]


async def test_what_is_logged_in_a_turn_names_its_conversation(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    named: list[object] = []

    async def note(_: Turn) -> Draft:
        named.append(structlog.contextvars.get_contextvars().get("conversation_id"))
        return draft()

    outside.think = note
    await Shopper(service, "s-7").says("m-1")
    await until(service, answered, "s-7")
    assert named == ["s-7"]


async def test_a_reply_that_cannot_be_stored_just_now_is_kept_and_not_thought_again(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    """The disk is full, then the connection breaks behind the commit: neither is the messages' fault."""
    commit = service.commit
    faults: list[Refusal] = [StorageFull(), StorageFull(), OutcomeUnknown()]

    async def troubled(request: Commit) -> Committed:
        if not faults:
            return await commit(request)
        if isinstance(fault := faults.pop(0), OutcomeUnknown):
            await commit(request)
        raise fault

    with patch.object(service, "commit", troubled), patch.object(thinking, "COMMIT_PAUSE_SECONDS", 0.001):
        await Shopper(service).says("m-1")
        session = await until(service, lambda session: answered(session) and not faults)
    assert len(outside.turns) == 1
    assert [message.role for message in session.messages] == ["user", "assistant"]


async def test_a_reply_that_cannot_be_stored_at_all_is_left_to_the_next_claim(
    service: ConversationsService, worker: AnswerCustomer, outside: Outside
) -> None:
    commit = service.commit
    tried: list[str] = []

    async def troubled(request: Commit) -> Committed:
        tried.append(request.message_id)
        if request.message_id == tried[0]:
            raise StorageFull
        return await commit(request)

    with (
        patch.object(service, "commit", troubled),
        patch.object(thinking, "COMMIT_PAUSE_SECONDS", 0.01),
        patch.object(thinking, "COMMIT_SHARE_OF_LEASE", 0.001),
    ):
        await Shopper(service).says("m-1")
        await until(service, answered)
    assert tried.count(tried[0]) > 1
    assert len(outside.turns) == 2
