"""A reply becomes part of the conversation, or does not."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from vici.domains.conversations import store
from vici.domains.conversations.api import Commit, CommitStatus, Committed, Message, Mode
from vici.domains.conversations.events import ConversationEnded, HandedOver, TurnCommitted
from vici.domains.conversations.rules.answering import RESTARTS_MAX
from vici.domains.conversations.store import locked
from vici.domains.conversations.tables import actions, conversations, messages, turns
from vici.domains.conversations.use_cases.deliver import TO_DELIVER
from vici.domains.conversations.use_cases.receive import READY
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
        for name in ("position", "expires_at", "handled_seq", "mode", "epoch", "waiting_since", "due_at", "context")
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
    """From the acceptance of the turn's first message; None when this call committed nothing."""
    handed_over: bool = False


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
            "expires_at": max(row.expires_at, row.now + lasts),
            "handled_seq": request.last_seq,
            "mode": mode.value,
            # Nobody holds a claim behind a reply that ends the assistant's part.
            "epoch": row.epoch if mode is Mode.BOT else row.epoch + 1,
            "waiting_since": row.now if more else None,
            "due_at": row.ready_at if more and mode is Mode.BOT else None,
            "context": draft.context,
        },
    )
    _write_message(connection, request.session_id, message)
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
    _write_actions(connection, request, row, message)
    record(connection, *_events(request, row, message, mode, row.now - covered[0].at, new_id))
    signal(connection, READY)
    committed = Committed.model_construct(status=CommitStatus.COMMITTED, message=message)
    return Answered(committed, row.channel, row.now - covered[0].at, handed_over=mode is Mode.HUMAN)


def _mode_after(request: Commit, row: Row[Any]) -> Mode:
    types = {action.type for action in request.draft.actions}
    if "transfer_to_agent" in types:
        return Mode.HUMAN
    # A farewell that a newer message contradicts does not end anything.
    if "end_conversation" in types and row.last_seq == request.last_seq:
        return Mode.ENDED
    return Mode.BOT


def _write_message(connection: Connection, session_id: str, message: Message) -> None:
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


def _write_actions(connection: Connection, request: Commit, row: Row[Any], message: Message) -> None:
    if not message.actions:
        return
    # Where the customer reads from this very database, the commit is the delivery: it cannot be half done.
    status, due_at, settled_at = ("pending", row.now, None) if row.carry_replies else ("sent", None, row.now)
    connection.execute(
        insert(actions),
        [
            {
                "action_id": f"{request.message_id}.{place}",
                "session_id": request.session_id,
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


def _events(
    request: Commit, row: Row[Any], message: Message, mode: Mode, waited: timedelta, new_id: NewId
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
    if mode is Mode.HUMAN:
        transfer = by_type["transfer_to_agent"]
        events.append(HandedOver(**about(), reason=transfer["reason"], summary=transfer["summary"]))
    if mode is Mode.ENDED:
        events.append(ConversationEnded(**about(), by="assistant", reason=by_type["end_conversation"]["reason"]))
    return events
