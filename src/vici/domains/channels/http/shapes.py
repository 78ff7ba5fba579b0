"""What the chat takes and shows."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from vici.domains.conversations.api import (
    Action,
    Evidence,
    Message,
    MessageText,
    Payload,
    Role,
    Session,
    SessionStatus,
    Stage,
)
from vici.kit.dto import NO_NUL, Dto, Key


class ChatMessage(Dto):
    """What a shopper says."""

    session_id: Key | None = None
    """Of the session it belongs to. Left out, one begins; so it does under a random UUID (version 4 or 7) of yours."""
    user_id: Key
    message: MessageText
    message_id: Key | None = None
    """Yours, to make a repeat harmless: it is answered as the first was."""
    payload: Payload | None = None
    """Of the quick reply that was pressed."""

    model_config = {
        "json_schema_extra": {"examples": [{"user_id": "guest-1", "message": "Tìm iPhone 15", "message_id": "7f9c2a"}]}
    }


class MessageAccepted(Dto):
    message_id: Key
    session_id: Key
    status: Literal["processing"] = "processing"
    message: Literal["Message received"] = "Message received"


class ChatEntry(Dto):
    """One message of the session."""

    message_id: str
    role: Role
    content: str
    timestamp: datetime
    reply_to: tuple[str, ...]
    """Every message of the shopper that this one answers."""
    language: str | None
    intent: str | None
    confidence: float | None
    entities: dict[str, Any]
    actions: tuple[Action, ...]
    evidence: tuple[Evidence, ...]


class ChatSession(Dto):
    session_id: str
    user_id: str
    created_at: datetime
    expires_at: datetime
    status: SessionStatus
    messages: tuple[ChatEntry, ...]
    """Oldest first."""


class Typing(Dto):
    active: bool


class Progress(Dto):
    stage: Stage


class Status(Dto):
    status: SessionStatus


class Ending(Dto):
    reason: Annotated[str, Field(max_length=300, pattern=NO_NUL)] = ""


class Longer(Dto):
    minutes: Annotated[int, Field(ge=1, le=1440)] = 30


def chat_entry(message: Message) -> ChatEntry:
    # Built without validation, here and below: it is our own data, on its way out.
    return ChatEntry.model_construct(
        message_id=message.message_id,
        role=message.role,
        content=message.content,
        timestamp=message.at,
        reply_to=message.reply_to,
        language=message.language,
        intent=message.intent,
        confidence=message.confidence,
        entities=message.entities,
        actions=message.actions,
        evidence=message.evidence,
    )


def chat_session(session: Session) -> ChatSession:
    return ChatSession.model_construct(
        session_id=session.session_id,
        user_id=session.user_id,
        created_at=session.created_at,
        expires_at=session.expires_at,
        status=session.status,
        messages=tuple(chat_entry(message) for message in session.messages),
    )
