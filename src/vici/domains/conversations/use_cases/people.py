"""People take over, hand back, and end conversations."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, update

from vici.domains.conversations.api import End, HandBack, Mode, ModeChanged, SessionEnded, TakeOver, UnknownSession
from vici.domains.conversations.events import ConversationEnded, HandedBack, TakenOver
from vici.domains.conversations.store import locked
from vici.domains.conversations.tables import conversations
from vici.domains.conversations.use_cases.deliver import recall
from vici.domains.conversations.use_cases.receive import READY
from vici.infra.database.port import signal
from vici.infra.events.outbox import record
from vici.kit.ids import NewId


def take_over(connection: Connection, request: TakeOver, new_id: NewId) -> ModeChanged:
    row = _open(connection, request.session_id)
    if row.mode == Mode.HUMAN:
        return _unchanged(row)
    recall(connection, request.session_id)
    record(connection, TakenOver(**_about(row, new_id), by=request.by))
    return _change(connection, row, Mode.HUMAN)


def hand_back(connection: Connection, request: HandBack, lasts: timedelta, new_id: NewId) -> ModeChanged:
    row = _open(connection, request.session_id)
    if row.mode == Mode.BOT:
        return _unchanged(row)
    record(connection, HandedBack(**_about(row, new_id)))
    signal(connection, READY)
    # It did not expire while a person had it, and does not the moment it is handed back.
    here = update(conversations).where(conversations.c.session_id == row.session_id)
    connection.execute(here.values(expires_at=max(row.expires_at, row.now + lasts)))
    return _change(connection, row, Mode.BOT)


def end(connection: Connection, request: End, new_id: NewId) -> ModeChanged:
    row = _known(connection, request.session_id)
    if row.mode == Mode.ENDED:
        return _unchanged(row)
    record(connection, ConversationEnded(**_about(row, new_id), by="user", reason=request.reason))
    return _change(connection, row, Mode.ENDED)


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


def _change(connection: Connection, row: Row[Any], mode: Mode) -> ModeChanged:
    """The new epoch fences off whoever is thinking just now."""
    unanswered = mode is Mode.BOT and row.last_seq > row.handled_seq
    here = update(conversations).where(conversations.c.session_id == row.session_id)
    connection.execute(
        here.values(
            mode=mode.value,
            epoch=row.epoch + 1,
            claimed_seq=None,
            worker=None,
            restarts=0,
            attempts=0,
            due_at=row.now if unanswered else None,
        )
    )
    return ModeChanged(session_id=row.session_id, mode=mode, epoch=row.epoch + 1)


def _about(row: Row[Any], new_id: NewId) -> dict[str, Any]:
    return {"event_id": new_id(), "occurred_at": row.now, "session_id": row.session_id, "channel": row.channel}
