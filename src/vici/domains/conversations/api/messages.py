"""What is said, and what a reply does."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from vici.kit.dto import NO_NUL, Dto, Key


def _said(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("message_nul", "The message contains the character U+0000, which is not text")
    if not text.strip():
        raise PydanticCustomError("message_empty", "The message is empty")
    return text


MessageText = Annotated[str, StringConstraints(max_length=8000), AfterValidator(_said)]
"""What a person wrote: up to 8,000 characters, at least one of them not a space."""


Payload = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=NO_NUL)]
"""What a quick reply sends when it is pressed."""


ActionType = Literal[
    "send_message",
    "send_quick_replies",
    "send_carousel",
    "transfer_to_agent",
    "collect_info",
    "execute_api",
    "end_conversation",
]


Role = Literal["user", "assistant", "agent"]


class Action(Dto):
    """Something a reply does in the channel. A commit refuses `data` without the shape its type demands."""

    type: ActionType
    data: dict[str, Any]


class Evidence(Dto):
    """Where a fact of the reply comes from: the record, and those of its fields the reply relies on."""

    kind: str
    """`product`, `stock`, `policy`, `search`, `shop`."""
    ref: str
    """The record's id."""
    fields: dict[str, Any]


class Message(Dto):
    """One entry of a conversation, whoever said it."""

    message_id: Key
    position: int
    """Its place in the conversation, from 1."""
    role: Role
    content: str
    at: datetime
    payload: str | None = None
    """Of the quick reply the shopper pressed."""
    reply_to: tuple[Key, ...] = ()
    """The messages this one answers."""
    language: str | None = None
    intent: str | None = None
    confidence: float | None = None
    entities: dict[str, Any] = {}
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    timings: dict[str, float] = {}
    """Milliseconds by step."""


class Draft(Dto):
    """What the assistant would say: becomes a message if it is committed."""

    text: Annotated[str, StringConstraints(max_length=50_000, pattern=NO_NUL)]
    language: Annotated[str, StringConstraints(min_length=1, max_length=10)]
    intent: Key
    confidence: Annotated[float, Field(ge=0, le=1)]
    entities: dict[str, Any] = {}
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    context: dict[str, Any] = {}
    """What the assistant wants to remember, whole: replaces the session's context."""
    timings: dict[str, float] = {}
