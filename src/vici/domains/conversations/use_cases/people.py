"""People are asked for, take over, write, hand back, and end conversations."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Update, bindparam, insert, select, update

from vici.domains.conversations import store
from vici.domains.conversations.api import (
    Action,
    End,
    HandBack,
    Message,
    MessageIdTaken,
    Mode,
    ModeChanged,
    PersonSaid,
    PersonSays,
    SessionEnded,
    TakeOver,
    UnknownSession,
)
from vici.domains.conversations.events import ConversationEnded, HandedBack, TakenOver
from vici.domains.conversations.rules.answering import PERSON_SILENT_MAX
from vici.domains.conversations.store import locked
from vici.domains.conversations.tables import conversations, messages, turns
from vici.domains.conversations.use_cases.deliver import recall
from vici.domains.conversations.use_cases.receive import READY
from vici.domains.conversations.use_cases.saying import write_actions, write_message
from vici.infra.database.port import signal
from vici.infra.events.outbox import record
from vici.kit.ids import NewId

_ASKED = (
    select(messages.c.message_id)
    .where(messages.c.session_id == bindparam("session_id"), messages.c.seq > bindparam("handled_seq"))
    .order_by(messages.c.seq)
)


def take_over(connection: Connection, request: TakeOver, new_id: NewId) -> ModeChanged:
    row = _open(connection, request.session_id)
    return _taken_over(connection, row, request.by, new_id)


def _taken_over(connection: Connection, row: Row[Any], by: str, new_id: NewId) -> ModeChanged:
    if row.mode == Mode.HUMAN:
        return _unchanged(row)
    recall(connection, row.session_id)
    record(connection, TakenOver(**_about(row, new_id), by=by))
    # The person's lease, renewed by each message: whoever goes away leaves nobody in silence.
    return _change(connection, row, Mode.HUMAN, due_at=row.now + PERSON_SILENT_MAX)


def say(connection: Connection, request: PersonSays, new_id: NewId) -> PersonSaid:
    row = _known(connection, request.session_id)
    if (there := store.message(connection, request.session_id, request.message_id)) is not None:
        if there.role != "agent":
            raise MessageIdTaken(session_id=request.session_id, message_id=request.message_id)
        return _said(request, there.position, repeated=True)
    if row.mode == Mode.ENDED:
        raise SessionEnded(session_id=request.session_id)
    epoch = _taken_over(connection, row, request.by, new_id).epoch
    asked = connection.scalars(_ASKED, {"session_id": row.session_id, "handled_seq": row.handled_seq}).all()
    message = Message.model_construct(
        message_id=request.message_id,
        position=row.position + 1,
        role="agent",
        content=request.text,
        at=row.now,
        reply_to=tuple(asked),
        actions=(Action(type="send_message", data={"message": request.text}),),
    )
    write_message(connection, row.session_id, message)
    # Its id is one among all conversations, which the message's own is not.
    write_actions(connection, row, message, name=new_id())
    if asked:
        _write_turn(connection, row, message, epoch)
    connection.execute(
        _here(row).values(
            position=message.position,
            handled_seq=row.last_seq,
            waiting_since=None,
            wants_person_since=None,
            due_at=row.now + PERSON_SILENT_MAX,
        )
    )
    return _said(request, message.position, repeated=False)


def _said(request: PersonSays, position: int, *, repeated: bool) -> PersonSaid:
    return PersonSaid(
        session_id=request.session_id, message_id=request.message_id, position=position, repeated=repeated
    )


def _write_turn(connection: Connection, row: Row[Any], message: Message, epoch: int) -> None:
    connection.execute(
        insert(turns),
        {
            "session_id": row.session_id,
            "first_seq": row.handled_seq + 1,
            "last_seq": row.last_seq,
            "epoch": epoch,
            "newest_seq": row.last_seq,
            "restarts": 0,
            "message_id": message.message_id,
            "committed_at": row.now,
        },
    )


def hand_back(connection: Connection, request: HandBack, lasts: timedelta, new_id: NewId) -> ModeChanged:
    row = _open(connection, request.session_id)
    if row.mode == Mode.BOT:
        return _unchanged(row)
    return give_to_assistant(connection, row, lasts, new_id, wants_person_since=None)


def give_to_assistant(
    connection: Connection, row: Row[Any], lasts: timedelta, new_id: NewId, *, wants_person_since: datetime | None
) -> ModeChanged:
    """Of a person who has given it back, or gone; in the second case the wish for one stays."""
    record(connection, HandedBack(**_about(row, new_id)))
    signal(connection, READY)
    unanswered = row.last_seq > row.handled_seq
    return _change(
        connection,
        row,
        Mode.BOT,
        due_at=row.now if unanswered else None,
        # It did not expire while a person had it, and does not the moment it is handed back.
        expires_at=max(row.expires_at, row.now + lasts),
        handed_back_at=row.now,
        wants_person_since=wants_person_since,
    )


def end(connection: Connection, request: End, new_id: NewId) -> ModeChanged:
    row = _known(connection, request.session_id)
    if row.mode == Mode.ENDED:
        return _unchanged(row)
    record(connection, ConversationEnded(**_about(row, new_id), by="user", reason=request.reason))
    return _change(connection, row, Mode.ENDED, due_at=None, wants_person_since=None)


def _known(connection: Connection, session_id: str) -> Row[Any]:
    row = locked(connection, session_id)
    if row is None:
        raise UnknownSession(session_id=session_id)
    return row


def _open(connection: Connection, session_id: str) -> Row[Any]:
    row = _known(connection, session_id)
    if row.mode == Mode.ENDED:
        raise SessionEnded(session_id=session_id)
    return row


def _unchanged(row: Row[Any]) -> ModeChanged:
    return ModeChanged(session_id=row.session_id, mode=Mode(row.mode), epoch=row.epoch)


def _here(row: Row[Any]) -> Update:
    return update(conversations).where(conversations.c.session_id == row.session_id)


def _change(
    connection: Connection, row: Row[Any], mode: Mode, *, due_at: datetime | None, **more: datetime | None
) -> ModeChanged:
    """The new epoch fences off whoever is thinking just now."""
    changes = {
        "mode": mode.value,
        "epoch": row.epoch + 1,
        "claimed_seq": None,
        "worker": None,
        "restarts": 0,
        "attempts": 0,
        "due_at": due_at,
    }
    connection.execute(_here(row).values(changes | more))
    return ModeChanged(session_id=row.session_id, mode=mode, epoch=row.epoch + 1)


def _about(row: Row[Any], new_id: NewId) -> dict[str, Any]:
    return {"event_id": new_id(), "occurred_at": row.now, "session_id": row.session_id, "channel": row.channel}
