"""The conversations over one database: each method is one transaction of `use_cases`, and the waiting around it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from vici.domains.conversations.api import (
    Claimed,
    ClaimNext,
    Commit,
    Committed,
    Deliveries,
    End,
    Extend,
    Extended,
    GetSession,
    GetStates,
    GiveBack,
    HandBack,
    ListWishes,
    ModeChanged,
    NextDelivery,
    PersonSaid,
    PersonSays,
    Receive,
    Received,
    Renew,
    Renewed,
    Session,
    Settle,
    Settled,
    States,
    TakeOver,
    Wish,
)
from vici.domains.conversations.rules.shapes import check_shape
from vici.domains.conversations.use_cases import claim, commit, deliver, people, receive, sessions
from vici.domains.conversations.use_cases.wishes import wishes
from vici.infra.database.port import Database
from vici.infra.telemetry.metrics import (
    DELIVERIES,
    HANDED_OVER,
    INVARIANTS_BROKEN,
    LEASES_LOST,
    MESSAGES_ACCEPTED,
    REPLY_SECONDS,
)
from vici.kit.errors import Refusal
from vici.kit.ids import NewId
from vici.kit.pages import Page

T = TypeVar("T")

# What another process wrote is not signalled here: how often to look all the same. One look is one read of an index.
POLL_SECONDS = 0.5
# Under a storm of messages every commit rings the bell; looking each time would cost more than it finds.
LOOK_SECONDS_MIN = 0.005
# Messages stored in one transaction, and such transactions at once: one that waits for a lock holds up no others.
LOT_MAX = 64
LOTS_MAX = 2
# Answering holds the interpreter, and whoever comes in waits for it. While messages come in, answers are begun one by
# one, and none for a moment after storing took too long; but nobody is kept without an answer for ever. Measured at
# 1,000 messages a second with an assistant that thought for 8 ms each: p99 of accepting 19 ms, and 48 ms without this.
BUSY_SECONDS = 0.02
ONE_BY_ONE_SECONDS = 0.005
LATE_SECONDS = 0.004
HELD_SECONDS_MAX = 0.25
# Longer than this, an accepted message must not wait for its reply.
ANSWERED_WITHIN = timedelta(minutes=2)


class ConversationsService:
    def __init__(self, database: Database, new_id: NewId, lasts: timedelta, lease: timedelta) -> None:
        self._database = database
        self._new_id = new_id
        self._lasts = lasts
        self._lease = lease
        self._intake = _Intake(self._store)
        self._ready = _Bell(database, receive.READY)
        self._to_deliver = _Bell(database, deliver.TO_DELIVER)

    async def receive(self, request: Receive) -> Received:
        received = await self._intake.take(request)
        MESSAGES_ACCEPTED.labels(request.channel, received.repeated).inc()
        return received

    async def _store(self, requests: Sequence[Receive]) -> Sequence[Received | Refusal]:
        store = partial(receive.receive, requests=requests, lasts=self._lasts)
        try:
            return await self._database.write(store)
        except IntegrityError:  # another process began one of the sessions this moment: it is known now
            return await self._database.write(store)

    async def session(self, request: GetSession) -> Session:
        return await self._database.read(partial(sessions.show, request=request))

    async def states(self, request: GetStates) -> States:
        return await self._database.read(partial(sessions.states, request=request))

    async def extend(self, request: Extend) -> Extended:
        return await self._database.write(partial(sessions.extend, request=request))

    async def claim_next(self, request: ClaimNext) -> Claimed:
        async def undo(taken: claim.Taken) -> None:
            await self.give_back(GiveBack(session_id=taken.row.session_id, epoch=taken.epoch, failed=False))

        take = partial(claim.take, request=request, lease=self._lease, lasts=self._lasts, new_id=self._new_id)
        taken = await self._ready.first(
            request.wait_seconds, claim.seconds_until_due, take, undo, self._intake.undisturbed
        )
        if taken is None:
            return Claimed(claim=None)
        if taken.row.claimed_seq is not None:
            LEASES_LOST.labels("thinking").inc()
        try:
            # Apart from the taking: what was said before may be long, and writers wait for each other.
            return Claimed.model_construct(claim=await self._database.read(partial(claim.claim_of, taken=taken)))
        except BaseException:
            await undo(taken)
            raise

    async def renew(self, request: Renew) -> Renewed:
        return await self._database.write(partial(claim.renew, request=request, lease=self._lease))

    async def commit(self, request: Commit) -> Committed:
        for action in request.draft.actions:
            check_shape(action)
        answered = await self._database.write(
            partial(commit.commit, request=request, lasts=self._lasts, new_id=self._new_id)
        )
        if answered.waited is not None:
            REPLY_SECONDS.labels(answered.channel).observe(answered.waited.total_seconds())
            if answered.waited > ANSWERED_WITHIN:
                INVARIANTS_BROKEN.labels("answered_in_time").inc()
            if answered.asked_for_person:
                HANDED_OVER.inc()
        return answered.committed

    async def give_back(self, request: GiveBack) -> Renewed:
        return await self._database.write(partial(claim.give_back, request=request))

    async def next_delivery(self, request: NextDelivery) -> Deliveries:
        def take(connection: Connection) -> deliver.Offered | None:
            offered = deliver.next_delivery(connection, self._new_id)
            return offered if offered.delivery or offered.given_up else None

        async def undo(offered: deliver.Offered) -> None:
            if given := offered.delivery:
                await self.settle(Settle(action_id=given.action_id, epoch=given.epoch, outcome="refused"))

        offered = await self._to_deliver.first(
            request.wait_seconds, deliver.seconds_until_due, take, undo, self._intake.undisturbed
        )
        if offered is None:
            return Deliveries(delivery=None)
        if offered.given_up:
            LEASES_LOST.labels("delivering").inc(offered.given_up)
        return Deliveries(delivery=offered.delivery)

    async def settle(self, request: Settle) -> Settled:
        outcome = await self._database.write(partial(deliver.settle, request=request, new_id=self._new_id))
        if outcome.changed:
            DELIVERIES.labels(outcome.status).inc()
        elif request.outcome == "sent":
            # Another attempt has begun since: where the channel knows no ids, the customer may see it twice.
            INVARIANTS_BROKEN.labels("sent_by_its_worker").inc()
        return Settled(status=outcome.status)

    async def wishes(self, request: ListWishes) -> Page[Wish]:
        return await self._database.read(partial(wishes, request=request))

    async def take_over(self, request: TakeOver) -> ModeChanged:
        return await self._database.write(partial(people.take_over, request=request, new_id=self._new_id))

    async def say(self, request: PersonSays) -> PersonSaid:
        return await self._database.write(partial(people.say, request=request, new_id=self._new_id))

    async def hand_back(self, request: HandBack) -> ModeChanged:
        return await self._database.write(
            partial(people.hand_back, request=request, lasts=self._lasts, new_id=self._new_id)
        )

    async def end(self, request: End) -> ModeChanged:
        return await self._database.write(partial(people.end, request=request, new_id=self._new_id))


class _Intake:
    """Messages that come in while others are on their way to the disk are stored together: statements and commits are
    paid once for all of them."""

    def __init__(self, store: Callable[[Sequence[Receive]], Awaitable[Sequence[Received | Refusal]]]) -> None:
        self._store = store
        self._waiting: list[tuple[Receive, asyncio.Future[Received]]] = []
        self._storing: set[asyncio.Task[None]] = set()
        self._busy_until = 0.0
        self._late_until = 0.0

    async def take(self, request: Receive) -> Received:
        done: asyncio.Future[Received] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, done))
        if len(self._storing) < LOTS_MAX:
            storing = asyncio.create_task(self._store_all())
            self._storing.add(storing)
            storing.add_done_callback(self._storing.discard)
        return await done

    async def _store_all(self) -> None:
        while self._waiting:
            lot, self._waiting = self._waiting[:LOT_MAX], self._waiting[LOT_MAX:]
            began = asyncio.get_running_loop().time()
            try:
                answers = await self._store([request for request, _ in lot])
            except BaseException as fault:
                for _, done in lot:
                    if not done.done():
                        done.set_exception(fault)
                if not isinstance(fault, Exception):
                    raise
                continue
            now = asyncio.get_running_loop().time()
            self._busy_until = now + BUSY_SECONDS
            if now - began > LATE_SECONDS:
                self._late_until = now + BUSY_SECONDS
            for (_, done), answer in zip(lot, answers, strict=True):
                if done.done():  # its caller was cancelled; the message is stored all the same
                    continue
                if isinstance(answer, Refusal):
                    done.set_exception(answer)
                else:
                    done.set_result(answer)

    async def undisturbed(self) -> None:
        """Wait until an answer may be begun without keeping anyone at the door."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + HELD_SECONDS_MAX
        if loop.time() < self._busy_until:
            await asyncio.sleep(ONE_BY_ONE_SECONDS)
        while (pause := min(self._late_until, give_up) - loop.time()) > 0:  # noqa: ASYNC110 — the end may move on
            await asyncio.sleep(pause)


class _Bell:
    """Waits for work: rung by commits of this process, by the moment the next piece is due, and by a slow poll."""

    def __init__(self, database: Database, signal: str) -> None:
        self._database = database
        self._rung = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        database.on_signal(signal, self._ring)

    def _ring(self) -> None:
        # From the writer's thread. Nobody listens before the first wait, and nobody when the loop is closed.
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._rung.set)

    async def first(
        self,
        wait_seconds: float,
        seconds_until_due: Callable[[Connection], float | None],
        take: Callable[[Connection], T | None],
        undo: Callable[[T], Awaitable[None]],
        undisturbed: Callable[[], Awaitable[None]],
    ) -> T | None:
        """What `take` gets hold of, trying whenever something may be due; None when the time is over."""
        loop = self._loop = asyncio.get_running_loop()
        end = loop.time() + wait_seconds
        while True:
            self._rung.clear()
            looked = loop.time()
            due_in = await self._database.read(seconds_until_due)
            if due_in is not None and due_in <= 0:
                await undisturbed()
                taking = asyncio.ensure_future(self._database.write(take))
                try:
                    taken = await asyncio.shield(taking)
                except asyncio.CancelledError:
                    # Taken for nobody, it would be out of reach until its lease ends.
                    if (taken := await taking) is not None:
                        await undo(taken)
                    raise
                if taken is not None:
                    return taken
                # Another worker was faster, or is writing to it this moment.
                due_in = LOOK_SECONDS_MIN
            left = end - loop.time()
            if left <= 0:
                return None
            try:
                async with asyncio.timeout(min(left, POLL_SECONDS, *(() if due_in is None else (due_in,)))):
                    await self._rung.wait()
                    await asyncio.sleep(looked + LOOK_SECONDS_MIN - loop.time())
            except TimeoutError:
                pass
