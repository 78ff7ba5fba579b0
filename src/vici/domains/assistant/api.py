"""What others may ask of the assistant."""

from typing import Any, Protocol

from vici.domains.conversations.api import Draft, Message
from vici.kit.dto import Dto, Key


class Turn(Dto):
    """Everything a brain may know about what it is asked. Who the shopper is comes from here, never from what a text
    claims."""

    session_id: Key
    user_id: Key
    channel: Key
    messages: tuple[Message, ...]
    """To be answered together, oldest first."""
    history: tuple[Message, ...] = ()
    """What was said before, oldest first, at most 50."""
    context: dict[str, Any] = {}
    """What the assistant remembered when it last answered."""


class AssistantApi(Protocol):
    async def reply(self, request: Turn) -> Draft:
        """Deterministic for the same turn and the same shop. Reads the shop's data, changes nothing."""
        ...
