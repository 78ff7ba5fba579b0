"""Shoppers' messages come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from vici.domains.conversations.api import (
    MessageIdTaken,
    Mode,
    NotYourSession,
    Receive,
    Received,
    SessionEnded,
    SessionExpired,
    UnknownSession,
)
from vici.domains.conversations.rules.answering import ready_at, status_of
from vici.domains.conversations.tables import conversations, messages
from vici.infra.database.port import signal
from vici.infra.database.types import database_now
from vici.kit.errors import Refusal

READY = "conversations.ready"
"""The signal for whoever waits for something to answer."""

# Built once: making a statement costs as much as running it, and this is the shop's busiest door.
# Locked in one order, so that two lots with the same sessions wait for each other instead of crosswise.
_LOCK = (
    select(
        conversations.c.session_id,
        conversations.c.channel,
        conversations.c.user_id,
        conversations.c.mode,
        conversations.c.expires_at,
        conversations.c.position,
        conversations.c.last_seq,
        conversations.c.waiting_since,
        conversations.c.ready_at,
        conversations.c.due_at,
        conversations.c.claimed_seq,
        database_now().label("now"),
    )
    .where(conversations.c.session_id.in_(bindparam("session_ids", expanding=True)))
    .order_by(conversations.c.session_id)
    .with_for_update()
)
_STORED = select(messages.c.session_id, messages.c.message_id, messages.c.seq).where(
    messages.c.session_id.in_(bindparam("session_ids", expanding=True)),
    messages.c.message_id.in_(bindparam("message_ids", expanding=True)),
)
_NOW = select(database_now())
_BEGIN = insert(conversations)
_STORE = insert(messages)
_CHANGING = ("last_seq", "position", "expires_at", "waiting_since", "ready_at", "due_at")
_ADVANCE = (
    update(conversations)
    .where(conversations.c.session_id == bindparam("of"))
    .values({name: bindparam(name) for name in _CHANGING})
)


@dataclass
class _Conversation:
    """As it stands while messages are being added to it."""

    session_id: str
    channel: str
    user_id: str
    mode: str
    expires_at: datetime
    position: int
    last_seq: int
    waiting_since: datetime | None
    ready_at: datetime | None
    due_at: datetime | None
    claimed_seq: int | None
    begun_by: Receive | None = None
    """The message it begins with in this transaction."""
    grown: bool = False


def receive(connection: Connection, requests: Sequence[Receive], lasts: timedelta) -> list[Received | Refusal]:
    """Store each of the messages, or say why not: one transaction for all that came in together.

    Raises the driver's IntegrityError when another transaction began one of the sessions just now: run it again.
    """
    rows = connection.execute(_LOCK, {"session_ids": sorted({each.session_id for each in requests})}).all()
    now: datetime = rows[0].now if rows else connection.execute(_NOW).scalar_one()
    known = {row.session_id: _Conversation(*row[:-1]) for row in rows}
    seqs = _already_stored(connection, requests) if rows else {}
    stored: list[dict[str, Any]] = []
    answers: list[Received | Refusal] = []
    for request in requests:
        key = (request.session_id, request.message_id)
        conversation = known.get(request.session_id)
        repeated = key in seqs
        if refusal := _refusal(request, conversation, now, repeated=repeated):
            answers.append(refusal)
            continue
        if conversation is None:
            conversation = known[request.session_id] = _begun(request, now)
        if not repeated:
            _grow(conversation, request, now, lasts)
            seqs[key] = conversation.last_seq
            stored.append(_row(request, conversation, now))
        if (seq := seqs[key]) is None:
            answers.append(MessageIdTaken(session_id=key[0], message_id=key[1]))
        else:
            answers.append(Received(session_id=key[0], message_id=key[1], seq=seq, repeated=repeated))
    if stored:
        _write(connection, [each for each in known.values() if each.grown], stored, now)
    return answers


def _already_stored(connection: Connection, requests: Sequence[Receive]) -> dict[tuple[str, str], int | None]:
    """What is there, with its number; a message that is not a shopper's has none."""
    asked = {
        "session_ids": list({each.session_id for each in requests}),
        "message_ids": list({each.message_id for each in requests}),
    }
    return {(row.session_id, row.message_id): row.seq for row in connection.execute(_STORED, asked)}


def _refusal(request: Receive, conversation: _Conversation | None, now: datetime, *, repeated: bool) -> Refusal | None:
    if conversation is None:
        return None if request.new_session else UnknownSession(session_id=request.session_id)
    if (conversation.user_id, conversation.channel) != (request.user_id, request.channel):
        return NotYourSession(session_id=request.session_id)
    status = status_of(conversation.mode, conversation.expires_at, now)
    if repeated or status in ("active", "human"):
        return None
    if status == "ended":
        return SessionEnded(session_id=request.session_id)
    expired_at = conversation.expires_at.isoformat(timespec="seconds")
    return SessionExpired(session_id=request.session_id, expired_at=expired_at)


def _begun(request: Receive, now: datetime) -> _Conversation:
    return _Conversation(
        session_id=request.session_id,
        channel=request.channel,
        user_id=request.user_id,
        mode=Mode.BOT.value,
        expires_at=now,
        position=0,
        last_seq=0,
        waiting_since=None,
        ready_at=None,
        due_at=None,
        claimed_seq=None,
        begun_by=request,
    )


def _grow(conversation: _Conversation, request: Receive, now: datetime, lasts: timedelta) -> None:
    # Who presses a button has said everything.
    quiet = timedelta() if request.payload is not None else timedelta(milliseconds=request.quiet_ms)
    waiting_since = conversation.waiting_since or now
    conversation.grown = True
    conversation.position += 1
    conversation.last_seq += 1
    conversation.expires_at = max(conversation.expires_at, now + lasts)
    conversation.waiting_since = waiting_since
    conversation.ready_at = ready_at(now, quiet, waiting_since)
    # A worker that has the conversation keeps its lease; it learns of this message when it commits.
    if conversation.mode == Mode.BOT and conversation.claimed_seq is None:
        conversation.due_at = conversation.ready_at


def _row(request: Receive, conversation: _Conversation, now: datetime) -> dict[str, Any]:
    return {
        "session_id": request.session_id,
        "position": conversation.position,
        "message_id": request.message_id,
        "role": "user",
        "seq": conversation.last_seq,
        "content": request.text,
        "at": now,
        "payload": request.payload,
    }


def _write(
    connection: Connection, grown: Sequence[_Conversation], stored: Sequence[dict[str, Any]], now: datetime
) -> None:
    begun = [_begin_row(each, each.begun_by, now) for each in grown if each.begun_by is not None]
    advanced = [{"of": each.session_id} | _changing(each) for each in grown if each.begun_by is None]
    if begun:
        connection.execute(_BEGIN, begun)
    if advanced:
        connection.execute(_ADVANCE, advanced)
    connection.execute(_STORE, stored)
    signal(connection, READY)


def _changing(conversation: _Conversation) -> dict[str, Any]:
    return {name: getattr(conversation, name) for name in _CHANGING}


def _begin_row(conversation: _Conversation, request: Receive, now: datetime) -> dict[str, Any]:
    fresh: dict[str, Any] = {
        "session_id": conversation.session_id,
        "channel": conversation.channel,
        "user_id": conversation.user_id,
        "carry_replies": request.carry_replies,
        "mode": conversation.mode,
        "created_at": now,
        "handled_seq": 0,
        "epoch": 0,
        "restarts": 0,
        "attempts": 0,
        "context": {},
    }
    return fresh | _changing(conversation)
