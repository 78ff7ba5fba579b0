"""What the shop says is written down, and what carries it to the customer with it."""

from typing import Any

from sqlalchemy import Connection, Row, insert

from vici.domains.conversations.api import Message
from vici.domains.conversations.tables import actions, messages
from vici.domains.conversations.use_cases.deliver import TO_DELIVER
from vici.infra.database.port import signal


def write_message(connection: Connection, session_id: str, message: Message) -> None:
    connection.execute(
        insert(messages),
        {
            "session_id": session_id,
            "position": message.position,
            "message_id": message.message_id,
            "role": message.role,
            "content": message.content,
            "at": message.at,
            "language": message.language,
            "intent": message.intent,
            "confidence": message.confidence,
            "details": message.model_dump(mode="json", include={"reply_to", "entities", "evidence", "timings"}),
        },
    )


def write_actions(connection: Connection, row: Row[Any], message: Message, name: str) -> None:
    """`row` is the conversation; `name` is the message's among those of all conversations."""
    if not message.actions:
        return
    # Where the customer reads from this very database, the commit is the delivery: it cannot be half done.
    status, due_at, settled_at = ("pending", row.now, None) if row.carry_replies else ("sent", None, row.now)
    connection.execute(
        insert(actions),
        [
            {
                "action_id": f"{name}.{place}",
                "session_id": row.session_id,
                "position": message.position,
                "place": place,
                "type": action.type,
                "data": action.data,
                "status": status,
                "attempts": 0,
                "due_at": due_at,
                "epoch": 0,
                "doubtful": False,
                "recalled": False,
                "created_at": row.now,
                "settled_at": settled_at,
            }
            for place, action in enumerate(message.actions, start=1)
        ],
    )
    if row.carry_replies:
        signal(connection, TO_DELIVER)
