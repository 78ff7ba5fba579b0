"""Rows as messages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from vici.domains.conversations.api import Action, Evidence, Message
from vici.domains.conversations.tables import actions, conversations, messages
from vici.infra.database.types import database_now

_ACTIONS = (
    select(actions.c.position, actions.c.type, actions.c.data)
    .where(
        actions.c.session_id == bindparam("session_id"),
        actions.c.position.between(bindparam("first"), bindparam("last")),
    )
    .order_by(actions.c.position, actions.c.place)
)
_MESSAGE = select(messages).where(
    messages.c.session_id == bindparam("session_id"), messages.c.message_id == bindparam("message_id")
)
_CONVERSATION = select(conversations, database_now().label("now")).where(
    conversations.c.session_id == bindparam("session_id")
)
_LOCKED = _CONVERSATION.with_for_update()


def conversation(connection: Connection, session_id: str) -> Row[Any] | None:
    """The conversation as it is, with the database's time as `now`."""
    return connection.execute(_CONVERSATION, {"session_id": session_id}).one_or_none()


def locked(connection: Connection, session_id: str) -> Row[Any] | None:
    """The conversation, nobody else's until this transaction ends: every rule about one conversation is decided so."""
    return connection.execute(_LOCKED, {"session_id": session_id}).one_or_none()


def message(connection: Connection, session_id: str, message_id: str) -> Message | None:
    rows = connection.execute(_MESSAGE, {"session_id": session_id, "message_id": message_id}).all()
    return told(connection, rows)[0] if rows else None


def told(connection: Connection, rows: Sequence[Row[Any]]) -> list[Message]:
    """Messages of one conversation, from rows ordered by position."""
    if not rows:
        return []
    done: dict[int, list[Action]] = defaultdict(list)
    if any(row.role != "user" for row in rows):
        within = {"session_id": rows[0].session_id, "first": rows[0].position, "last": rows[-1].position}
        for action in connection.execute(_ACTIONS, within):
            done[action.position].append(Action.model_construct(type=action.type, data=action.data))
    return [_told(row, done[row.position]) for row in rows]


def _told(row: Row[Any], done: list[Action]) -> Message:
    # Not validated again: it was when it came in.
    details: dict[str, Any] = row.details or {}
    return Message.model_construct(
        message_id=row.message_id,
        position=row.position,
        role=row.role,
        content=row.content,
        at=row.at,
        payload=row.payload,
        reply_to=tuple(details.get("reply_to", ())),
        language=row.language,
        intent=row.intent,
        confidence=row.confidence,
        entities=details.get("entities", {}),
        actions=tuple(done),
        evidence=tuple(Evidence.model_construct(**each) for each in details.get("evidence", ())),
        timings=details.get("timings", {}),
    )
