"""The conversations over one database: each method is one transaction of `use_cases`, and the waiting around it."""

import asyncio
from collections.abc import Awaitable, Callable
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
    ModeChanged,
    NextDelivery,
    Receive,
    Received,
    Renew,
    Renewed,
    Session,
    Settle,
    Settled,
    States,
    TakeOver,
)
from vici.domains.conversations.rules import check_shape
from vici.domains.conversations.use_cases import claim, commit, deliver, people, receive, sessions
from vici.infra.database.port import Database
from vici.infra.telemetry.metrics import (
    DELIVERIES,
    HANDED_OVER,
    INVARIANTS_BROKEN,
    LEASES_LOST,
    MESSAGES_ACCEPTED,
    REPLY_SECONDS,
)
from vici.kit.ids import NewId

T = TypeVar("T")

# What another process wrote is not signalled here: how often to look all the same. One look is one read of an index.
POLL_SECONDS = 0.5
# Under a storm of messages every commit rings the bell; looking each time would cost more than it finds.
LOOK_SECONDS_MIN = 0.005
# Longer than this, an accepted message must not wait for its reply.
ANSWERED_WITHIN = timedelta(minutes=2)


class ConversationsService:
    def __init__(self, database: Database, new_id: NewId, lasts: timedelta, lease: timedelta) -> None:
        self._database = database
        self._new_id = new_id
        self._lasts = lasts
        self._lease = lease
        self._ready = _Bell(database, receive.READY)
        self._to_deliver = _Bell(database, deliver.TO_DELIVER)

    async def receive(self, request: Receive) -> Received:
        received = await self._receive(request)
        MESSAGES_ACCEPTED.labels(request.channel, received.repeated).inc()
        return received

    async def _receive(self, request: Receive) -> Received:
        for last_try in (False, True):
            try:
                return await self._database.write(partial(receive.receive, request=request, lasts=self._lasts))
            except (IntegrityError, receive.AlreadyStored):
                first = await self._database.read(partial(receive.first_answer, request=request))
                if first is not None:
                    return first
                # Another request began the session in the meantime: it is known now.
                if last_try:
                    raise
        raise AssertionError("unreachable")

    async def session(self, request: GetSession) -> Session:
        return await self._database.read(partial(sessions.show, request=request))

    async def states(self, request: GetStates) -> States:
        return await self._database.read(partial(sessions.states, request=request))

    async def extend(self, request: Extend) -> Extended:
        return await self._database.write(partial(sessions.extend, request=request))

    async def claim_next(self, request: ClaimNext) -> Claimed:
        async def undo(taken: claim.Taken) -> None:
            await self.give_back(GiveBack(session_id=taken.row.session_id, epoch=taken.epoch, failed=False))

        take = partial(claim.take, request=request, lease=self._lease)
        taken = await self._ready.first(request.wait_seconds, claim.seconds_until_due, take, undo)
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
            if answered.handed_over:
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

        offered = await self._to_deliver.first(request.wait_seconds, deliver.seconds_until_due, take, undo)
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

    async def take_over(self, request: TakeOver) -> ModeChanged:
        return await self._database.write(partial(people.take_over, request=request, new_id=self._new_id))

    async def hand_back(self, request: HandBack) -> ModeChanged:
        return await self._database.write(
            partial(people.hand_back, request=request, lasts=self._lasts, new_id=self._new_id)
        )

    async def end(self, request: End) -> ModeChanged:
        return await self._database.write(partial(people.end, request=request, new_id=self._new_id))


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
    ) -> T | None:
        """What `take` gets hold of, trying whenever something may be due; None when the time is over."""
        loop = self._loop = asyncio.get_running_loop()
        end = loop.time() + wait_seconds
        while True:
            self._rung.clear()
            looked = loop.time()
            due_in = await self._database.read(seconds_until_due)
            if due_in is not None and due_in <= 0:
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
