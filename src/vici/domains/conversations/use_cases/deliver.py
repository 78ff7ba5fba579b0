"""Actions are carried to the channel: one conversation's in order, each until it is settled."""

import zlib
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, case, exists, or_, select, update

from vici.domains.conversations.api import Action, Delivery, DeliveryStatus, Settle
from vici.domains.conversations.events import DeliveryGivenUp
from vici.domains.conversations.rules.delivering import SENDING_LEASE, pause, settled
from vici.domains.conversations.tables import actions, conversations, messages
from vici.infra.database.port import signal
from vici.infra.database.types import database_now
from vici.infra.events.outbox import record
from vici.kit.ids import NewId

TO_DELIVER = "conversations.to_deliver"
"""The signal for whoever carries actions out."""

_earlier = actions.alias("earlier")
FIRST_OF_ITS_CONVERSATION = ~exists().where(
    _earlier.c.session_id == actions.c.session_id,
    _earlier.c.due_at.is_not(None),
    or_(
        _earlier.c.position < actions.c.position,
        and_(_earlier.c.position == actions.c.position, _earlier.c.place < actions.c.place),
    ),
)


def next_up(in_line: ColumnElement[bool]) -> Select[Any]:
    return (
        select(actions, database_now().label("now"))
        .where(actions.c.due_at.is_not(None), in_line)
        .order_by(actions.c.due_at)
        .limit(1)
    )


_NEXT = next_up(FIRST_OF_ITS_CONVERSATION)
_TAKE = _NEXT.with_for_update(skip_locked=True)
_OF = select(conversations.c.channel, conversations.c.user_id).where(
    conversations.c.session_id == bindparam("session_id")
)
_OF_MESSAGE = (
    select(conversations.c.channel, conversations.c.user_id, messages.c.message_id)
    .join_from(conversations, messages, messages.c.session_id == conversations.c.session_id)
    .where(conversations.c.session_id == bindparam("session_id"), messages.c.position == bindparam("position"))
)
_SAID_BY_ASSISTANT = select(messages.c.position).where(
    messages.c.session_id == bindparam("of"), messages.c.role == "assistant"
)
_ATTEMPT = (
    select(actions, database_now().label("now")).where(actions.c.action_id == bindparam("action_id")).with_for_update()
)


def seconds_until_due(connection: Connection) -> float | None:
    """Until the next action should be tried: none or negative now; None when all are settled."""
    row = connection.execute(_NEXT).one_or_none()
    return None if row is None else (row.due_at - row.now).total_seconds()


class Offered(NamedTuple):
    delivery: Delivery | None
    given_up: int
    """Attempts whose worker did not come back."""


class Outcome(NamedTuple):
    status: DeliveryStatus
    changed: bool
    """False when this attempt was no longer the newest."""


def next_delivery(connection: Connection, new_id: NewId) -> Offered:
    given_up = 0
    while (row := connection.execute(_TAKE).one_or_none()) is not None and row.due_at <= row.now:
        abandoned = row.status == "sending"
        given_up += abandoned
        # It may have gone out just before its worker was lost.
        doubtful = row.doubtful or abandoned
        if row.recalled and doubtful:
            _put(connection, row, "review", None, new_id, error=row.error)
            continue
        return Offered(_begin_attempt(connection, row, doubtful=doubtful), given_up)
    return Offered(None, given_up)


def settle(connection: Connection, request: Settle, new_id: NewId) -> Outcome:
    row = connection.execute(_ATTEMPT, {"action_id": request.action_id}).one()
    if row.status != "sending" or row.epoch != request.epoch:
        return Outcome(row.status, changed=False)
    status = settled(request.outcome, doubtful=row.doubtful, recalled=row.recalled, attempts=row.attempts)
    again = pause(row.attempts, _jitter(row)) if status in ("pending", "unknown") else None
    _put(connection, row, status, again, new_id, error=request.error)
    signal(connection, TO_DELIVER)
    return Outcome(status, changed=True)


def _jitter(row: Row[Any]) -> float:
    """As good as random, and the same when the transaction is run again."""
    return zlib.crc32(f"{row.action_id} {row.attempts}".encode()) / 2**32


def recall(connection: Connection, session_id: str) -> None:
    """Of what the assistant said: what is not under way is cancelled, or shown to a person where it may have arrived;
    the rest gets no further attempt."""
    under_way = actions.c.status == "sending"
    ends = case((actions.c.status == "pending", "cancelled"), (actions.c.status == "unknown", "review"))
    # In this order: MySQL lets each assignment see the ones before it.
    connection.execute(
        update(actions)
        .where(
            actions.c.session_id == session_id,
            actions.c.due_at.is_not(None),
            actions.c.position.in_(_SAID_BY_ASSISTANT),
        )
        .ordered_values(
            (actions.c.recalled, True),
            (actions.c.due_at, case((under_way, actions.c.due_at))),
            (actions.c.settled_at, case((under_way, actions.c.settled_at), else_=database_now())),
            (actions.c.status, case((under_way, actions.c.status), else_=ends)),
        ),
        {"of": session_id},
    )


def _begin_attempt(connection: Connection, row: Row[Any], *, doubtful: bool) -> Delivery:
    epoch, attempts = row.epoch + 1, row.attempts + 1
    connection.execute(
        update(actions)
        .where(actions.c.action_id == row.action_id)
        .values(status="sending", doubtful=doubtful, epoch=epoch, attempts=attempts, due_at=row.now + SENDING_LEASE)
    )
    of = connection.execute(_OF_MESSAGE, {"session_id": row.session_id, "position": row.position}).one()
    return Delivery(
        action_id=row.action_id,
        session_id=row.session_id,
        channel=of.channel,
        user_id=of.user_id,
        message_id=of.message_id,
        epoch=epoch,
        attempts=attempts,
        doubtful=doubtful,
        action=Action(type=row.type, data=row.data),
    )


def _put(
    connection: Connection,
    row: Row[Any],
    status: DeliveryStatus,
    again: timedelta | None,
    new_id: NewId,
    error: str | None,
) -> None:
    connection.execute(
        update(actions)
        .where(actions.c.action_id == row.action_id)
        .values(
            status=status,
            doubtful=row.doubtful or status in ("unknown", "review"),
            error=error or None,
            due_at=None if again is None else row.now + again,
            settled_at=row.now if again is None else None,
        )
    )
    if status in ("dead", "review"):
        of = connection.execute(_OF, {"session_id": row.session_id}).one()
        record(
            connection,
            DeliveryGivenUp(
                event_id=new_id(),
                occurred_at=row.now,
                session_id=row.session_id,
                channel=of.channel,
                action_id=row.action_id,
                status=status,
            ),
        )
