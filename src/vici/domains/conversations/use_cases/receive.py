"""A shopper's message comes in."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from vici.domains.conversations.api import (
    Mode,
    NotYourSession,
    Receive,
    Received,
    SessionEnded,
    SessionExpired,
    UnknownSession,
)
from vici.domains.conversations.rules import ready_at, status_of
from vici.domains.conversations.store import locked
from vici.domains.conversations.tables import conversations, messages
from vici.infra.database.port import signal
from vici.infra.database.types import database_now

READY = "conversations.ready"
"""The signal for whoever waits for something to answer."""

# Built once: making a statement costs as much as running it, and this is the shop's busiest door.
_NOW = select(database_now())
_BEGIN = insert(conversations)
_STORE = insert(messages)
_ADVANCE = (
    update(conversations)
    .where(conversations.c.session_id == bindparam("of"))
    .values(
        {
            name: bindparam(name)
            for name in ("last_seq", "position", "expires_at", "waiting_since", "ready_at", "due_at")
        }
    )
)
_FIRST_ANSWER = select(messages.c.seq).where(
    messages.c.session_id == bindparam("session_id"), messages.c.message_id == bindparam("message_id")
)


def receive(connection: Connection, request: Receive, lasts: timedelta) -> Received:
    """Raises the driver's IntegrityError when the message is there already, or the session was begun meanwhile."""
    row = locked(connection, request.session_id)
    if row is None:
        if not request.new_session:
            raise UnknownSession(session_id=request.session_id)
        now: datetime = connection.execute(_NOW).scalar_one()
        seq = position = 1
        _begin(connection, request, now, lasts)
    else:
        _refuse_if_closed(connection, request, row)
        now, seq, position = row.now, row.last_seq + 1, row.position + 1
        _advance(connection, request, row, lasts)
    connection.execute(
        _STORE,
        {
            "session_id": request.session_id,
            "position": position,
            "message_id": request.message_id,
            "role": "user",
            "seq": seq,
            "content": request.text,
            "at": now,
            "payload": request.payload,
        },
    )
    signal(connection, READY)
    return Received.model_construct(
        session_id=request.session_id, message_id=request.message_id, seq=seq, repeated=False
    )


def first_answer(connection: Connection, request: Receive) -> Received | None:
    """What this message was answered with when it came first."""
    key = {"session_id": request.session_id, "message_id": request.message_id}
    seq = connection.execute(_FIRST_ANSWER, key).scalar()
    return None if seq is None else Received(**key, seq=seq, repeated=True)


class AlreadyStored(Exception):
    """The session is closed by now, but this message had come before."""


def _quiet(request: Receive) -> timedelta:
    # Who presses a button has said everything.
    return timedelta() if request.payload is not None else timedelta(milliseconds=request.quiet_ms)


def _begin(connection: Connection, request: Receive, now: datetime, lasts: timedelta) -> None:
    ready = ready_at(now, _quiet(request), now)
    connection.execute(
        _BEGIN,
        {
            "session_id": request.session_id,
            "channel": request.channel,
            "user_id": request.user_id,
            "carry_replies": request.carry_replies,
            "mode": Mode.BOT.value,
            "created_at": now,
            "expires_at": now + lasts,
            "position": 1,
            "last_seq": 1,
            "handled_seq": 0,
            "waiting_since": now,
            "ready_at": ready,
            "due_at": ready,
            "epoch": 0,
            "claimed_seq": None,
            "worker": None,
            "restarts": 0,
            "attempts": 0,
            "context": {},
        },
    )


def _refuse_if_closed(connection: Connection, request: Receive, row: Row[Any]) -> None:
    if (row.user_id, row.channel) != (request.user_id, request.channel):
        raise NotYourSession(session_id=request.session_id)
    status = status_of(row.mode, row.expires_at, row.now)
    if status in ("active", "human"):
        return
    if first_answer(connection, request):
        raise AlreadyStored
    if status == "ended":
        raise SessionEnded(session_id=request.session_id)
    raise SessionExpired(session_id=request.session_id, expired_at=row.expires_at.isoformat(timespec="seconds"))


def _advance(connection: Connection, request: Receive, row: Row[Any], lasts: timedelta) -> None:
    waiting_since = row.waiting_since or row.now
    ready = ready_at(row.now, _quiet(request), waiting_since)
    # A worker that has the conversation keeps its lease; it learns of this message when it commits.
    due = row.due_at if row.claimed_seq is not None or row.mode != Mode.BOT else ready
    connection.execute(
        _ADVANCE,
        {
            "of": request.session_id,
            "last_seq": row.last_seq + 1,
            "position": row.position + 1,
            "expires_at": max(row.expires_at, row.now + lasts),
            "waiting_since": waiting_since,
            "ready_at": ready,
            "due_at": due,
        },
    )
