"""One seeded bad day of the conversations: customers on three channels, two doors, three workers, an operator."""

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar
from unittest.mock import patch

import structlog
from prometheus_client import REGISTRY

from tests.simulation.invariants import AfterEveryCommit, when_all_is_over
from tests.simulation.network import (
    CHANNELS,
    Network,
    SimulatedAssistant,
    SimulatedChannels,
)
from tests.simulation.world import Process, SimulatedDatabase, SimulatedLoop, Violation, World
from vici.domains.channels.http.chat import ChatDoor
from vici.domains.channels.http.shapes import ChatMessage
from vici.domains.channels.http.stream import Stream
from vici.domains.channels.providers import streams
from vici.domains.channels.providers.streams import OpenStreams
from vici.domains.conversations import service
from vici.domains.conversations.api import (
    End,
    GetSession,
    HandBack,
    PersonSays,
    Receive,
    SessionEnded,
    SessionExpired,
    TakeOver,
    UnknownSession,
)
from vici.domains.conversations.service import ConversationsService
from vici.domains.conversations.tables import metadata
from vici.flows.answer_customer import AnswerCustomer
from vici.infra.database.port import DatabaseUnavailable, OutcomeUnknown
from vici.infra.events.tables import metadata as events_metadata
from vici.infra.limits.limiter import Limiter

T = TypeVar("T")

CUSTOMERS = 7
BURSTS = 4
DAY_SECONDS = 900.0
_AWAY = (DatabaseUnavailable, OutcomeUnknown)
# In virtual time a poll costs as much as anything else, so the fallbacks come less often than in the shop.
POLL_SECONDS = 5.0
# Ten attempts to deliver take up to a quarter of an hour.
CALM_SECONDS_MAX = 2400.0
LEASE = timedelta(seconds=30)
LASTS = timedelta(minutes=30)


class Outcome(NamedTuple):
    violations: list[str]
    seen: Counter[str]
    messages: int
    turns: int


def simulate(seed: int, prepare: Callable[[World], None] = lambda _: None) -> Outcome:
    """Live through the day of this seed. The same seed gives the same day, on any machine.

    `prepare` may break the world once its tables stand.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    loop = SimulatedLoop()
    loop.set_exception_handler(lambda *_: None)  # what a killed process leaves behind
    world = World(seed, loop)
    before = _turns_by_outcome()
    try:
        with patch.object(service, "POLL_SECONDS", POLL_SECONDS), patch.object(streams, "POLL_SECONDS", POLL_SECONDS):
            day = _Day(world, prepare)
            with contextlib.suppress(Violation):
                loop.run_until_complete(day.live())
        turns = _turns_by_outcome()
        world.seen.update({f"turn {outcome}": int(turns[outcome] - before[outcome]) for outcome in turns})
        return Outcome(world.violations, world.seen, *day.counted())
    finally:
        world.end()
        loop.run_until_complete(asyncio.sleep(0.1))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
        world.close()
        structlog.reset_defaults()


def _turns_by_outcome() -> dict[str, float]:
    outcomes = ("committed", "restart_needed", "fenced", "failed", "given_back")
    return {each: REGISTRY.get_sample_value("vici_turns_total", {"outcome": each}) or 0 for each in outcomes}


class _Server:
    """What a process that takes messages offers."""

    def __init__(self, process: Process) -> None:
        self.conversations = ConversationsService(
            SimulatedDatabase(process), lambda: process.world.number("id"), LASTS, LEASE
        )
        self.streams = OpenStreams(self.conversations, asyncio.Event())
        self.door = ChatDoor(
            self.conversations,
            self.streams,
            Limiter(),
            lambda: process.world.number("message"),
            quiet_ms=400,
            limit_chat="off",
            limit_sessions="off",
        )


class _Customer:
    def __init__(self, number: int, channel: str) -> None:
        self.channel = channel
        self.user_id = f"user-{number}"
        self.session_id = f"00000000-0000-4000-8000-{number:012}"
        self.acknowledged: set[str] = set()
        self.posted = 0


class _Day:
    def __init__(self, world: World, prepare: Callable[[World], None]) -> None:
        self.world = world
        metadata.create_all(world.connection)
        events_metadata.create_all(world.connection)
        prepare(world)
        world.after_commit.append(AfterEveryCommit(world))
        self.network = Network(world)
        self.customers = [_Customer(number, CHANNELS[number % len(CHANNELS)]) for number in range(CUSTOMERS)]
        self.read: dict[str, list[tuple[int, str]]] = {}
        self.written: set[tuple[str, str]] = set()
        """What people said, by session and the name they gave it."""
        self.acknowledged: set[tuple[str, str]] = set()

    async def live(self) -> None:
        world = self.world
        for name in ("door-1", "door-2"):
            world.run(name, self._serve)
        # The first also takes messages, as the shop in one process does.
        world.run("worker-1", self._serve_and_work)
        for name in ("worker-2", "worker-3"):
            world.run(name, self._work)
        watching = [asyncio.create_task(self._watch(each)) for each in self.customers if each.channel == "web"]
        lives = [asyncio.create_task(self._talk(customer)) for customer in self.customers]
        lives.append(asyncio.create_task(self._operate()))
        await world.all_or_broken(lives, DAY_SECONDS)
        world.calm = True
        calm_since = world.loop.now
        while self._unfinished() and not world.violations:
            if world.loop.now - calm_since > CALM_SECONDS_MAX:
                world.broken(f"not finished: {self._unfinished()}")
            await asyncio.sleep(5)
        lives += watching
        for life in lives:
            life.cancel()
        for outcome in await asyncio.gather(*lives, return_exceptions=True):
            if isinstance(outcome, Exception) and not isinstance(outcome, Violation):
                world.broken(repr(outcome))
        if not world.violations:
            acknowledged = {(each.session_id, message) for each in self.customers for message in each.acknowledged}
            when_all_is_over(world, self.network, acknowledged, self.acknowledged, self.written)

    # The processes

    async def _serve(self, process: Process) -> None:
        process.serves = _Server(process)

    async def _serve_and_work(self, process: Process) -> None:
        server = process.serves = _Server(process)
        await self._begin_work(process, server.conversations, server.streams)

    async def _work(self, process: Process) -> None:
        server = _Server(process)
        await self._begin_work(process, server.conversations, None)

    async def _begin_work(
        self, process: Process, conversations: ConversationsService, streams: OpenStreams | None
    ) -> None:
        channels = SimulatedChannels(process, self.network, streams)
        assistant = SimulatedAssistant(process)
        worker = AnswerCustomer(conversations, assistant, channels, lambda: process.world.number("reply"))
        await worker.start()
        if process.name == "worker-3":
            # A deployment: it stops in order, and another takes its place.
            await asyncio.sleep(self.world.random.uniform(60, 300))
            await worker.close()
            self.world.seen["stopped in order"] += 1
            process.retire()

    async def _call(self, work: Callable[[_Server], Coroutine[Any, Any, T]], door: str | None = None) -> T:
        """Ask one of the processes that serve; ConnectionError when it dies over it, or takes too long."""
        process = self.world.living(door or self.world.random.choice(("door-1", "door-2", "worker-1")))
        if process is None:
            await asyncio.sleep(0.05)
            raise ConnectionError
        task = process.spawn(work(process.serves))
        await asyncio.wait({task}, timeout=10)
        if not task.done() or task.cancelled():
            raise ConnectionError
        return task.result()

    async def _until_answered(self, work: Callable[[_Server], Coroutine[Any, Any, T]]) -> T:
        while True:
            try:
                return await self._call(work)
            except (ConnectionError, *_AWAY):
                self.world.seen["asked again"] += 1
                await asyncio.sleep(self.world.random.uniform(0.2, 3))

    # Customers

    async def _talk(self, customer: _Customer) -> None:
        chance = self.world.random
        await asyncio.sleep(chance.uniform(0, 20))
        for _ in range(BURSTS):
            posts = []
            for _ in range(chance.choice((1, 1, 2, 3, 4, 9))):
                customer.posted += 1
                message_id = f"{customer.user_id}:{customer.posted}"
                # Copies arrive when they like, and in any order.
                copies = [self._say(customer, message_id) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
                posts += [asyncio.create_task(copy) for copy in copies]
                await asyncio.sleep(chance.choice((0.1, 0.3, 0.8, 2, 5)))
            await asyncio.gather(*posts)
            await asyncio.sleep(chance.uniform(5, 90))
        if customer.channel == "web" and chance.random() < 0.3:
            end = End(session_id=customer.session_id)
            # While it ends, one more message is on its way.
            ending = self._until_answered(lambda server: server.conversations.end(end))
            await asyncio.gather(ending, self._say(customer, f"{customer.user_id}:{customer.posted + 1}"))
            self.world.seen["ended by the customer"] += 1

    async def _say(self, customer: _Customer, message_id: str) -> None:
        await asyncio.sleep(self.world.random.uniform(0, 1.5))
        pressed = "more" if self.world.random.random() < 0.1 else None
        said = ChatMessage(
            session_id=customer.session_id,
            user_id=customer.user_id,
            message=f"say {message_id}",
            message_id=message_id,
            payload=pressed,
        )
        received = Receive(
            channel=customer.channel,
            session_id=customer.session_id,
            user_id=customer.user_id,
            message_id=message_id,
            text=said.message,
            payload=pressed,
            new_session=True,
            quiet_ms=1500,
        )

        async def post(server: _Server) -> None:
            if customer.channel == "web":
                await server.door.accept(said, "client")
            elif (await server.conversations.receive(received)).repeated:
                self.world.seen["repeat recognised"] += 1

        try:
            await self._until_answered(post)
        except SessionEnded:
            self.world.seen["refused, the session had ended"] += 1
        except SessionExpired:
            self.world.seen["refused, the session had expired"] += 1
        else:
            customer.acknowledged.add(message_id)

    async def _watch(self, customer: _Customer) -> None:
        """Hold a stream open, lose it now and then, resume behind what was seen."""
        seen = self.read[customer.session_id] = []

        async def follow(server: _Server, until: float) -> None:
            begin = GetSession(session_id=customer.session_id, after_position=seen[-1][0] if seen else 0)
            async with asyncio.timeout_at(until):
                async with contextlib.aclosing(Stream(server.conversations, server.streams, begin).events()) as events:
                    async for piece in events:
                        seen.extend(_messages_in(piece))

        while True:
            until = self.world.loop.now + self.world.random.uniform(1, 9)
            try:
                await self._call(lambda server, until=until: follow(server, until))
            except (TimeoutError, ConnectionError, *_AWAY):
                self.world.seen["stream resumed"] += 1
            except UnknownSession:
                pass
            await asyncio.sleep(self.world.random.uniform(0, 2))

    # People

    async def _operate(self) -> None:
        chance = self.world.random
        for customer in chance.sample(self.customers, 3):
            await asyncio.sleep(chance.uniform(10, 40))
            mine = customer.session_id
            await self._something_under_way(mine, chance.choice(("thinking", "pending", "sending", "unknown")))
            try:
                # Who writes takes over with it.
                if chance.random() < 0.7:
                    await self._until_answered(
                        lambda server, mine=mine: server.conversations.take_over(TakeOver(session_id=mine, by="anna"))
                    )
                for number in range(chance.choice((0, 1, 1, 3))):
                    await asyncio.sleep(chance.uniform(0, 20))
                    await self._write(mine, f"anna:{number}")
            except (UnknownSession, SessionEnded):
                continue
            self.world.seen["taken over"] += 1
            if chance.random() < 0.5:
                await asyncio.sleep(chance.uniform(5, 60))
                with contextlib.suppress(SessionEnded):
                    await self._until_answered(
                        lambda server, mine=mine: server.conversations.hand_back(HandBack(session_id=mine))
                    )
                    self.world.seen["handed back"] += 1

    async def _write(self, session: str, message_id: str) -> None:
        says = PersonSays(session_id=session, by="anna", message_id=message_id, text=f"say {message_id}")

        async def write(server: _Server) -> None:
            if (await server.conversations.say(says)).repeated:
                self.world.seen["a person's repeated words recognised"] += 1

        self.written.add((session, message_id))
        await asyncio.gather(*(self._until_answered(write) for _ in range(self.world.random.choice((1, 1, 2)))))
        self.world.seen["a person wrote"] += 1
        self.acknowledged.add((session, message_id))

    async def _something_under_way(self, session: str, what: str) -> None:
        """Take over in the worst moment, if one comes within a minute."""
        query = "SELECT 1 FROM actions WHERE session_id = ? AND status = ?"
        if what == "thinking":
            query = "SELECT 1 FROM conversations WHERE session_id = ? AND claimed_seq IS NOT NULL AND ? != ''"
        for _ in range(600):
            if self.world.raw.execute(query, (session, what)).fetchone():
                return
            await asyncio.sleep(0.1)

    # The end

    def _unfinished(self) -> str:
        raw = self.world.raw
        due = raw.execute("SELECT count(*) FROM conversations WHERE due_at IS NOT NULL").fetchone()[0]
        unsettled = raw.execute("SELECT count(*) FROM actions WHERE due_at IS NOT NULL").fetchone()[0]
        unread = sum(self._messages_of(session) != seen for session, seen in self.read.items())
        return f"{due} due, {unsettled} unsettled, {unread} unread" if due or unsettled or unread else ""

    def _messages_of(self, session: str) -> list[tuple[int, str]]:
        query = "SELECT position, message_id FROM messages WHERE session_id = ? ORDER BY position"
        return list(self.world.raw.execute(query, (session,)))

    def counted(self) -> tuple[int, int]:
        count = "SELECT (SELECT count(*) FROM messages WHERE seq IS NOT NULL), (SELECT count(*) FROM turns)"
        return self.world.raw.execute(count).fetchone()


def _messages_in(piece: bytes) -> list[tuple[int, str]]:
    found = []
    for event in piece.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in event.splitlines() if ": " in line)
        if lines.get("event") == "message":
            found.append((int(lines["id"]), json.loads(lines["data"])["message_id"]))
    return found
