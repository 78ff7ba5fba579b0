"""Sessions are shown, and last."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from vici.domains.conversations.api import (
    Extend,
    Extended,
    GetSession,
    GetStates,
    Message,
    Session,
    SessionEnded,
    SessionExpired,
    State,
    States,
    UnknownMessage,
    UnknownSession,
)
from vici.domains.conversations.rules.answering import stage_of, status_of
from vici.domains.conversations.store import conversation, locked, told
from vici.domains.conversations.tables import conversations, messages
from vici.infra.database.types import database_now

# Parameters of one statement; SQLite takes 32,766 of them, and a shorter statement blocks nobody for long.
STATES_MAX = 500

_BEHIND = (
    select(messages)
    .where(messages.c.session_id == bindparam("session_id"), messages.c.position > bindparam("place"))
    .order_by(messages.c.position)
    .limit(bindparam("limit"))
)
_AHEAD = (
    select(messages)
    .where(messages.c.session_id == bindparam("session_id"), messages.c.position < bindparam("place"))
    .order_by(messages.c.position.desc())
    .limit(bindparam("limit"))
)
_PLACE = select(messages.c.position).where(
    messages.c.session_id == bindparam("session_id"), messages.c.message_id == bindparam("message_id")
)
_STATES = select(
    conversations.c.session_id,
    conversations.c.mode,
    conversations.c.expires_at,
    conversations.c.due_at,
    conversations.c.claimed_seq,
    conversations.c.position,
    database_now().label("now"),
).where(conversations.c.session_id.in_(bindparam("session_ids", expanding=True)))


def show(connection: Connection, request: GetSession) -> Session:
    row = conversation(connection, request.session_id)
    if row is None:
        raise UnknownSession(session_id=request.session_id)
    return Session.model_construct(
        session_id=row.session_id,
        user_id=row.user_id,
        channel=row.channel,
        created_at=row.created_at,
        expires_at=row.expires_at,
        status=status_of(row.mode, row.expires_at, row.now),
        stage=stage_of(row.mode, row.due_at, row.claimed_seq),
        wants_person_since=row.wants_person_since,
        position=row.position,
        messages=tuple(_messages(connection, request, row)),
    )


def _messages(connection: Connection, request: GetSession, row: Row[Any]) -> list[Message]:
    within: dict[str, Any] = {"session_id": request.session_id, "limit": request.limit}
    after = request.after_position
    if after is None and request.after is not None:
        after = _place(connection, request.session_id, request.after)
    if after is not None:
        if after >= row.position:
            return []
        rows: Sequence[Row[Any]] = connection.execute(_BEHIND, within | {"place": after}).all()
        return told(connection, rows)
    # One more than the newest: everything is ahead of it.
    place = row.position + 1
    if request.before is not None:
        place = _place(connection, request.session_id, request.before)
    return told(connection, connection.execute(_AHEAD, within | {"place": place}).all()[::-1])


def _place(connection: Connection, session_id: str, message_id: str) -> int:
    place = connection.execute(_PLACE, {"session_id": session_id, "message_id": message_id}).scalar()
    if place is None:
        raise UnknownMessage(session_id=session_id, message_id=message_id)
    return place


def states(connection: Connection, request: GetStates) -> States:
    found: list[State] = []
    for start in range(0, len(request.session_ids), STATES_MAX):
        chunk = request.session_ids[start : start + STATES_MAX]
        found += [
            State.model_construct(
                session_id=row.session_id,
                status=status_of(row.mode, row.expires_at, row.now),
                stage=stage_of(row.mode, row.due_at, row.claimed_seq),
                position=row.position,
            )
            for row in connection.execute(_STATES, {"session_ids": chunk})
        ]
    return States.model_construct(states=tuple(found))


def extend(connection: Connection, request: Extend) -> Extended:
    row = locked(connection, request.session_id)
    if row is None:
        raise UnknownSession(session_id=request.session_id)
    status = status_of(row.mode, row.expires_at, row.now)
    if status == "ended":
        raise SessionEnded(session_id=request.session_id)
    if status == "expired":
        raise SessionExpired(session_id=request.session_id, expired_at=row.expires_at.isoformat(timespec="seconds"))
    until: datetime = max(row.expires_at, row.now + timedelta(minutes=request.minutes))
    here = update(conversations).where(conversations.c.session_id == request.session_id)
    connection.execute(here.values(expires_at=until))
    return Extended(session_id=request.session_id, expires_at=until)
