"""A worker takes a conversation, keeps it while it thinks, or gives it back."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from vici.domains.conversations.api import Claim, ClaimNext, GiveBack, Mode, Renew, Renewed
from vici.domains.conversations.rules.answering import HISTORY_MAX
from vici.domains.conversations.store import told
from vici.domains.conversations.tables import conversations, messages
from vici.domains.conversations.use_cases.people import give_to_assistant
from vici.domains.conversations.use_cases.receive import READY
from vici.infra.database.port import signal
from vici.infra.database.types import database_now
from vici.kit.ids import NewId

_FIRST_DUE = (
    select(conversations.c.due_at, database_now().label("now"))
    .where(conversations.c.due_at.is_not(None))
    .order_by(conversations.c.due_at)
    .limit(1)
)
# A conversation that another transaction is writing to is not waited for: this one is woken again when that commits.
_TAKE = (
    select(conversations, database_now().label("now"))
    .where(conversations.c.due_at.is_not(None))
    .order_by(conversations.c.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_MINE = update(conversations).where(conversations.c.session_id == bindparam("of"))
_CLAIM = _MINE.values({name: bindparam(name) for name in ("epoch", "claimed_seq", "worker", "due_at", "attempts")})
_HELD = _MINE.where(conversations.c.epoch == bindparam("held"), conversations.c.claimed_seq.is_not(None))
_ASKED = (
    select(messages)
    .where(
        messages.c.session_id == bindparam("session_id"),
        messages.c.seq.between(bindparam("first_seq"), bindparam("last_seq")),
    )
    .order_by(messages.c.seq)
)
# Replies have no number of their own; what came after the claim is none of its business.
_BEFORE = (
    select(messages)
    .where(
        messages.c.session_id == bindparam("session_id"),
        or_(messages.c.seq.is_(None), messages.c.seq < bindparam("first_seq")),
    )
    .order_by(messages.c.position.desc())
    .limit(HISTORY_MAX)
)


class Taken(NamedTuple):
    """The conversation as it was when it was taken."""

    row: Row[Any]
    epoch: int
    attempt: int
    lease: timedelta


def seconds_until_due(connection: Connection) -> float | None:
    """Until the first conversation should be looked at: none or negative now; None when all are idle."""
    row = connection.execute(_FIRST_DUE).one_or_none()
    return None if row is None else (row.due_at - row.now).total_seconds()


def take(connection: Connection, request: ClaimNext, lease: timedelta, lasts: timedelta, new_id: NewId) -> Taken | None:
    """Claim the conversation that has been due longest. One whose person has gone is the assistant's again first."""
    while (row := connection.execute(_TAKE).one_or_none()) is not None and row.due_at <= row.now:
        if row.mode != Mode.HUMAN:
            return _claimed(connection, row, request, lease)
        give_to_assistant(connection, row, lasts, new_id, wants_person_since=row.wants_person_since)
    return None


def _claimed(connection: Connection, row: Row[Any], request: ClaimNext, lease: timedelta) -> Taken:
    taken = Taken(row, row.epoch + 1, row.attempts + 1, lease)
    connection.execute(
        _CLAIM,
        {
            "of": row.session_id,
            "epoch": taken.epoch,
            "claimed_seq": row.last_seq,
            "worker": request.worker,
            "due_at": row.now + lease,
            "attempts": taken.attempt,
        },
    )
    return taken


def claim_of(connection: Connection, taken: Taken) -> Claim:
    """What is to be answered, and what was said before."""
    row = taken.row
    within = {"session_id": row.session_id, "first_seq": row.handled_seq + 1, "last_seq": row.last_seq}
    asked = told(connection, connection.execute(_ASKED, within).all())
    before = told(connection, connection.execute(_BEFORE, within).all()[::-1])
    return Claim.model_construct(
        session_id=row.session_id,
        channel=row.channel,
        user_id=row.user_id,
        epoch=taken.epoch,
        first_seq=row.handled_seq + 1,
        last_seq=row.last_seq,
        messages=tuple(asked),
        history=tuple(message.model_copy(update={"evidence": ()}) for message in before),
        context=row.context,
        restarts=row.restarts,
        attempt=taken.attempt,
        lease_seconds=taken.lease.total_seconds(),
    )


def renew(connection: Connection, request: Renew, lease: timedelta) -> Renewed:
    held = _HELD.values(due_at=database_now(lease))
    return Renewed(held=connection.execute(held, {"of": request.session_id, "held": request.epoch}).rowcount == 1)


def give_back(connection: Connection, request: GiveBack) -> Renewed:
    again = _HELD.values(
        due_at=database_now(timedelta(seconds=request.retry_after_seconds)),
        claimed_seq=None,
        worker=None,
        attempts=conversations.c.attempts - (0 if request.failed else 1),
    )
    held = connection.execute(again, {"of": request.session_id, "held": request.epoch}).rowcount == 1
    if held:
        signal(connection, READY)
    return Renewed(held=held)
