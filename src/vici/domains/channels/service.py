"""What goes out, by channel."""

from vici.domains.channels.api import Delivered, Progress
from vici.domains.channels.providers.streams import OpenStreams
from vici.domains.conversations.api import Delivery


class ChannelsService:
    def __init__(self, streams: OpenStreams) -> None:
        self._streams = streams

    async def deliver(self, request: Delivery) -> Delivered:
        # Shoppers of the web chat read their replies, so nothing is carried to them.
        return Delivered(outcome="refused", error=f"no channel {request.channel!r} is connected")

    async def show(self, request: Progress) -> None:
        self._streams.tell(request.session_id, request.stage)
