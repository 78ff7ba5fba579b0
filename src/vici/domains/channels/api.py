"""What others may ask of the channels."""

from typing import Literal, Protocol

from vici.domains.conversations.api import Delivery
from vici.kit.dto import Dto


class Delivered(Dto):
    outcome: Literal["sent", "refused", "unknown"]
    """`refused`: surely not sent, worth another attempt; `unknown`: it may have been sent."""
    error: str = ""


class ChannelsApi(Protocol):
    async def deliver(self, request: Delivery) -> Delivered:
        """Carry one action to its channel. Where the channel takes an id from us, a repeat arrives once."""
        ...
