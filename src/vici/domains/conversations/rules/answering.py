"""When to answer, and what a session is to those who look."""

from datetime import datetime, timedelta

from vici.domains.conversations.api import Mode, SessionStatus, Stage

# Whoever writes without a pause is answered all the same, so long after the first unanswered message.
BURST_MAX = timedelta(seconds=6)
# Then what the claim covers is answered, and what is newer gets a turn of its own.
RESTARTS_MAX = 3
HISTORY_MAX = 50
# A person who has taken over and does not write for so long has gone: the assistant answers again.
PERSON_SILENT_MAX = timedelta(minutes=10)
# Whoever asked for a person is not turned away before one could come: such a session lasts a day.
WISH_LASTS = timedelta(days=1)


def ready_at(now: datetime, quiet: timedelta, waiting_since: datetime) -> datetime:
    """When thinking may start: a quiet window behind the newest message, but a burst ends at its sixth second."""
    return min(now + quiet, waiting_since + BURST_MAX)


def status_of(mode: str, expires_at: datetime, now: datetime) -> SessionStatus:
    """A session with a person does not expire: a person's answer may take longer than a shopper's next word."""
    match Mode(mode):
        case Mode.ENDED:
            return "ended"
        case Mode.HUMAN:
            return "human"
        case Mode.BOT:
            return "expired" if expires_at <= now else "active"


def stage_of(mode: str, due_at: datetime | None, claimed_seq: int | None) -> Stage:
    if mode != Mode.BOT or due_at is None:
        return Stage.IDLE
    return Stage.WAITING if claimed_seq is None else Stage.THINKING
