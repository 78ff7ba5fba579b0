"""One turn: think under a claim, commit the reply."""

import asyncio
import time

import structlog

from vici.domains.assistant.api import AssistantApi, Turn
from vici.domains.channels.api import ChannelsApi, Progress
from vici.domains.conversations.api import (
    Claim,
    ClaimNext,
    Commit,
    CommitStatus,
    Committed,
    ConversationsApi,
    Draft,
    GiveBack,
    Renew,
)
from vici.flows.answer_customer.apology import apology
from vici.infra.telemetry.metrics import INVARIANTS_BROKEN, THINK_SECONDS, TURNS
from vici.kit.errors import Refusal, Why
from vici.kit.ids import NewId

WAIT_SECONDS = 30.0
# Longer than any brain may wait; then it counts as failed. It acts where a brain waits for something: one that computes
# holds the interpreter, and is bounded by what it is given to compute.
THINK_SECONDS_MAX = 60.0
# After these a person is asked. Pauses of .5, 1, 2 and 4 s between them outlast a restart of what the assistant needs.
ATTEMPTS_MAX = 5
_PAUSE_SECONDS_FIRST = 0.5
# While the database is away a reply is kept so long, and offered again and again: a last try that takes its time still
# ends within the lease.
COMMIT_SHARE_OF_LEASE = 0.5
COMMIT_PAUSE_SECONDS = 0.5

_log = structlog.get_logger(__name__)


class ClaimLost(Exception):
    """Another worker or a person has the conversation now."""


class Thinking:
    def __init__(
        self, conversations: ConversationsApi, assistant: AssistantApi, channels: ChannelsApi, new_id: NewId
    ) -> None:
        self._conversations = conversations
        self._assistant = assistant
        self._channels = channels
        self._new_id = new_id
        self._worker = new_id()

    async def next(self) -> Claim | None:
        return (await self._conversations.claim_next(ClaimNext(worker=self._worker, wait_seconds=WAIT_SECONDS))).claim

    async def answer(self, claim: Claim) -> None:
        """Ends with the reply committed, or with the conversation where somebody else can take it."""
        structlog.contextvars.bind_contextvars(conversation_id=claim.session_id)
        try:
            outcome = await self._answer(claim)
        except ClaimLost:
            outcome = "fenced"
        except asyncio.CancelledError:
            await self._give_back(claim, failed=False)
            TURNS.labels("given_back").inc()
            raise
        except Exception as fault:  # tried again from the start, by whoever is free; in the end a person is asked
            _log.warning("turn_failed", attempt=claim.attempt, error=repr(fault), exc_info=fault)
            await self._give_back(claim, failed=True)
            outcome = "failed"
        TURNS.labels(outcome).inc()

    async def _answer(self, claim: Claim) -> CommitStatus:
        await self._channels.show(Progress(session_id=claim.session_id, channel=claim.channel, stage="thinking"))
        draft = apology(claim) if claim.attempt > ATTEMPTS_MAX else await self._think(claim)
        commit = Commit(
            session_id=claim.session_id,
            epoch=claim.epoch,
            last_seq=claim.last_seq,
            message_id=self._new_id(),
            draft=draft,
        )
        committed = await self._commit(commit, claim.lease_seconds)
        if committed.message is not None:
            if committed.message.reply_to != tuple(message.message_id for message in claim.messages):
                INVARIANTS_BROKEN.labels("reply_answers_its_claim").inc()
            await self._channels.show(Progress(session_id=claim.session_id, channel=claim.channel, stage="replied"))
        return committed.status

    async def _commit(self, commit: Commit, lease_seconds: float) -> Committed:
        """While the database is away or its disk is full, what was thought is kept: it is not the messages' fault. Of a
        commit whose outcome is unknown the repeat is recognised."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + lease_seconds * COMMIT_SHARE_OF_LEASE
        while True:
            try:
                return await self._conversations.commit(commit)
            except Refusal as refusal:
                if refusal.why is not Why.UNAVAILABLE or loop.time() > give_up:
                    raise
                _log.warning("reply_not_committed", error=repr(refusal))
            await asyncio.sleep(COMMIT_PAUSE_SECONDS)

    async def _think(self, claim: Claim) -> Draft:
        turn = Turn.model_construct(
            session_id=claim.session_id,
            user_id=claim.user_id,
            channel=claim.channel,
            messages=claim.messages,
            history=claim.history,
            context=claim.context,
        )
        started = time.perf_counter()
        thinking = asyncio.create_task(self._assistant.reply(turn))
        try:
            try:
                async with asyncio.timeout(THINK_SECONDS_MAX):
                    while not thinking.done():
                        # Twice before the lease ends, so that one lost renewal loses nothing.
                        await asyncio.wait({thinking}, timeout=claim.lease_seconds / 3)
                        if not thinking.done():
                            await self._renew(claim)
            except TimeoutError:
                # What has been computed by now is late but good; computing it again would take as long.
                if not thinking.done():
                    raise
            THINK_SECONDS.observe(time.perf_counter() - started)
            return thinking.result()
        finally:
            thinking.cancel()

    async def _renew(self, claim: Claim) -> None:
        try:
            renewed = await self._conversations.renew(Renew(session_id=claim.session_id, epoch=claim.epoch))
        except Refusal as refusal:  # the database is away; there is time for another try
            _log.warning("claim_not_renewed", error=repr(refusal))
            return
        if not renewed.held:
            raise ClaimLost

    async def _give_back(self, claim: Claim, *, failed: bool) -> None:
        pause = _PAUSE_SECONDS_FIRST * 2 ** (claim.attempt - 1) if failed else 0
        try:
            await self._conversations.give_back(
                GiveBack(session_id=claim.session_id, epoch=claim.epoch, failed=failed, retry_after_seconds=pause)
            )
        except Refusal as refusal:  # the database is away: its lease ends by itself
            _log.warning("claim_kept_until_its_lease_ends", error=repr(refusal))
