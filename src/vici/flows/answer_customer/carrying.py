"""One delivery: carry an action to its channel, say what became of it."""

import asyncio

import structlog

from vici.domains.channels.api import ChannelsApi, Delivered
from vici.domains.conversations.api import ConversationsApi, Delivery, NextDelivery, Settle
from vici.kit.errors import Refusal

WAIT_SECONDS = 30.0
# Below the half minute after which an attempt counts as abandoned.
DELIVER_SECONDS_MAX = 20.0

_log = structlog.get_logger(__name__)


class Carrying:
    def __init__(self, conversations: ConversationsApi, channels: ChannelsApi) -> None:
        self._conversations = conversations
        self._channels = channels

    async def next(self) -> Delivery | None:
        return (await self._conversations.next_delivery(NextDelivery(wait_seconds=WAIT_SECONDS))).delivery

    async def carry(self, delivery: Delivery) -> None:
        structlog.contextvars.bind_contextvars(conversation_id=delivery.session_id)
        try:
            async with asyncio.timeout(DELIVER_SECONDS_MAX):
                delivered = await self._channels.deliver(delivery)
        except asyncio.CancelledError:
            await self._settle(delivery, Delivered(outcome="unknown", error="stopped while it was under way"))
            raise
        except Exception as fault:  # it may have arrived: the conversations decide whether it is tried again
            delivered = Delivered(outcome="unknown", error=repr(fault))
        await self._settle(delivery, delivered)

    async def _settle(self, delivery: Delivery, delivered: Delivered) -> None:
        settle = Settle(
            action_id=delivery.action_id, epoch=delivery.epoch, outcome=delivered.outcome, error=delivered.error
        )
        try:
            await self._conversations.settle(settle)
        except Refusal as refusal:  # the database is away: the attempt counts as abandoned when its time is over
            _log.warning("delivery_not_settled", action_id=delivery.action_id, error=repr(refusal))
