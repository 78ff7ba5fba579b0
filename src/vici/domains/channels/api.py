"""What others may ask of the channels."""

from typing import Literal, Protocol

from vici.domains.conversations.api import Delivery, Outcome
from vici.kit.dto import Dto, Key


class Delivered(Dto):
    outcome: Outcome
    error: str = ""


class Progress(Dto):
    session_id: Key
    channel: Key
    stage: Literal["thinking", "replied"]


class ChannelsApi(Protocol):
    async def deliver(self, request: Delivery) -> Delivered:
        """Carry one action to its channel. Where the channel takes an id from us, a repeat arrives once; elsewhere a
        doubtful one is sent again only when it surely did not arrive."""
        ...

    async def show(self, request: Progress) -> None:
        """Let the customer see how far we are, where the channel can show it. Nothing depends on it."""
        ...
