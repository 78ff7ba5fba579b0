"""A reply becomes part of the conversation, or does not."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from vici.domains.conversations import store
from vici.domains.conversations.api import Commit, CommitStatus, Committed, Message, Mode
from vici.domains.conversations.events import ConversationEnded, HandedOver, TurnCommitted
from vici.domains.conversations.rules.answering import RESTARTS_MAX, WISH_LASTS
from vici.domains.conversations.store import locked
from vici.domains.conversations.tables import conversations, messages, turns
from vici.domains.conversations.use_cases.receive import READY
from vici.domains.conversations.use_cases.saying import write_actions, write_message
from vici.infra.database.port import signal
from vici.infra.events.outbox import record
from vici.infra.events.port import Event
from vici.kit.ids import NewId

_HERE = update(conversations).where(conversations.c.session_id == bindparam("of"))
_RESTART = _HERE.values(
    restarts=conversations.c.restarts + 1,
    attempts=conversations.c.attempts - 1,
    claimed_seq=None,
    worker=None,
    due_at=bindparam("due_at"),
)
_ANSWER = _HERE.values(
    {
        name: bindparam(name)
        for name in (
            "position",
            "expires_at",
            "handled_seq",
            "mode",
            "epoch",
            "waiting_since",
            "due_at",
            "context",
            "wants_person_since",
        )
    }
).values(claimed_seq=None, worker=None, restarts=0, attempts=0)
_COVERED = (
    select(messages.c.message_id, messages.c.at)
    .where(
        messages.c.session_id == bindparam("session_id"),
        messages.c.seq.between(bindparam("first_seq"), bindparam("last_seq")),
    )
    .order_by(messages.c.seq)
)


class Answered(NamedTuple):
    committed: Committed
    channel: str = ""
    waited: timedelta | None = None
    """From the acceptance of the turn's first message, or from the handback where that was later; None when this call
    committed nothing."""
    asked_for_person: bool = False
    """True with the reply that begins the wish."""


def commit(connection: Connection, request: Commit, lasts: timedelta, new_id: NewId) -> Answered:
    row = locked(connection, request.session_id)
    if row is None or not holds_claim(row, request):
        # It may be our own commit that is repeated, because its answer was lost.
        written = store.message(connection, request.session_id, request.message_id)
        status = CommitStatus.FENCED if written is None else CommitStatus.COMMITTED
        return Answered(Committed(status=status, message=written))
    if row.last_seq > request.last_seq and row.restarts < RESTARTS_MAX:
        connection.execute(_RESTART, {"of": request.session_id, "due_at": row.ready_at})
        signal(connection, READY)
        return Answered(Committed(status=CommitStatus.RESTART_NEEDED))
    return _answer(connection, request, row, lasts, new_id)


def holds_claim(row: Row[Any], request: Commit) -> bool:
    """The fence: a worker that was overtaken, by another or by a person, writes nothing. Each of them raised the
    epoch."""
    return row.epoch == request.epoch and row.claimed_seq == request.last_seq


def _answer(connection: Connection, request: Commit, row: Row[Any], lasts: timedelta, new_id: NewId) -> Answered:
    draft = request.draft
    turn = {"session_id": request.session_id, "first_seq": row.handled_seq + 1, "last_seq": request.last_seq}
    covered = connection.execute(_COVERED, turn).all()
    mode = _mode_after(request, row)
    wish = _wish_after(request, row, mode)
    begins_wish = wish is not None and row.wants_person_since is None
    waited = row.now - max(covered[0].at, row.handed_back_at or covered[0].at)
    more = row.last_seq > request.last_seq
    message = Message.model_construct(
        message_id=request.message_id,
        position=row.position + 1,
        role="assistant",
        content=draft.text,
        at=row.now,
        payload=None,
        reply_to=tuple(each.message_id for each in covered),
        language=draft.language,
        intent=draft.intent,
        confidence=draft.confidence,
        entities=draft.entities,
        actions=draft.actions,
        evidence=draft.evidence,
        timings=draft.timings,
    )
    connection.execute(
        _ANSWER,
        {
            "of": request.session_id,
            "position": message.position,
            "expires_at": max(row.expires_at, row.now + (WISH_LASTS if begins_wish else lasts)),
            "handled_seq": request.last_seq,
            "mode": mode.value,
            # Nobody holds a claim behind a reply that ends the assistant's part.
            "epoch": row.epoch if mode is Mode.BOT else row.epoch + 1,
            "waiting_since": row.now if more else None,
            "due_at": row.ready_at if more and mode is Mode.BOT else None,
            "context": draft.context,
            "wants_person_since": wish,
        },
    )
    write_message(connection, request.session_id, message)
    connection.execute(
        insert(turns),
        turn
        | {
            "epoch": request.epoch,
            "newest_seq": row.last_seq,
            "restarts": row.restarts,
            "message_id": request.message_id,
            "committed_at": row.now,
        },
    )
    write_actions(connection, row, message, name=request.message_id)
    record(connection, *_events(request, row, message, mode, waited, new_id, begins_wish=begins_wish))
    signal(connection, READY)
    committed = Committed.model_construct(status=CommitStatus.COMMITTED, message=message)
    return Answered(committed, row.channel, waited, asked_for_person=begins_wish)


def _mode_after(request: Commit, row: Row[Any]) -> Mode:
    types = {action.type for action in request.draft.actions}
    # A farewell that a newer message contradicts does not end anything, nor one while a person is asked for.
    contradicted = row.last_seq > request.last_seq or "transfer_to_agent" in types
    return Mode.ENDED if "end_conversation" in types and not contradicted else Mode.BOT


def _wish_after(request: Commit, row: Row[Any], mode: Mode) -> datetime | None:
    """The assistant goes on until a person takes over: asking for one must leave nobody in silence."""
    if mode is Mode.ENDED:
        return None
    asks = any(action.type == "transfer_to_agent" for action in request.draft.actions)
    return row.wants_person_since or (row.now if asks else None)


def _events(
    request: Commit,
    row: Row[Any],
    message: Message,
    mode: Mode,
    waited: timedelta,
    new_id: NewId,
    *,
    begins_wish: bool,
) -> list[Event]:
    def about() -> dict[str, Any]:
        return {
            "event_id": new_id(),
            "occurred_at": row.now,
            "session_id": request.session_id,
            "channel": row.channel,
        }

    events: list[Event] = [
        TurnCommitted(
            **about(),
            user_id=row.user_id,
            message_id=message.message_id,
            reply_to=message.reply_to,
            intent=request.draft.intent,
            confidence=request.draft.confidence,
            waited_ms=round(waited.total_seconds() * 1000),
        )
    ]
    by_type = {action.type: action.data for action in message.actions}
    if begins_wish:
        transfer = by_type["transfer_to_agent"]
        events.append(HandedOver(**about(), reason=transfer["reason"], summary=transfer["summary"]))
    if mode is Mode.ENDED:
        events.append(ConversationEnded(**about(), by="assistant", reason=by_type["end_conversation"]["reason"]))
    return events
